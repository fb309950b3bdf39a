"""Cases as those who work on them see them: the list, and one case with its people, their addresses and its events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.tables import Case, ContactPoint, DoNotContact, Participant, Person, Staff, StageEvent, TakingPartAlone, Unit


class Sight(NamedTuple):
    """Whose cases are seen: those that `own_of` holds, and those of whoever reports to one of `led_by`; both None: all."""

    own_of: int | None = None
    led_by: Collection[int] | None = None


class CaseRow(NamedTuple):
    """A case, where it is and who holds it now."""

    id: int
    reference: str
    level: str
    status: str
    worker: str
    unit: str
    district: str


class PersonRow(NamedTuple):
    """Someone who takes part in a case, with what stands against writing to them and whether they can take part alone."""

    id: int
    name: str
    role: str
    birth_date: date | None
    age_band: str | None
    language: str
    easy_read: bool
    safe_contact: str
    safe_contact_note: str | None
    preferred_channel: str | None
    reference: str | None
    left_on: date | None
    barred_for: str | None
    bar_note: str | None
    may_alone: bool | None
    alone_why: str | None
    case_id: int
    parental_responsibility: bool | None


class AddressRow(NamedTuple):
    """An address of somebody. `id` says which, so that no link holds the address itself."""

    id: int
    person_id: int
    channel: str
    address: str
    closed_because: str | None
    frozen_because: str | None
    confirmed_at: datetime


class EventRow(NamedTuple):
    """Something that has happened, will happen, or was withdrawn."""

    id: int
    stage: str
    happened_on: date
    withdrawn_at: datetime | None
    withdrawn_because: str | None


class WorkerRow(NamedTuple):
    """Somebody who may hold a case, and who leads them."""

    id: int
    name: str
    email: str
    manager: str
    manager_email: str


_boss = aliased(Staff)
_CASES = (
    select(Case.id, Case.reference, Case.level, Case.status, Staff.name, Unit.name, Unit.district)
    .join(Staff, Staff.id == Case.worker_id)
    .join(Unit, Unit.id == Case.unit_id)
)


def _seen(sight: Sight) -> list[ColumnElement[bool]]:
    """The condition on whoever holds the case; none where all are seen."""
    own = [] if sight.own_of is None else [Staff.id == sight.own_of]
    led = [] if sight.led_by is None else [Staff.line_manager_id.in_(sight.led_by)]
    return [or_(*own, *led)] if own or led else []


def cases(session: Session, sight: Sight, search: str, after: str | None, limit: int) -> list[CaseRow]:
    """The cases whose reference holds what is searched for, by reference; with `after`, those behind that one."""
    conditions = _seen(sight)
    if search:
        conditions.append(func.lower(Case.reference).contains(search.lower(), autoescape=True))
    if after is not None:
        conditions.append(Case.reference > after)
    rows = session.execute(_CASES.where(*conditions).order_by(Case.reference).limit(limit))
    return [CaseRow._make(row) for row in rows]


def case(session: Session, sight: Sight, case_id: int) -> CaseRow | None:
    """One case; None where there is none, or it is not seen."""
    row = session.execute(_CASES.where(Case.id == case_id, *_seen(sight))).first()
    return CaseRow._make(row) if row else None


def people(session: Session, case_id: int) -> list[PersonRow]:
    """Everyone who takes part in a case or has taken part, in the order in which they came."""
    rows = session.execute(_people().where(Participant.case_id == case_id).order_by(Participant.id))
    return [PersonRow._make(row) for row in rows]


def _people() -> Select[*tuple[object, ...]]:
    decided = aliased(TakingPartAlone)
    newest = select(func.max(decided.id)).where(decided.person_id == Person.id).correlate(Person).scalar_subquery()
    return (
        select(
            Person.id,
            Person.name,
            Participant.role,
            Person.birth_date,
            Person.age_band,
            Person.language,
            Person.easy_read,
            Person.safe_contact,
            Person.safe_contact_note,
            Person.preferred_channel,
            Person.reference,
            Participant.left_on,
            DoNotContact.reason,
            DoNotContact.note,
            TakingPartAlone.may,
            TakingPartAlone.why,
            Participant.case_id,
            Participant.parental_responsibility,
        )
        .join(Participant, Participant.person_id == Person.id)
        .outerjoin(DoNotContact, and_(DoNotContact.person_id == Person.id, DoNotContact.ended_at.is_(None)))
        .outerjoin(TakingPartAlone, TakingPartAlone.id == newest)
    )


def addresses(session: Session, person_ids: Sequence[int]) -> list[AddressRow]:
    """Every address of some people, those out of use too."""
    rows = session.execute(
        select(
            ContactPoint.id,
            ContactPoint.person_id,
            ContactPoint.channel,
            ContactPoint.address,
            ContactPoint.closed_because,
            ContactPoint.frozen_because,
            ContactPoint.confirmed_at,
        )
        .where(ContactPoint.person_id.in_(person_ids))
        .order_by(ContactPoint.id)
    )
    return [AddressRow._make(row) for row in rows]


def events(session: Session, case_id: int) -> list[EventRow]:
    """What has happened in a case and will happen, the latest first."""
    rows = session.execute(
        select(
            StageEvent.id,
            StageEvent.stage,
            StageEvent.happened_on,
            StageEvent.withdrawn_at,
            StageEvent.withdrawn_because,
        )
        .where(StageEvent.case_id == case_id)
        .order_by(StageEvent.happened_on.desc(), StageEvent.id.desc())
    )
    return [EventRow._make(row) for row in rows]


def workers(session: Session, sight: Sight) -> list[WorkerRow]:
    """Those who may hold a case and have a line manager, by name, as far as the viewer gives cases to them."""
    rows = session.execute(
        select(Staff.id, Staff.name, Staff.email, _boss.name, _boss.email)
        .join(_boss, _boss.id == Staff.line_manager_id)
        .where(*_seen(sight))
        .order_by(Staff.name, Staff.id)
    )
    return [WorkerRow._make(row) for row in rows]
