"""The number a reply begins with, if it is surely meant as one.

Never takes a digit out of a phone number, time, date, price, age or count ("07700 900123", "7:30", "0 problems"): then it
says that the reply holds no usable number. Every pattern is anchored or never goes back, so that time grows with length
and no faster.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from surveys.hearing.amounts import (
    AFTER_A_WORD,
    COUNTED,
    NEVER_AN_ANSWER,
    NOT_PLURALS,
    NUMBER_WORDS,
    PERIODS,
    SHORT_UNITS,
    SHORTHAND,
)
from surveys.hearing.doubts import are_things, is_a_time, is_and_a_half, is_in_stars, other_number
from surveys.hearing.letters import wording
from surveys.hearing.spoken import AFTER_A_NUMBER, BEFORE_A_NUMBER
from surveys.questions import SCALE_TOP
from surveys.words import CONTINUES, bare


@dataclass(frozen=True)
class Number:
    """A number; what stands before it, and what stands after it: "" where nothing that matters does."""

    value: int
    rest: str
    before: str = ""


@dataclass(frozen=True)
class TwoNumbers:
    """Two different numbers; `settled` is the lower, or the later where the person corrected themselves."""

    settled: int


@dataclass(frozen=True)
class NoNumber:
    """A reply that begins with digits which are not an answer, and why."""

    reason: Literal["not_a_number", "out_of_range", "a_count"]


class Grammar:
    """How numbers are written: in digits, in English words and in those of one more language."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.words = words
        in_words = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        number = rf"(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+|(?:{in_words})(?!\w))"
        opening = r"[\s\"'(\[#*~>=]*+"
        self.start = re.compile(rf"{opening}(?P<before>{BEFORE_A_NUMBER}){opening}{number}")
        self.joined = re.compile(
            r"\s*+(?:(?:or maybe|or|albo|lub|neu|वा|to|and|&|/|-|,|maybe)\s*+|(?<=\s))(?:maybe |about |an? )?"
            rf"{number}(?:\s*-?ish\b)?"
        )
        self.span = re.compile(rf"\s*+(?:or|to|-)\s*+{number}")
        self.corrected = re.compile(
            r"(?:\b(?:jk|jks|wait|i mean|i meant|meant|actually|sorry|make that|make it|more like)|[.,;!]\s?no)"
            rf"\s++(?:its\s|it's\s|i meant?\s|make it\s|an?\s)?{number}"
        )
        self.again = re.compile(rf"[\s-]\s*+{number}")
        self.added = re.compile(rf"\s*+[a-z]++\s*+(?:and|,|&|\+)?\s*+{number}")


@lru_cache(maxsize=64)
def grammar(words: tuple[tuple[str, int], ...] = ()) -> Grammar:
    """Give the grammar of English and of a language with these number words besides."""
    return Grammar({**NUMBER_WORDS, **dict(words)})


@dataclass(frozen=True)
class Expected:
    """Which numbers answer a question.

    Attributes:
        kind: an option's number stands alone; a scale also takes "8/10", "8ish" and "7.5"; an amount counts things.
        lowest, highest: both included.
        asked: the words of the question: an amount of weeks answers one about weeks, and no other.
    """

    kind: Literal["option", "scale", "amount"]
    lowest: int
    highest: int
    grammar: Grammar
    asked: frozenset[str] = frozenset()


_NEARLY = re.compile(r"\.\d(?!\d)(?!\s*[ap]\.?m\b)(?:\s*ish\b)?|\s*-?ish\b|\s+and (?:an? )?half\b")
_GLUED = re.compile(r"'?[^\W\d_]|\d|[.:/,+-]\d|\s*[%°£$€]|\s*[-/]\s*\d|\s*\d|:\d")
_FRACTION = re.compile(r"\s*/")
_KISSES = re.compile(r"x{1,5}\W*$")
_SEPARATED = re.compile(r"['\"\])]*+\s*+[.,;:!)\-]")
_MOST_DIGITS = {"option": 3, "scale": 3, "amount": 7}
_HYPHENED = re.compile(r"-[^\W\d_]")  # "one-off"
_TO_COUNT_BY = 200  # characters after a number that are looked at to tell whether it counts something


@lru_cache(maxsize=64)
def _out_of(highest: int) -> re.Pattern[str]:
    """What may stand after a number on a scale: "/10", " out of ten", and on one to 100 "%"."""
    top = "|".join((str(highest), *(re.escape(word) for word, value in NUMBER_WORDS.items() if value == highest)))
    percent = r"|\s*(?:%|per ?cent\b)" if highest == 100 else ""
    return re.compile(rf"(?:ish)?\s*(?:/|out of|outta)\s*(?:{top})\b(?!\s*[/.:-]\s*\d){percent}")


def leading_number(tidy: str, expected: Expected) -> Number | TwoNumbers | NoNumber | None:
    """Find the number that a reply begins with.

    Args:
        tidy: the head of a reply, as `surveys.hearing.said` gives it.
        expected: which numbers would answer.

    Returns:
        None where the reply begins with no number at all.
    """
    start = expected.grammar.start.match(tidy)
    if start is None or _goes_on(tidy[start.end() :]):
        return None
    written, rest = start["number"], tidy[start.end() :]
    suffix = _suffix(rest, expected)
    value = _value(written, expected)
    is_stars = is_in_stars(tidy[: start.start("number")], rest)
    if value is None or is_stars:
        return NoNumber("a_count" if is_stars else "not_a_number")
    rest = rest[suffix.end() :] if suffix else rest
    is_within = expected.lowest <= value <= expected.highest
    second = _second_number(rest, expected) if is_within else None
    if second is None:
        found = _alone(value, written, start["before"], rest, expected)
        is_half = expected.kind == "amount" and suffix is not None and isinstance(found, Number)
        return Number(value, suffix[0], start["before"]) if is_half and suffix else found
    return _beside(second, value, start["before"], rest, expected)


