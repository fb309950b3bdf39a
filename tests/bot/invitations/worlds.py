"""Invented worlds for the property of asking: people on a few phones, stages, stops, bars, campaigns, and a rota or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.calendar import LONDON
from bot.invitations.offering import StageReached, offer
from bot.respondents import Respondent
from store.session import Session
from store.tables import (
    Campaign,
    Case,
    ContactPoint,
    CoverShift,
    DoNotContact,
    Invitation,
    OptOut,
    Participant,
    Person,
    Staff,
    StageEvent,
    Unit,
)
from tests.builders import COUNCIL, DEFINITIONS

PHONES = ("+447700900001", "+447700900002", "+447700900003")
FIRST_DAYS = (
    date(2026, 10, 5),  # the clocks go back on the 25th
    date(2026, 12, 7),  # Christmas and New Year
    date(2027, 3, 8),  # Easter, and the clocks go forward on the 28th
    date(2028, 2, 14),  # a leap day
)
ADULT = date(2004, 5, 1)
DAYS_OF_EVENTS = 24


@dataclass(frozen=True)
class Someone:
    """One person: days are counted from the first; None where it never happens."""

    audience: str
    phone: int
    stops_on: int | None
    is_barred_on: int | None


@dataclass(frozen=True)
class Happening:
    """On that day one person reaches a stage, or is asked in a campaign."""

    day: int
    person: int
    what: str


@dataclass(frozen=True)
class Duty:
    """A shift: day, hour at which it begins, and how many hours it lasts."""

    day: int
    hour: int
    hours: int


@dataclass(frozen=True)
class World:
    """What is given.

    Attributes:
        talks_last: hours until the conversations end, one after the other, over and over.
        moves_after: hours until they go on at another address, likewise; None where they never do.
        refusing: the days on which the provider takes nothing.
        away: the days on which it cannot be reached, so that what is said waits.
    """

    first_day: date
    people: tuple[Someone, ...]
    happenings: tuple[Happening, ...]
    duties: tuple[Duty, ...] | None
    talks_last: tuple[int, ...]
    moves_after: tuple[int | None, ...]
    refusing: frozenset[int]
    away: frozenset[int]

    def moment(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        return datetime.combine(self.first_day + timedelta(days=day), time(hour, minute), LONDON)

    def day_of(self, moment: datetime) -> int:
        """How many days after the first a moment is."""
        return (moment.astimezone(LONDON).date() - self.first_day).days

    def lasts(self, talk_id: int) -> timedelta:
        """How long a conversation lasts."""
        return timedelta(hours=self.talks_last[talk_id % len(self.talks_last)])

    def moves(self, talk_id: int) -> timedelta | None:
        """After how long a conversation goes on elsewhere."""
        hours = self.moves_after[talk_id % len(self.moves_after)]
        return None if hours is None else timedelta(hours=hours)

    @property
    def eventful(self) -> set[int | None]:
        """The days on which anything happens."""
        stops = {day for someone in self.people for day in (someone.stops_on, someone.is_barred_on)}
        return {one.day for one in self.happenings} | stops


_seldom = st.one_of(st.none(), st.none(), st.integers(0, DAYS_OF_EVENTS + 14))
_people = st.lists(
    st.builds(Someone, st.sampled_from(("parent_carer", "young_person")), st.integers(0, 2), _seldom, _seldom),
    min_size=1,
    max_size=5,
)
_duties = st.lists(
    st.builds(Duty, st.integers(0, 45), st.sampled_from((8, 9, 10, 12, 13)), st.integers(2, 9)),
    min_size=1,
    max_size=60,
    unique_by=lambda duty: (duty.day, duty.hour),
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Any world."""
    people = draw(_people)
    happening = st.builds(
        Happening,
        st.integers(0, DAYS_OF_EVENTS),
        st.integers(0, len(people) - 1),
        st.sampled_from(("assessment", "review", "review", "closure", "campaign")),
    )
    happenings = draw(st.lists(happening, min_size=1, max_size=9))
    duties = draw(st.one_of(st.none(), _duties))
    return World(
        first_day=draw(st.sampled_from(FIRST_DAYS)),
        people=tuple(people),
        happenings=tuple(sorted(happenings, key=lambda one: one.day)),
        duties=None if duties is None else tuple(duties),
        moves_after=tuple(draw(st.lists(st.sampled_from((None, 0, 26)), min_size=1, max_size=3))),
        talks_last=tuple(draw(st.lists(st.sampled_from((1, 20, 30, 75, 168)), min_size=1, max_size=4))),
        refusing=draw(st.frozensets(st.integers(0, DAYS_OF_EVENTS), max_size=6)),
        away=draw(st.frozensets(st.integers(0, DAYS_OF_EVENTS), max_size=6)),
    )


