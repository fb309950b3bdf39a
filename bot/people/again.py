"""Looking anew at what a person was not asked, or is to be asked, now that something about them has changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.calendar import local_day
from bot.cases.planning import Planner
from bot.council import Council
from bot.one_by_one import one_by_one
from bot.talks import interruptions, ways
from store.inviting import moves, unasked
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.stages import AgeBand

AGES = (8, 11, 16)
"""The birthdays on which it changes whether somebody may be asked: on a page, by text, and in their own right."""

ON_THEIR_OWN: tuple[AgeBand, ...] = ("11-15", "16-25")
"""The age bands that are asked themselves; who is younger answers on a page that a grown-up opens for them."""


def look_again(session: Session, person_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Offer what is still due and may be asked by now, and settle what may not, in the caller's transaction.

    Only what is asked about a stage of a case; nothing that a worker holds back. Whatever is being asked of a young person
    who turns out to be too young for it ends without a word. What is safe for them decides about whoever shares their phone
    too, who are looked at with them.

    Returns:
        How many invitations that had not been asked for a reason will be asked now.
    """
    planner = Planner(catalogue, council, now)
    asked = sum(
        planner.reconsider(session, case_id, each)
        for each in unasked.sharing_a_line(session, person_id)
        for case_id in unasked.cases_of(session, each)
    )
    _stop_at_their_age(session, person_id, planner)
    return asked


def _stop_at_their_age(session: Session, person_id: int, planner: Planner) -> None:
    going_on = unasked.asked_in_bands(session, person_id, ON_THEIR_OWN)
    if not going_on:
        return
    person = moves.reachable(session, person_id)
    band = ways.band_of(person, "young_person", planner.now)
    reason = ways.reason_of_age(band, may_alone=person.may_alone)
    if reason is not None:
        interruptions.stop(
            session,
            going_on,
            reason,
            quietly=True,
            catalogue=planner.catalogue,
            council=planner.council,
            now=planner.now,
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