def _beside(second: _Second, value: int, before: str, rest: str, expected: Expected) -> Number | TwoNumbers | NoNumber:
    """Judge a number that has a second one beside it."""
    if second.value != value:
        return TwoNumbers(second.value if second.corrects else min(value, second.value))
    if expected.grammar.span.match(rest):
        return NoNumber("a_count")  # "one to one"
    if _FRACTION.match(rest) or expected.grammar.again.match(rest[second.end :]):
        return NoNumber("not_a_number")  # "8/8" but for the top of the scale, "nine nine nine"
    return Number(value, _worth_keeping(rest[second.end :]), before)


def _suffix(rest: str, expected: Expected) -> re.Match[str] | None:
    if expected.kind == "option":
        return None
    return (_out_of(expected.highest).match(rest) if expected.kind == "scale" else None) or _NEARLY.match(rest)


def _alone(value: int, written: str, before: str, rest: str, expected: Expected) -> Number | NoNumber:
    """Judge a single number by what follows it."""
    hedges = AFTER_A_NUMBER.match(rest)
    after = rest[hedges.end() :] if hedges else rest
    is_glued = any(_GLUED.match(part) and not _KISSES.match(part) for part in (rest, after))
    is_time = expected.kind != "amount" and is_a_time(rest)
    if is_glued or is_time or (expected.kind == "option" and is_and_a_half(rest)):
        return NoNumber("not_a_number")
    if not expected.lowest <= value <= expected.highest:
        return NoNumber("out_of_range")
    if is_count(written, after, expected) or (written in expected.grammar.words and _HYPHENED.match(rest)):
        return NoNumber("a_count")
    return Number(value, _worth_keeping(after), before)


def _goes_on(rest: str) -> bool:
    """Say whether a word goes on in marks that are no letters, as Nepali vowels are ("छ" is six, "छैन" is no)."""
    return bool(rest) and unicodedata.category(rest[0]).startswith("M")


def _value(written: str, expected: Expected) -> int | None:
    """Give what a number stands for; None where it is too long or written as no answer is ("07", "1,200" on a scale)."""
    if written in expected.grammar.words:
        return expected.grammar.words[written]
    digits = written.replace(",", "") if expected.kind == "amount" else written
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS[expected.kind] or (len(digits) > 1 and digits[0] == "0"):
        return None
    return int(digits)


@dataclass(frozen=True, slots=True)
class _Second:
    """A second answer beside the first: whether it corrects it, and where it ends."""

    value: int
    corrects: bool
    end: int


def _second_number(rest: str, expected: Expected) -> _Second | None:
    if not rest or (expected.highest > SCALE_TOP and _FRACTION.match(rest)):
        return None
    for find, corrects in ((expected.grammar.joined.match, False), (expected.grammar.corrected.search, True)):
        found = find(rest)
        value = _value(found["number"], expected) if found else None
        if found and value is not None and expected.lowest <= value <= expected.highest:
            after = rest[found.end() :]
            if suffix := _out_of(expected.highest).match(after) if expected.kind == "scale" else None:
                after = after[suffix.end() :]
            if not _GLUED.match(after) and not is_count("1", after, expected):
                return _Second(value, corrects, len(rest) - len(after))
    further = other_number(rest) if expected.kind == "scale" else None
    if further is None or not expected.lowest <= further[0] <= expected.highest:
        return None
    return _Second(further[0], further[1], 0)


def is_count(written: str, rest: str, expected: Expected) -> bool:
    """Say whether the number counts something ("2 kids", "0 problems", "two faced") rather than answering."""
    words = wording(rest[:_TO_COUNT_BY]).split() if rest else []
    if not words or _SEPARATED.match(rest):
        return False
    if expected.kind == "amount":
        return bool(expected.grammar.added.match(rest)) or _is_other_amount(words, expected.asked)
    first = words[0]
    if first in COUNTED or first.rstrip("s") in COUNTED or first in SHORTHAND.get(written, ()):
        return True
    if (
        are_things(words, rest)
        or expected.grammar.span.match(rest)
        or (first in {"a", "each", "every"} and not PERIODS.isdisjoint(words[1:2]))
    ):
        return True
    if written in expected.grammar.words or written == "0":
        return first not in CONTINUES and first not in AFTER_A_WORD
    return len(first) > 3 and first.endswith("s") and not first.endswith("ss") and first not in NOT_PLURALS


def _is_other_amount(words: list[str], asked: frozenset[str]) -> bool:
    """Say whether an amount is a time, a price or an age, or in a unit that was not asked about."""
    unit = words[0] if words[0] in NEVER_AN_ANSWER | PERIODS else words[0].rstrip("s")
    unit = SHORT_UNITS.get(unit, unit)
    if unit == "of" or unit in NEVER_AN_ANSWER or words[1:2] == ["old"]:
        return not asked & {unit, f"{unit}s", "old"}
    return unit in PERIODS and unit != "time" and not asked & {unit, f"{unit}s"}


def _worth_keeping(rest: str) -> str:
    if not rest:
        return ""
    words = wording(rest)
    hedges = AFTER_A_NUMBER.fullmatch(words) or AFTER_A_NUMBER.fullmatch(bare(words))
    return "" if not words or hedges else rest