def settle_in(session: Session, world: World) -> None:
    """Write down who there is, and the whole rota. Person number n is `world.people[n - 1]`."""
    unit = Unit(service="Early Help units", district="Marlbury", name="Harbour")
    boss = Staff(email="boss@council.example", name="Mo", role="manager", failed_sign_ins=0)
    duty = Staff(email="duty@council.example", name="Dee", role="duty", failed_sign_ins=0)
    session.add_all([unit, boss, duty])
    session.flush()
    session.add(
        Staff(email="sam@council.example", name="Sam", role="worker", line_manager_id=boss.id, failed_sign_ins=0)
    )
    for number, someone in enumerate(world.people, start=1):
        born = ADULT if someone.audience == "young_person" else None
        session.add(Person(id=number, name="Jo", birth_date=born, language="en", safe_contact="text"))
        session.flush()
        known_since = world.moment(0, 8).astimezone(UTC)
        point = {"channel": "sms", "address": PHONES[someone.phone], "confirmed_at": known_since}
        session.add(ContactPoint(person_id=number, **point))
    for one in world.duties or ():
        begins = world.moment(one.day, one.hour).astimezone(UTC)
        ends = begins + timedelta(hours=one.hours)
        session.add(CoverShift(staff_id=duty.id, begins_at=begins, ends_at=ends, made_at=begins))


def happen(session: Session, world: World, day: int, now: datetime) -> None:
    """What the world has in store for a day."""
    for number, someone in enumerate(world.people, start=1):
        if someone.stops_on == day:
            session.add(OptOut(channel="sms", address=PHONES[someone.phone], person_id=number, began_at=now))
        if someone.is_barred_on == day:
            session.add(DoNotContact(person_id=number, reason="asked_not_to", began_at=now))
    for one in world.happenings:
        if one.day == day and one.what == "campaign":
            _ask_in_campaign(session, one.person + 1, now)
        elif one.day == day:
            _reach(
                session, world.people[one.person], one.person + 1, one.what, world.first_day + timedelta(days=day), now
            )


def _ask_in_campaign(session: Session, person_id: int, now: datetime) -> None:
    day = now.astimezone(LONDON).date()
    about = {"survey_id": "parent_review", "audience": "parent_carer"}
    campaign = Campaign(
        name="Once",
        kind="one_off",
        opens_on=day,
        closes_on=day,
        reminders=0,
        selection="",
        status="ended",
        made_at=now,
        **about,
    )
    session.add(campaign)
    session.flush()
    told = {"status": "asked", "due_at": now, "made_at": now, "asked_at": now}
    session.add(Invitation(person_id=person_id, campaign_id=campaign.id, stage_on=day, **about, **told))


def _reach(session: Session, someone: Someone, person_id: int, stage: str, day: date, now: datetime) -> None:
    cases: Sequence[Case] = session.query(Case).all()
    case = Case(reference=f"EH-{len(cases)}", level="intensive", unit_id=1, worker_id=3)
    session.add(case)
    session.flush()
    event = StageEvent(case_id=case.id, stage=stage, happened_on=day)
    session.add_all([event, Participant(case_id=case.id, person_id=person_id, role=someone.audience)])
    session.flush()
    born = ADULT if someone.audience == "young_person" else None
    respondent = Respondent(person_id, someone.audience, born, None, "text")  # type: ignore[arg-type]
    reached = StageReached(
        case_id=case.id,
        stage_event_id=event.id,
        stage=stage,  # type: ignore[arg-type]
        happened_on=day,
        worker_id=3,
        line_manager_id=1,
        unit_id=1,
    )
    offer(session, respondent, [reached], catalogue=DEFINITIONS, council=COUNCIL, now=now)
