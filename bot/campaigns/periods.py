"""Months as the periods of campaigns have them: `2026-11`. Such texts stand in the order of their months."""

from __future__ import annotations

from datetime import date, timedelta

from bot.calendar import month_after


def period_of(day: date) -> str:
    """The month that a day lies in."""
    return f"{day:%Y-%m}"


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before the one that `day` lies in."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def last_day(day: date) -> date:
    """The last day of the month that a day lies in."""
    return month_after(day.replace(day=1)) - timedelta(days=1)
