"""Queries that read back what a calling system has put: people, cases and events, by its own references."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from store.council.contacts import has_stop
from store.shown.coverage import By, Key
from store.tables import (
    Case,
    ContactPoint,
    District,
    DoNotContact,
    Participant,
    Person,
    Staff,
    StageEvent,
    TakingPartAlone,
    Unit,
)


class PersonRow(NamedTuple):
    """What is kept of a person."""

    id: int
    reference: str
    name: str
    birth_date: date | None
    age_band: str | None
    language: str
    easy_read: bool
    safe_contact: str
    safe_contact_note: str | None
    preferred_channel: str | None


class PointRow(NamedTuple):
    """An address of a person. `in_use`: neither closed nor frozen, and nobody has said stop there."""

    channel: str
    address: str
    in_use: bool
    confirmed_at: datetime


class BarRow(NamedTuple):
    """That nobody may write to a person, and since when."""

    reason: str
    began_at: datetime


class AloneRow(NamedTuple):
    """What counts of whether somebody can take part alone: who has decided it, by their work e-mail address, and when."""

    may: bool
    worker: str
    decided_at: datetime


class CaseRow(NamedTuple):
    """What is kept of a case."""

    id: int
    reference: str
    level: str
    status: str
    service: str
    district: str
    unit: str
    area: str | None
    worker_email: str
    worker_name: str
    manager_email: str | None
    manager_name: str | None


class PartRow(NamedTuple):
    """Someone's part in a case."""

    person: str | None
    role: str
    parental_responsibility: bool | None
    left_on: date | None


class EventRow(NamedTuple):
    """An event of a case."""

    id: int
    case: str
    stage: str
    happened_on: date
    reference: str | None
    withdrawn_at: datetime | None


_manager = aliased(Staff)


def person(session: Session, reference: str) -> PersonRow | None:
    """The person that the calling system calls so."""
    row = session.execute(
        select(
            Person.id,
            Person.reference,
            Person.name,
            Person.birth_date,
            Person.age_band,
            Person.language,
            Person.easy_read,
            Person.safe_contact,
            Person.safe_contact_note,
            Person.preferred_channel,
        ).where(Person.reference == reference)
    ).one_or_none()
    return None if row is None else PersonRow._make(row)


def points(session: Session, person_id: int) -> list[PointRow]:
    """The addresses of a person that have not been closed, in the order in which they came."""
    in_use = ContactPoint.frozen_because.is_(None) & ~has_stop
    rows = session.execute(
        select(ContactPoint.channel, ContactPoint.address, in_use, ContactPoint.confirmed_at)
        .where(ContactPoint.person_id == person_id, ContactPoint.closed_because.is_(None))
        .order_by(ContactPoint.id)
    )
    return [PointRow._make(row) for row in rows]


def bar(session: Session, person_id: int) -> BarRow | None:
    """Why nobody may write to a person, where that is so."""
    row = session.execute(
        select(DoNotContact.reason, DoNotContact.began_at).where(
            DoNotContact.person_id == person_id, DoNotContact.ended_at.is_(None)
        )
    ).one_or_none()
    return None if row is None else BarRow._make(row)


def alone(session: Session, person_id: int) -> AloneRow | None:
    """The decision that counts on whether a person can take part alone; None where nobody has decided."""
    row = session.execute(
        select(TakingPartAlone.may, Staff.email, TakingPartAlone.decided_at)
        .join(Staff, Staff.id == TakingPartAlone.staff_id)
        .where(TakingPartAlone.person_id == person_id)
        .order_by(TakingPartAlone.id.desc())
        .limit(1)
    ).first()
    return None if row is None else AloneRow._make(row)


def case(session: Session, reference: str) -> CaseRow | None:
    """The case of that reference."""
    row = session.execute(
        select(
            Case.id,
            Case.reference,
            Case.level,
            Case.status,
            Unit.service,
            Unit.district,
            Unit.name,
            District.area,
            Staff.email,
            Staff.name,
            _manager.email,
            _manager.name,
        )
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(District, District.name == Unit.district)
        .join(Staff, Staff.id == Case.worker_id)
        .outerjoin(_manager, _manager.id == Staff.line_manager_id)
        .where(Case.reference == reference)
    ).one_or_none()
    return None if row is None else CaseRow._make(row)


def parts(session: Session, case_id: int) -> list[PartRow]:
    """Who takes part in a case, and who has taken part."""
    rows = session.execute(
        select(Person.reference, Participant.role, Participant.parental_responsibility, Participant.left_on)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.case_id == case_id)
        .order_by(Participant.id)
    )
    return [PartRow._make(row) for row in rows]


def events(session: Session, case_id: int, after: int, limit: int) -> list[EventRow]:
    """The events of a case in the order in which we were told of them, from the one after `after` on."""
    wanted = _events().where(StageEvent.case_id == case_id, StageEvent.id > after)
    return [EventRow._make(row) for row in session.execute(wanted.order_by(StageEvent.id).limit(limit))]


def event(session: Session, event_id: int) -> EventRow | None:
    """An event, unless it has been withdrawn."""
    row = session.execute(_events().where(StageEvent.id == event_id, StageEvent.withdrawn_at.is_(None))).one_or_none()
    return None if row is None else EventRow._make(row)


def _events() -> Select[int, str, str, date, str | None, datetime | None]:
    return select(
        StageEvent.id,
        Case.reference,
        StageEvent.stage,
        StageEvent.happened_on,
        StageEvent.reference,
        StageEvent.withdrawn_at,
    ).join(Case, Case.id == StageEvent.case_id)


def groups(session: Session, by: By, keys: Collection[Key]) -> dict[Key, str]:
    """What groups of coverage are called where systems read of them; ids of ours tell them nothing."""
    if by == "worker":
        workers = session.execute(select(Staff.id, Staff.email).where(Staff.id.in_(keys)))
        return {row[0]: row[1] for row in workers}
    if by == "unit":
        units = session.execute(select(Unit.id, Unit.service, Unit.district, Unit.name).where(Unit.id.in_(keys)))
        return {unit_id: "/".join(place) for unit_id, *place in units}
    return {key: str(key) for key in keys if key is not None}
