"""When something that is done over and over falls due again: one table of cadences, as the framework names them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from functools import partial

from bot.calendar.days import first_working_day, month_after, working_day_from
from bot.calendar.terms import BadTerms, school_terms

SIX_WEEKS = timedelta(days=42)


def _in_months(months: Collection[int], after: date) -> date:
    """The first working day, after that day, of a month that is one of `months` (1 to 12)."""
    month = after.replace(day=1)
    while month.month not in months or first_working_day(month) <= after:
        month = month_after(month)
    return first_working_day(month)


def _six_weeks_on(after: date) -> date:
    """Forty-two days on, whatever day that is: counted from working days, six weeks would grow longer each time."""
    return after + SIX_WEEKS


def _next_term(after: date) -> date:
    for term in school_terms():
        begins = working_day_from(term.first)
        if begins > after:
            return begins
    raise BadTerms(f"no term after {after} is listed: add the terms of the next school year to bot/calendar/terms.yaml")


CADENCES: Mapping[str, Callable[[date], date]] = {
    "monthly": partial(_in_months, range(1, 13)),
    "six_weekly": _six_weeks_on,
    "quarterly": partial(_in_months, (1, 4, 7, 10)),
    "three_times_a_year": partial(_in_months, (1, 5, 9)),
    "termly": _next_term,
    "six_monthly": partial(_in_months, (4, 10)),
    "yearly": partial(_in_months, (4,)),
}
"""By name, what gives the next due day after a day. The council's year begins in April."""


def next_due(cadence: str, after: date) -> date:
    """The first day after `after` on which something of that cadence is due, in London.

    Raises:
        KeyError: there is no such cadence.
        BadTerms: it goes by school terms, and none after that day is listed.
    """
    return CADENCES[cadence](after)
