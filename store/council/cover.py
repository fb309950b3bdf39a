"""Queries about the rota: who is on duty when, who of them is there at all, and taking shifts on and off it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import CoverShift, Leave, Staff


class Shift(NamedTuple):
    """A shift that stands, and what decides whether its person is there. The days are those of their work here."""

    id: int
    staff_id: int
    name: str
    email: str
    role: str
    begins_at: datetime
    ends_at: datetime
    began_on: date | None
    ended_on: date | None


class Away(NamedTuple):
    """Days on which somebody is on leave, both included."""

    staff_id: int
    first_day: date
    last_day: date


_STANDS = CoverShift.cancelled_at.is_(None)
_SHIFTS = (
    select(
        CoverShift.id,
        CoverShift.staff_id,
        Staff.name,
        Staff.email,
        Staff.role,
        CoverShift.begins_at,
        CoverShift.ends_at,
        Staff.began_on,
        Staff.ended_on,
    )
    .join(Staff, Staff.id == CoverShift.staff_id)
    .where(_STANDS)
    .order_by(CoverShift.begins_at, CoverShift.id)
)
_LATER = _SHIFTS.where(CoverShift.ends_at > bindparam("after"))
_BETWEEN = _LATER.where(CoverShift.begins_at < bindparam("before"))
_IS_KEPT = select(exists().where(CoverShift.id > 0))
_AWAY = select(Leave.staff_id, Leave.first_day, Leave.last_day).where(
    Leave.staff_id.in_(bindparam("staff_ids", expanding=True)), Leave.last_day >= bindparam("since")
)


def is_kept(session: Session) -> bool:
    """Whether any shift has ever been written down, be it cancelled since."""
    return session.scalar(_IS_KEPT) is True


def standing(session: Session, after: datetime, before: datetime | None = None) -> list[Shift]:
    """The shifts that end after the one moment and begin before the other, where there is one; the earliest first."""
    ends = {"after": after} if before is None else {"after": after, "before": before}
    rows = session.connection().execute(_LATER if before is None else _BETWEEN, ends)
    return [Shift._make(row) for row in rows]


def away(session: Session, staff_ids: Collection[int], since: date) -> list[Away]:
    """When these people are on leave, that day or later."""
    rows = session.connection().execute(_AWAY, {"staff_ids": list(staff_ids), "since": since})
    return [Away._make(row) for row in rows]


class DutyPerson(NamedTuple):
    """Somebody who may be put on the rota, or not: their role and last day here decide."""

    id: int
    name: str
    email: str
    role: str
    ended_on: date | None


_PEOPLE = select(Staff.id, Staff.name, Staff.email, Staff.role, Staff.ended_on)


def person(session: Session, email: str) -> DutyPerson | None:
    """The member of staff at an e-mail address, which is given in small letters."""
    row = session.execute(_PEOPLE.where(Staff.email == email)).first()
    return DutyPerson._make(row) if row else None


def people(session: Session, roles: Collection[str]) -> list[DutyPerson]:
    """Everyone with one of these roles, by name."""
    rows = session.execute(_PEOPLE.where(Staff.role.in_(roles)).order_by(Staff.name, Staff.email))
    return [DutyPerson._make(row) for row in rows]


def add(
    session: Session, staff_id: int, begins_at: datetime, ends_at: datetime, *, by: int | None, now: datetime
) -> bool:
    """Write a shift down; False where the same person has one that begins at that moment."""
    row = {"staff_id": staff_id, "begins_at": begins_at, "ends_at": ends_at, "made_at": now, "made_by": by}
    return insert_new(session, CoverShift, [row]) == 1


def find(session: Session, shift_id: int) -> Shift | None:
    """One shift, if it stands."""
    row = session.execute(_SHIFTS.where(CoverShift.id == shift_id)).first()
    return Shift._make(row) if row else None


def lock(session: Session, shift_id: int) -> Shift | None:
    """The same, locked until this transaction ends."""
    row = session.execute(_SHIFTS.where(CoverShift.id == shift_id).with_for_update(of=CoverShift)).first()
    return Shift._make(row) if row else None


def starting(session: Session, staff_id: int, begins_at: datetime) -> Shift | None:
    """The shift that somebody begins at a moment, if it stands."""
    row = session.execute(_SHIFTS.where(CoverShift.staff_id == staff_id, CoverShift.begins_at == begins_at)).first()
    return Shift._make(row) if row else None


def cancel(session: Session, shift_id: int, now: datetime) -> None:
    """Take a shift off the rota. It stays written down."""
    session.execute(
        update(CoverShift)
        .where(CoverShift.id == shift_id, _STANDS)
        .values(cancelled_at=now)
        .execution_options(synchronize_session=False)
    )
