"""The number a reply begins with, if it is surely meant as one.

Never takes a digit out of a phone number, time, date, price, age or count ("07700 900123", "7:30", "0 problems"): then it
says that the reply holds no usable number. Every pattern is anchored, so that time grows with length and no faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from surveys.words import CONTINUES, bare, key

NUMBER_WORDS = dict(
    zip(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(11), strict=True)
)


@dataclass(frozen=True)
class Number:
    """A number, and what stands after it: "" where nothing that matters does."""

    value: int
    rest: str


@dataclass(frozen=True)
class TwoNumbers:
    """Two different numbers; `settled` is the lower, or the later where the person corrected themselves."""

    settled: int


@dataclass(frozen=True)
class NoNumber:
    """A reply that begins with digits which are not an answer, and why."""

    reason: str


_NUMBER = rf"(?P<number>\d+|(?:{'|'.join(NUMBER_WORDS)})\b)"
_FILLERS = (
    *(
        "about",
        "around",
        "between",
        "roughly",
        "approx",
        "maybe",
        "probably",
        "prob",
        "like",
        "say",
        "solid",
        "a",
        "an",
    ),
    *("option", "answer", "number", "score", "its", "it's", "im a", "i'm a", "im an", "i'm an", "i think", "i said"),
    *("i'd say", "id say", "i would say", "i'd give it", "id give it", "i would give it", "i give it"),
    *("my answer is", "the answer is", "my score is"),
)
_START = re.compile(rf"[\s\"'(\[#*~>=]*(?:(?:{'|'.join(_FILLERS)})\s+){{0,3}}{_NUMBER}")
_OUT_OF_TEN = re.compile(r"(?:ish)?\s*(?:/|out of|outta)\s*(?:10|ten)\b(?![/.:-]\d)")
_NEARLY = re.compile(r"\.\d(?!\d)(?!\s*[ap]\.?m\b)(?:\s*ish\b)?|\s*-?ish\b|\s+and a half\b")
_JOINED = re.compile(
    r"\s*(?:(?:or maybe|or|to|and|&|/|-|,|maybe)\s*|\s)(?:maybe |about |an? )?" + _NUMBER + r"(?:\s*-?ish\b)?"
)
_SPAN = re.compile(r"\s*(?:or|to|-)\s*" + _NUMBER)
_GLUED = re.compile(r"[^\W\d_]|\d|[.:/,+-]\d|\s*[%°£$€]|\s*-\s*\d|\s*\d|:\d")
_KISSES = re.compile(r"x{1,5}\W*$")
_SEPARATED = re.compile(r"['\"\])]*\s*[.,;:!)\-]")
_CORRECTION = re.compile(r"\b(?:jk|jks|wait|i mean|meant|actually|sorry)\s+(?:its\s+|it's\s+|an?\s+)?" + _NUMBER)

_HEDGES = frozenset(
    {"", "maybe", "probably", "i think", "i guess", "or so", "ish", "tbh", "lol", "haha", "x", "xx", "xxx", "please"}
    | {"thanks", "thank you", "points", "out of 10", "out of ten", "for me", "really", "i suppose"}
)
_UNITS = frozenset(
    {
        "problem",
        "kid",
        "child",
        "children",
        "people",
        "person",
        "of",
        "out",
        "more",
        "less",
        "am",
        "pm",
        "a m",
        "oclock",
    }
    | {
        "year",
        "yr",
        "yrs",
        "yo",
        "month",
        "mth",
        "week",
        "wk",
        "day",
        "night",
        "hour",
        "hr",
        "hrs",
        "min",
        "mins",
        "sec",
    }
    | {"time", "times", "quid", "pound", "percent", "per", "p", "k", "kg", "mile", "st", "nd", "rd", "th", "past", "x"}
    | {"thing", "meeting", "visit", "appointment", "session", "issue", "worker", "weekend", "half", "am", "ft", "plus"}
    | {"son", "daughter", "boy", "girl", "brother", "sister", "sibling", "baby", "babies", "dog", "cat", "bed", "th"}
    | {"minute", "second", "fold", "faced", "way", "missed", "different", "other"}
)
_NOT_PLURALS = frozenset(
    {
        "always",
        "this",
        "does",
        "thats",
        "hes",
        "shes",
        "lets",
        "whats",
        "theres",
        "theyres",
        "thanks",
        "obvs",
        "perhaps",
    }
    | {"sometimes", "unless", "theirs", "ours", "whos", "hers", "wheres", "heres", "yours", "means", "makes", "gets"}
    | {"feels", "needs", "comes", "seems", "says", "keeps", "helps", "wants", "hits", "shouts"}
)
_PERIODS = frozenset({"day", "week", "month", "year", "night", "hour", "time"})
_SHORTHAND = {"2": {"be", "b", "much", "many", "late", "soon"}, "4": {"me", "us", "real", "sure", "ever", "now"}}
_AFTER_A_WORD = CONTINUES | {"nothing", "awful", "terrible", "bad", "really", "very", "worst", "hate", "struggling"}


def leading_number(plain_text: str, lowest: int, highest: int, *, scale: bool) -> Number | TwoNumbers | NoNumber | None:
    """Find the number that a reply begins with.

    Args:
        plain_text: what `surveys.words.plain` gives.
        lowest, highest: the numbers that answer the question.
        scale: also understand "8/10", "8ish" and "7.5".

    Returns:
        None where the reply begins with no number at all.
    """
    start = _START.match(plain_text)
    if start is None:
        return None
    written, rest = start["number"], plain_text[start.end() :]
    if scale and (suffix := _OUT_OF_TEN.match(rest) or _NEARLY.match(rest)):
        rest = rest[suffix.end() :]
    value = _value(written)
    if value is None:
        return NoNumber("not_a_number")
    reason = None if lowest <= value <= highest else "out_of_range"
    second = _second_number(rest, lowest, highest)
    if reason is None and second is not None:
        return _two(value, *second, rest)
    if _GLUED.match(rest) and not _KISSES.match(rest):
        reason = "not_a_number"
    elif reason is None and _is_count(written, rest):
        reason = "a_count"
    return NoNumber(reason) if reason else Number(value, _worth_keeping(rest))


def _value(written: str) -> int | None:
    if written in NUMBER_WORDS:
        return NUMBER_WORDS[written]
    if len(written) > 3 or (len(written) > 1 and written.startswith("0")):
        return None
    return int(written)


def _second_number(rest: str, lowest: int, highest: int) -> tuple[int, bool] | None:
    """Give a second answer beside the first, and whether it corrects it."""
    for pattern, corrects in ((_JOINED.match, False), (_CORRECTION.search, True)):
        found = pattern(rest)
        value = _value(found["number"]) if found else None
        if found and value is not None and lowest <= value <= highest:
            after = rest[found.end() :]
            if not _GLUED.match(after) and not _is_count("1", after):
                return value, corrects
    return None


def _two(first: int, second: int, corrects: bool, rest: str) -> Number | TwoNumbers:  # noqa: FBT001 - unpacked from a pair
    if first == second:
        return Number(first, _worth_keeping(rest))
    return TwoNumbers(second if corrects else min(first, second))


def _is_count(written: str, rest: str) -> bool:
    """Say whether the number counts something ("2 kids", "0 problems", "two faced") rather than answering."""
    words = key(rest[:200]).split()
    if not words or key(rest[:200]) in _HEDGES or _SEPARATED.match(rest):
        return False
    first = words[0]
    if _SPAN.match(rest) or first in _UNITS or first in _SHORTHAND.get(written, ()):
        return True
    if first in {"a", "each", "every"} and len(words) > 1 and words[1] in _PERIODS:
        return True
    if written in NUMBER_WORDS or written == "0":
        return first not in _AFTER_A_WORD
    return len(first) > 3 and first.endswith("s") and not first.endswith("ss") and first not in _NOT_PLURALS


def _worth_keeping(rest: str) -> str:
    words = key(rest)
    return "" if words in _HEDGES or bare(words) in _HEDGES else rest
