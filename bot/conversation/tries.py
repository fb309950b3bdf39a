"""Replies that were no answer to the question they were written to, and what of their words belongs to the one that follows.

The state holds their numbers only; the words stay where the caller keeps them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.effects import Answered
from bot.conversation.events import Reply
from bot.conversation.state import State
from surveys.hearing.reactions import is_reaction
from surveys.hearing.said import said
from surveys.words import NO, YES, among

_NO_WORDS = YES | NO


def noted(state: State, question: str, reply: Reply) -> State:
    """Note that a reply was no answer to the open question."""
    if reply.message is None or not reply.text.strip():
        return state
    numbers = (*state.unclear.get(question, ()), reply.message)
    return state.but(unclear={**state.unclear, question: numbers})


def over(state: State, question: str) -> State:
    """Forget the replies to a question that has been dealt with."""
    if question not in state.unclear:
        return state
    return state.but(unclear={name: numbers for name, numbers in state.unclear.items() if name != question})


def belong(answer: Answered, words: str) -> bool:
    """Say whether the words of an earlier reply belong to the answer that followed.

    To an unclear answer they all do; beside a clear one a mere number, yes or no is a slip that has been put right. A
    phone's account of a reaction quotes our words and belongs to nothing.
    """
    heard = said(words)
    if is_reaction(heard.tidy):
        return False
    return "unclear" in answer.flags or (not among(words, _NO_WORDS) and any(map(_is_word, heard.words.split())))


def _is_word(written: str) -> bool:
    return len(written) > 1 and any(map(str.isalpha, written))


def together(earlier: Sequence[str], answer: Answered) -> str | None:
    """Give an answer's comment with the words that belong to it from before; the same words stand there once."""
    words = [*earlier, *filter(None, [answer.comment])]
    return " ".join(dict.fromkeys(words)) or None
