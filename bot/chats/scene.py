"""What there is to see of a web chat, as plain values. Looks nothing up and changes nothing.

`channels.webchat` has values of the same names for its pages; the wiring makes those out of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from bot.conversation import wording
from bot.conversation.commands import read_command
from bot.conversation.state import COMPLAINT, Phase, State
from store.talks.chats import Words
from surveys.questions import HAS_OPTIONS, Question, QuestionType
from surveys.rendering import isolated
from surveys.survey import Survey

Pressed = Literal["skip", "back", "stop"]
Standing = Literal["cover", "asking", "waiting", "finished", "closed"]

_STANDINGS: Mapping[Phase, Standing] = {
    "asking": "asking",
    "complaint": "asking",
    "paused": "waiting",
    "finished": "finished",
    "declined": "finished",
    "opted_out": "finished",
}
"""Where the page stands in each phase; in all others the questions are over, and nothing shows that there were any."""

_ASKS: frozenset[Phase] = frozenset({"asking", "complaint"})

_PRESSED: Mapping[str, Pressed] = {"SKIP": "skip", "BACK": "back", "END": "stop"}
"""What the page's buttons send. At a question, the same words typed do the same."""

ENDING = frozenset({"end", "stop"})
"""The commands with which somebody says that they would rather not answer."""

_COMMANDS = re.compile(r"\b(?:GO|SKIP|STOP|START|LATER)\b|\bText (?:a number|the number|the letter|your answer)\b")
_NUMBERED = re.compile(r"[,،]?\s+(\d)\s+")


@dataclass(frozen=True)
class Bubble:
    """One message; see `channels.webchat.shown.Bubble`."""

    text: str
    mine: bool
    at: datetime
    pressed: Pressed | None = None


@dataclass(frozen=True)
class Asked:
    """The open question; see `channels.webchat.shown.Asked`."""

    id: str
    kind: QuestionType
    words: str
    number: int
    total: int
    options: tuple[tuple[int, str], ...] = ()
    faces: bool = False
    lowest: int = 0
    highest: int = 10


@dataclass(frozen=True)
class Scene:
    """One chat; see `channels.webchat.shown.Scene`."""

    standing: Standing
    service: str
    opening: tuple[str, ...] = ()
    bubbles: tuple[Bubble, ...] = ()
    asked: Asked | None = None
    may_go_back: bool = False
    turn: str = ""
    help_lines: tuple[str, ...] = ()
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    door: str | None = None


@dataclass(frozen=True)
class Door:
    """An open survey, before anybody has gone in; see `channels.webchat.shown.Door`."""

    code: str
    service: str
    title: str
    opening: tuple[str, ...]
    is_open: bool
    help_lines: tuple[str, ...] = ()
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    opens_on: date | None = None
    once: bool = False
    is_spent: bool = False
    is_held: bool = False
    ends_tonight: bool = False


def standing(state: State) -> Standing:
    """Where the page of a conversation stands."""
    return _STANDINGS.get(state.phase, "closed")


def turn_of(state: State) -> str:
    """The name of this turn. What answers it once answers no other, and a page that is overtaken has another's.

    It tells which question is open, and how often the person had been heeded: whatever they write moves it on, so that the
    same words in a later turn are new. What an overtaken page sends overtakes no other.
    """
    asked = state.pressable if state.phase in _ASKS else None
    return f"{asked or ''}.{state.heeded}"


def without_commands(text: str) -> str:
    """A wording as a page shows it: without the sentences that say what to text, for there are buttons for that."""
    kept = [sentence for sentence in wording.SENTENCES.split(text) if not _COMMANDS.search(sentence)]
    return " ".join(kept) or text


class _Put(NamedTuple):
    """A question as it was put: all of the message, and its words alone."""

    id: str
    text: str
    words: str
    options: tuple[tuple[int, str], ...]


def asked(state: State, survey: Survey) -> Asked | None:
    """The open question; None where there is none.

    Args:
        survey: as it is spoken to this person on the web.
    """
    if state.phase not in _ASKS:
        return None
    number, question = next(
        ((number, question) for number, question in survey.numbered() if question.id == state.question),
        (survey.total, None),
    )
    if state.phase == "complaint" or question is None:
        offer = _offer(state, survey)
        return Asked(COMPLAINT, "choice", offer.words, number, survey.total, options=offer.options)
    put = _put(state, survey, number, question)
    return Asked(
        question.id,
        question.type,
        put.words,
        number,
        survey.total,
        options=put.options,
        faces=question.faces,
        lowest=question.lowest,
        highest=question.highest,
    )


def _put(state: State, survey: Survey, number: int, question: Question) -> _Put:
    say = wording.question(state, survey, question.id)
    place = isolated(f"{number}/{survey.total}", survey.direction)
    options = say.choices.options if say.choices and question.type in HAS_OPTIONS else ()
    return _Put(question.id, say.text, without_commands(say.text.removeprefix(place).strip()), options)


def _offer(state: State, survey: Survey) -> _Put:
    """The offer to look at words as a complaint, taken apart: "… a complaint? 1 Please do, 2 No, just feedback"."""
    text = wording.shared(state, survey, "complaint_offer").text
    words, *rest = _NUMBERED.split(text)
    options = tuple((int(number), label) for number, label in zip(rest[::2], rest[1::2], strict=True))
    return _Put(COMPLAINT, text, words, options)


def bubbles(state: State, survey: Survey, said: Sequence[Words]) -> Iterator[Bubble]:
    """What was said, as it shall be read: questions without their numbers, and what was chosen by its label.

    The open question is left out where it was put last, since the page asks it in its own place. Of somebody who answered
    nothing and would rather not, only what they were told then is shown.
    """
    said = _after_declining(said) if standing(state) == "finished" else said
    every = [_put(state, survey, number, question) for number, question in survey.numbered()]
    put = {each.text: each for each in (*every, _offer(state, survey))}
    open_at = _last(said, put, state.pressable) if standing(state) == "asking" else None
    last_put = max((place for place, words in enumerate(said) if words.text in put), default=-1)
    last: _Put | None = None
    for place, words in enumerate(said):
        if words.mine:
            is_taken = last is not None and not (state.phase == "paused" and place > last_put)
            pressed = _PRESSED.get(words.text) if is_taken else None
            yield Bubble(_chosen(words.text, last), mine=True, at=words.at, pressed=pressed)
        elif words.text in put:
            last = put[words.text]
            if place != open_at:
                yield Bubble(last.words, mine=False, at=words.at)
        else:
            yield Bubble(without_commands(words.text), mine=False, at=words.at)


def _after_declining(said: Sequence[Words]) -> Sequence[Words]:
    """What was said after somebody declined, where that is all they ever said; else everything."""
    mine = [place for place, words in enumerate(said) if words.mine]
    if mine and all(read_command(said[place].text) in ENDING for place in mine):
        return said[mine[-1] + 1 :]
    return said


def _last(said: Sequence[Words], put: Mapping[str, _Put], question: str | None) -> int | None:
    """Where among the messages a question was put last."""
    places = [place for place, words in enumerate(said) if not words.mine and _is(put.get(words.text), question)]
    return max(places, default=None)


def _is(put: _Put | None, question: str | None) -> bool:
    return put is not None and put.id == question


def _chosen(text: str, put: _Put | None) -> str:
    """The labels of what was chosen; whatever else was written, as it was."""
    labels = {str(number): label for number, label in put.options} if put else {}
    numbers = [number.strip() for number in text.split(",")]
    return ", ".join(labels[number] for number in numbers) if labels.keys() >= set(numbers) else text
