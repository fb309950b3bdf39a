"""When a pulse is asked: once in every quarter, for three weeks. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.calendar import local_day, month_after

DAYS_OPEN = 21
FIRST_MONTH = 4
FIRST_REMINDER = timedelta(days=7)
"""So long after it was opened everybody is reminded."""
LAST_REMINDER = timedelta(days=5)
"""So long before its last day everybody is reminded once more: one of those days is a Tuesday, Wednesday or Thursday."""
GAP = timedelta(days=3)
"""So many days at least lie between two reminders (the surveys' policy)."""


class Quarter(NamedTuple):
    """Three months, called `2026-Q4`, from the first day to the last."""

    period: str
    first: date
    last: date


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    number = (day.month - 1) // 3
    first = date(day.year, 3 * number + 1, 1)
    after = month_after(month_after(month_after(first)))
    return Quarter(f"{day.year}-Q{number + 1}", first, after - timedelta(days=1))


def may_begin(day: date, every_months: int = 3) -> Quarter | None:
    """The quarter whose pulse may begin on a day; None where it has none, or it would not be over before the next one.

    Args:
        every_months: 3, 6 or 12, counted from April, with which a council's year begins.
    """
    quarter = quarter_of(day)
    has_one = (quarter.first.month - FIRST_MONTH) % every_months == 0
    return quarter if has_one and closes_on(day) <= quarter.last else None


def closes_on(opens_on: date) -> date:
    """The last day of a pulse that is opened on a day."""
    return opens_on + timedelta(days=DAYS_OPEN - 1)


def reminder_due(opens: date, closes: date, moment: datetime) -> int | None:
    """Which reminder is due, the first or the second; None for neither, lest the one come close upon the other."""
    today = local_day(moment)
    if closes - LAST_REMINDER <= today < closes:
        return 2
    return 1 if opens + FIRST_REMINDER <= today < closes - LAST_REMINDER - GAP else None
