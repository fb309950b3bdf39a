"""Looking anew at what a person was not asked, or is to be asked, now that something about them has changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.calendar import local_day
from bot.cases.planning import Planner
from bot.council import Council
from bot.one_by_one import one_by_one
from store.inviting import unasked
from store.session import Database, Session
from surveys.catalogue import Catalogue

AGES = (11, 16)
"""The birthdays on which it changes whether somebody may be asked: texts, and in their own right."""


def look_again(session: Session, person_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Offer what is still due and may be asked by now, and settle what may not, in the caller's transaction.

    Only what is asked about a stage of a case; nothing that a worker holds back. What is safe for them decides about
    whoever shares their phone too, who are looked at with them.

    Returns:
        How many invitations that had not been asked for a reason will be asked now.
    """
    planner = Planner(catalogue, council, now)
    return sum(
        planner.reconsider(session, case_id, each)
        for each in unasked.sharing_a_line(session, person_id)
        for case_id in unasked.cases_of(session, each)
    )


def look_again_on_birthdays(database: Database, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Look anew at young people who have come to an age at which something else holds, each in a transaction of their own.

    For the clock, once a day. Whoever has had the birthday within the days in which a stage is asked about is looked at, so
    that a day that was missed is made good and a second run changes nothing.

    Returns:
        How many invitations that had not been asked for a reason will be asked now.
    """
    today = local_day(now)
    within = timedelta(days=council.ask_within_days)
    born = [(years_before(today - within, age), years_before(today, age)) for age in AGES]
    with database.reading() as session:
        people = [person for first, last in born for person in unasked.born_between(session, first, last)]
    reopened = 0

    def look(person_id: int) -> bool:
        nonlocal reopened
        with database.writing() as session:
            reopened += look_again(session, person_id, catalogue=catalogue, council=council, now=now)
        return True

    one_by_one(people, look)
    return reopened


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the 28th where there was no 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
