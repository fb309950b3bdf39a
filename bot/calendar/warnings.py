"""What somebody must see to before the calendar runs out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.calendar.days import holidays_known_until, local_day
from bot.calendar.terms import terms_known_until

AHEAD = timedelta(days=365)
"""So long before a list ends it is said: bank holidays and terms are announced a year or more before."""


def warnings(now: datetime) -> list[str]:
    """What is missing of the next twelve months, each with what to do about it; empty where nothing is."""
    needed = local_day(now) + AHEAD
    holidays, terms = holidays_known_until(), terms_known_until()
    found = []
    if holidays < needed:
        found.append(
            f"Bank holidays are known until {holidays:%d/%m/%Y} only: install a newer version of govuk-bank-holidays, "
            "or families may be written to on a day on which nobody reads."
        )
    if terms < needed:
        found.append(
            f"School terms are known until {terms:%d/%m/%Y} only: add the next school year to bot/calendar/terms.yaml."
        )
    return found
