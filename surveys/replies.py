"""What a reply means as an answer to a question. Pure; never raises on anything a person may text.

A reply is an answer where the whole of it is one, or where one stands first and the rest is a comment ("2 he hit me").
Anything less sure is unclear and named so: asking once more is better than putting words into someone's mouth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from surveys.numbers import NoNumber, Number, TwoNumbers, leading_number
from surveys.questions import SCALE_TOP, Option, Question
from surveys.words import (
    CONTINUES,
    LEADING_NO,
    LEADING_YES,
    NO,
    SKIP,
    TOP_OF_SCALE,
    UNSURE,
    YES,
    among,
    bare,
    key,
    plain,
)


@dataclass(frozen=True)
class Answer:
    """A reply that answers the question.

    Attributes:
        value: the option's number, or 0 to 10; None for free text and for a skipped question.
        comment: the whole reply, word for word, where it says more than the value.
        flags: "skipped", "no_comment", "two_numbers" or "reaction".
    """

    value: int | str | None
    comment: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unclear:
    """A reply that does not answer the question, and why.

    `reason` is one of: blank, reaction, not_an_answer, not_a_number, out_of_range, a_count, two_numbers, two_answers.
    """

    reason: str


_SKIPPED = Answer(None, None, ("skipped",))
_NO_COMMENT = Answer(None, None, ("no_comment",))
_REACTION = re.compile(
    r"(?:(?:un)?(?:liked|loved|disliked|questioned)|emphasi[sz]ed|laughed at|reacted .{1,20}? to"
    r"|removed an? .{1,20}? from|.{1,3} to)\s*\""
)
_FULL_STOPS = re.compile(r"[.\s…-]+")
_LETTER = re.compile(r"[\s\"'(\[]*(?:option |answer )?([a-e])(?:[\s.)\]:!,]*$|\s*[).:\-]\s+(?P<rest>\S))")
_FIRST_CLAUSE = re.compile(r"[.,;:!()\-]")
_CONJUNCTION = re.compile(r"(?:and|but|or|then|also)\s+")
_TELLING_WORDS = {
    **dict.fromkeys(("same", "the same", "about the same", "just the same", "no change", "no different"), "same"),
    "worse": "worse",
    "soon": "soon",
    "late": "late",
}
_TOO_SHORT_TO_TELL = frozenset({"not", "very", "too", "the", "made"})
_SAYINGS = ("better than nothing",)
_OPPOSITES = {"yes": NO, "no": YES}
_SARCASM = frozenset({"right", "whatever", "sure"})


def parse_reply(question: Question, text: str) -> Answer | Unclear:
    """Read `text` as a reply to `question`.

    Follows the parser hints that came with the questions. A quoted reaction (Liked "…") is never read for digits. Where
    two numbers were given, the reply is unclear as "two_numbers"; `settle_two_numbers` decides when asking did not help.
    """
    tidy = plain(text)
    if not tidy:
        return Unclear("blank")
    if question.type == "text":
        return _free_text(text, tidy)
    if _REACTION.match(tidy):
        return Unclear("reaction")
    return _as_number(question, text, tidy) if question.type == "scale" else _as_choice(question, text, tidy)


def settle_two_numbers(question: Question, text: str) -> Answer | None:
    """Give the answer to keep where a scale question got two numbers even after asking: the lower one, flagged.

    Where the person corrected themselves ("10 lol jk 2") it is the later. None where the reply is not of that kind.
    """
    if question.type != "scale":
        return None
    found = leading_number(plain(text), 0, SCALE_TOP, scale=True)
    return Answer(found.settled, text, ("two_numbers",)) if isinstance(found, TwoNumbers) else None


def _free_text(text: str, tidy: str) -> Answer:
    if among(text, SKIP):
        return _SKIPPED
    if _says_nothing(text, tidy):
        return _NO_COMMENT
    return Answer(None, text, ("reaction",) if _REACTION.match(tidy) else ())


def _says_nothing(text: str, tidy: str) -> bool:
    return among(text, UNSURE) or _FULL_STOPS.fullmatch(tidy) is not None


def _as_number(question: Question, text: str, tidy: str) -> Answer | Unclear:
    if among(text, TOP_OF_SCALE):
        return Answer(SCALE_TOP)
    if among(text, SKIP) or _says_nothing(text, tidy):
        return _SKIPPED
    return _numbered(question, text, tidy) or Unclear("not_an_answer")


def _as_choice(question: Question, text: str, tidy: str) -> Answer | Unclear:
    words = key(text)
    if option := _exact(question, words):
        return Answer(option.v)
    if among(text, SKIP):
        return _SKIPPED
    if _says_nothing(text, tidy):
        unsure = next((option for option in question.options if _label(option) in UNSURE), None)
        return Answer(unsure.v) if unsure else _SKIPPED
    return (
        _lettered(question, text, tidy)
        or _numbered(question, text, tidy)
        or _begun_label(question, bare(words))
        or _leading_words(question, text, tidy, words)
        or Unclear("not_an_answer")
    )


def _numbered(question: Question, text: str, tidy: str) -> Answer | Unclear | None:
    scale = question.type == "scale"
    lowest, highest = (0, SCALE_TOP) if scale else (1, len(question.options))
    found = leading_number(tidy, lowest, highest, scale=scale)
    if isinstance(found, NoNumber):
        return Unclear(found.reason)
    if isinstance(found, TwoNumbers):
        return Unclear("two_numbers")
    if isinstance(found, Number):
        named = _exact(question, key(found.rest)) if found.rest else None
        if named and named.v != found.value:
            return Unclear("two_answers")
        return Answer(found.value, text if found.rest and not named else None)
    return None


def _lettered(question: Question, text: str, tidy: str) -> Answer | Unclear | None:
    found = _LETTER.match(tidy)
    if found is None:
        return None
    option = question.option("abcde".index(found[1]) + 1)
    if option is None:
        return Unclear("out_of_range")
    return Answer(option.v, text if found["rest"] else None)


def _exact(question: Question, words: str) -> Option | None:
    """Give the option whose label is the whole reply, or that a yes or no means where the options are yes and no."""
    for form in filter(None, (words, bare(words))):
        for option in question.options:
            if form in {_label(option), f"{option.v} {_label(option)}"}:
                return option
        for table, answer in ((YES, "yes"), (NO, "no")):
            if form in table:
                return _meaning(question, answer)
    return None


@lru_cache
def _label(option: Option) -> str:
    """The bare words of an option's label: the survey's own, never a person's, so they may be remembered."""
    return key(option.label)


