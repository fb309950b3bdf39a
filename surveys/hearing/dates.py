"""A day of the calendar that a reply names in full, in the British order. Knows no clock, so "yesterday" is no date."""

from __future__ import annotations

import re
from datetime import date

from surveys.hearing.slips import slips
from surveys.hearing.spoken import BEFORE_A_NUMBER

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_YEARS = range(1900, 2101)
_THIS_CENTURY = 69  # "68" is 2068 and "69" is 1969, as the C library has it

_BEGINS = (
    rf"[\s\"'(]*+{BEFORE_A_NUMBER}(?:on |from |since |by )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,?\s+)?"
    r"(?:the )?"
)
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_ENDS = r"(?![\d/:a-z])(?!\.\d)(?!-\d)(?!\s?[ap]\.?m\b)"
_FORMS = tuple(
    re.compile(_BEGINS + form + _ENDS)
    for form in (
        r"(?P<year>\d{4})(?P<joint>[-/.])(?P<month>\d{1,2})(?P=joint)(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\s?(?P<joint>[-/. ])\s?(?P<month>\d{1,2})\s?(?P=joint)\s?(?P<year>\d{4}|\d{2})",
        rf"{_DAY}[\s.-]*(?:of )?{_MONTH}[\s,.-]*{_YEAR}",
        rf"{_MONTH}\s*(?:the )?{_DAY}[\s,.]+(?:of )?{_YEAR}",
    )
)
_SECOND = re.compile(r"[\s,]*+(?:or|to|and|until|till|-|/)\s*+(?=[\w])")


def leading_date(tidy: str) -> tuple[str, str] | None:
    """Find the date that a reply begins with.

    Args:
        tidy: the head of a reply, as `surveys.hearing.said` gives it.

    Returns:
        The date in ISO form and what stands after it; None where the reply begins with no full date, or with a day that
        no calendar has.
    """
    for form in _FORMS:
        if found := form.match(tidy):
            day = _day(found["year"].lstrip("'"), found["month"], found["day"])
            return (day, tidy[found.end() :]) if day else None
    return None


def has_second(rest: str) -> bool:
    """Say whether what follows a date begins with another one ("6/10/2026 or 7/10/2026")."""
    joint = _SECOND.match(rest)
    return joint is not None and leading_date(rest[joint.end() :]) is not None


def _day(year: str, month: str, day: str) -> str | None:
    number = int(month) if month.isdecimal() else _month(month)
    if number is None:
        return None
    in_full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _THIS_CENTURY else 1900)
    if in_full not in _YEARS:
        return None
    try:
        return date(in_full, number, int(day)).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """Give the month that a word begins ("sept"), or writes with a slip ("septmber")."""
    fitting = [place for place, month in enumerate(_MONTHS, start=1) if month[:3] == word[:3]]
    if len(fitting) != 1:
        return None
    month = _MONTHS[fitting[0] - 1]
    is_short = month.startswith(word)
    is_slip = len(word) > 4 and slips(word, month) is not None
    return fitting[0] if is_short or is_slip else None
