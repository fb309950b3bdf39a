"""Why there is no pulse in a quarter, in a sentence for whoever looks for its results."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.calendar import local_day
from bot.council import Council
from bot.pulse import asking, quarter
from bot.pulse.quarter import quarter_of
from store.inviting import pulse as rows
from store.session import Session
from surveys.catalogue import Catalogue

_QUARTER = re.compile(r"\d{4}-Q[1-4]")


def why(session: Session, period: str, catalogue: Catalogue, council: Council, now: datetime) -> str:
    """Say why there is none, and what to do instead.

    Args:
        period: what was asked for, a quarter or not; there is no pulse in it.
    """
    if not _QUARTER.fullmatch(period):
        return f"“{period}” is no quarter: write one such as {quarter_of(local_day(now)).period}."
    if period != quarter_of(local_day(now)).period:
        return f"There is no staff pulse in {period}. {_others(session)}"
    return (
        f"There is no staff pulse in {period} yet. {_why_not_yet(session, catalogue, council, now)} {_others(session)}"
    )


def _why_not_yet(session: Session, catalogue: Catalogue, council: Council, now: datetime) -> str:
    today = local_day(now)
    this = quarter_of(today)
    if not council.asks_staff:
        return "None begins by itself, since STAFF_PULSE is 0: set it to 1 once staff have been told of it."
    if quarter.may_begin(today) is None:
        after = quarter_of(this.last + timedelta(days=1))
        return f"It is too late for one to be over by the end of the quarter: the next begins in {after.period}."
    people, least = asking.in_post(session, catalogue, today)
    if people < least:
        return (
            f"{people} {'is' if people == 1 else 'are'} in post, and fewer than {least} could be told apart: "
            "see 'flask staff list', and add who is missing."
        )
    return "It begins by itself on a day on which staff may be written to, while the clock runs: see 'flask jobs'."


def _others(session: Session) -> str:
    periods = rows.periods(session)
    return f"There was one in {', '.join(periods)}." if periods else "There has been none so far."