def _meaning(question: Question, answer: str) -> Option | None:
    """Give the option labelled yes or no; only options of the yes kind have one."""
    return next((option for option in question.options if _label(option) == answer), None)


def _begun_label(question: Question, words: str) -> Answer | None:
    """Understand the clear beginning of one label ("haven't seen"), or the word that tells it apart ("same")."""
    labels = {option.v: _label(option) for option in question.options}
    if telling := _TELLING_WORDS.get(words):
        fitting = [v for v, label in labels.items() if f" {label}".endswith(f" {telling}")]
    elif len(words) >= 3 and words not in _TOO_SHORT_TO_TELL:
        fitting = [v for v, label in labels.items() if f"{label} ".startswith(words + ("" if len(words) > 3 else " "))]
    else:
        fitting = []
    return Answer(fitting[0]) if len(fitting) == 1 else None


def _leading_words(question: Question, text: str, tidy: str, words: str) -> Answer | Unclear | None:
    """Understand an answer in words with a comment after it: "yes but he hit me", "Worse. He left"."""
    if words.startswith(_SAYINGS):
        return None
    clause = _FIRST_CLAUSE.split(tidy, maxsplit=1)
    if len(clause) == 2 and (option := _leading(question, key(clause[0]))):
        return _with_comment(question, option, key(clause[1]), text)
    parts = words.split()
    for length in range(min(len(parts) - 1, 5), 0, -1):
        option = _leading(question, " ".join(parts[:length]))
        if option and parts[length] in CONTINUES:
            return _with_comment(question, option, " ".join(parts[length:]), text)
    return None


def _leading(question: Question, words: str) -> Option | None:
    if words in (YES - LEADING_YES) | (NO - LEADING_NO):
        return None
    return _exact(question, words)


def _with_comment(question: Question, option: Option, rest: str, text: str) -> Answer | Unclear:
    second_answer = _CONJUNCTION.sub("", rest, count=1)
    second = _exact(question, second_answer)
    if second and second != option:
        return Unclear("two_answers")
    if rest in _SARCASM or second_answer in _OPPOSITES.get(_label(option), ()):
        return Unclear("two_answers")
    return Answer(option.v, text if rest and not second else None)
