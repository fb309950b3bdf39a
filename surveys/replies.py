"""What a reply means as an answer to a question. Pure; never raises on anything a person may text.

A reply is an answer where the whole of it is one, or where one stands first and the rest is a comment ("2 he hit me").
Anything less sure is unclear and named so: asking once more is better than putting words into someone's mouth.
`surveys.answers` has the tables of values, flags and reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from surveys.answers import NO_COMMENT, SKIPPED, Answer, Unclear
from surveys.hearing.choosing import is_nothing, numbered, one_option, unanswered
from surveys.hearing.dates import has_second, leading_date
from surveys.hearing.letters import wording
from surveys.hearing.meanings import Meanings, meanings_of
from surveys.hearing.numbers import TwoNumbers, leading_number
from surveys.hearing.reactions import is_reaction
from surveys.hearing.said import Said, said
from surveys.hearing.several import several_options
from surveys.questions import HAS_RANGE, Question, QuestionType
from surveys.words import NOT_ONE

__all__ = ["Answer", "Unclear", "parse_reply", "settle_two_numbers"]


def parse_reply(question: Question, text: str) -> Answer | Unclear:
    """Read `text` as a reply to `question`.

    Follows the parser hints that came with the questions. A quoted reaction (Liked "…") is never read for digits. Where
    two numbers were given, the reply is unclear as "two_numbers"; `settle_two_numbers` decides when asking did not help.
    """
    reply = said(text)
    if not reply.tidy:
        return Unclear("blank")
    meanings = meanings_of(question)
    if question.type == "text":
        return _free_text(meanings, reply)
    if is_reaction(reply.tidy):
        return Unclear("reaction")
    return _READERS[question.type](meanings, reply)


def settle_two_numbers(question: Question, text: str) -> Answer | None:
    """Give the answer to keep where a question about a number got two even after asking: the lower one, flagged.

    Where the person corrected themselves ("10 lol jk 2") it is the later. None where the reply is not of that kind, and
    on options: the lower of two is no more likely than the other.
    """
    if question.type not in HAS_RANGE:
        return None
    found = leading_number(said(text).tidy, meanings_of(question).expected)
    return Answer(found.settled, text, ("two_numbers",)) if isinstance(found, TwoNumbers) else None


def _free_text(meanings: Meanings, reply: Said) -> Answer:
    if meanings.skips.intersection((reply.words, reply.bare)):
        return SKIPPED
    if is_nothing(reply) or meanings.unsaid.intersection((reply.words, reply.bare)):
        return NO_COMMENT
    return Answer(None, reply.text, ("reaction",) if is_reaction(reply.tidy) else ())


def _scale(meanings: Meanings, reply: Said) -> Answer | Unclear:
    if meanings.top.intersection((reply.words, reply.bare)):
        return Answer(meanings.expected.highest)
    if any(reply.words.startswith(f"{top} ") for top in meanings.top):
        return Answer(meanings.expected.highest, reply.text)
    return unanswered(meanings, reply) or numbered(meanings, reply) or Unclear("not_an_answer")


def _number(meanings: Meanings, reply: Said) -> Answer | Unclear:
    if reply.bare in NOT_ONE and meanings.expected.lowest <= 0:
        return Answer(0)
    return unanswered(meanings, reply) or numbered(meanings, reply) or Unclear("not_an_answer")


def _date(meanings: Meanings, reply: Said) -> Answer | Unclear:
    if found := unanswered(meanings, reply):
        return found
    named = leading_date(reply.tidy)
    if named is None:
        return Unclear("not_a_date")
    day, rest = named
    if has_second(rest):
        return Unclear("two_answers")
    return Answer(day, reply.text if wording(rest) else None)


_READERS: Mapping[QuestionType, Callable[[Meanings, Said], Answer | Unclear]] = {
    "choice": one_option,
    "choices": several_options,
    "yes_no": one_option,
    "scale": _scale,
    "number": _number,
    "date": _date,
}
