"""A council at work on cases: what tests tell of, and what is kept of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.cases import events, keeping
from bot.cases.keeping import CaseDetails
from bot.cases.timeline import EVENTS
from store.tables import Case, ContactPoint, Invitation, Person, StageEvent
from tests.builders import COUNCIL, DEFINITIONS, House

FOLLOWS: dict[str, Any] = {"catalogue": DEFINITIONS, "council": COUNCIL}
DETAILS = {
    "reference": "EH-1",
    "level": "intensive",
    "service": "Early Help units",
    "district": "Northwold",
    "unit": "Harbour unit",
    "worker_email": "jo.bright@council.example",
    "worker_name": "Jo Bright",
    "manager_email": "owen.hope@council.example",
    "manager_name": "Owen Hope",
}


def october(day: int) -> date:
    return date(2026, 10, day) if day > 0 else date(2026, 10, 1) + timedelta(days=day - 1)


def keep(house: House, **changes: str) -> keeping.Kept:
    """Keep a case as it is told of."""
    details = CaseDetails(**{**DETAILS, **changes})
    with house.database.writing() as session:
        return keeping.keep(session, details, **FOLLOWS, now=house.clock.now())


def add_person(house: House, case_id: int, mobile: str | None = "+447700900001", role: str = "parent_carer") -> int:
    """Somebody who can be texted, on a case."""
    with house.database.writing() as session:
        band = "11-15" if role == "young_person" else None
        person = Person(name="Jo", language="en", safe_contact="text", age_band=band)
        session.add(person)
        session.flush()
        if mobile:
            session.add(ContactPoint(person_id=person.id, channel="sms", address=mobile))
        session.flush()
        keeping.join(session, case_id, person.id, role, now=house.clock.now())
        return person.id


def leave(house: House, case_id: int, person_id: int) -> bool:
    with house.database.writing() as session:
        return keeping.leave(session, case_id, person_id, now=house.clock.now())


def report(house: House, case_id: int, stage: str, day: date, reference: str | None = None) -> events.Reported:
    assert stage in EVENTS
    now = house.clock.now()
    with house.database.writing() as session:
        return events.report(session, case_id, stage, day, reference=reference, **FOLLOWS, now=now)


def record(house: House, case_id: int, stage: str, day: date) -> events.Reported:
    """Keep an event and leave what follows to the planner."""
    with house.database.writing() as session:
        return events.record(session, case_id, stage, day, now=house.clock.now())


def correct(house: House, event_id: int, day: date) -> int:
    with house.database.writing() as session:
        return events.correct(session, event_id, day, **FOLLOWS, now=house.clock.now())


def withdraw(house: House, event_id: int) -> bool:
    with house.database.writing() as session:
        return events.withdraw(session, event_id, "a slip", **FOLLOWS, now=house.clock.now())


def apply(house: House, limit: int = 1000) -> int:
    return events.apply_due(house.database, **FOLLOWS, now=house.clock.now(), limit=limit)


def rows(house: House, *columns: Any) -> list[Any]:
    with house.database.reading() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0].class_.id))]


def standing(house: House) -> list[tuple[str, str, str | None]]:
    """Every invitation: stage, status, reason."""
    return rows(house, Invitation.stage, Invitation.status, Invitation.not_asked_because)


def frozen(house: House) -> list[str | None]:
    return [row[0] for row in rows(house, ContactPoint.frozen_because)]


def status(house: House) -> str:
    return str(rows(house, Case.status)[0][0])


def told_of(house: House) -> list[tuple[str, date]]:
    """Every event that stands."""
    kept = rows(house, StageEvent.stage, StageEvent.happened_on, StageEvent.withdrawn_at)
    return [(stage, day) for stage, day, withdrawn_at in kept if withdrawn_at is None]
