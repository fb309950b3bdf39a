"""Queries about digests: one per line manager and month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Boolean, ColumnElement, Select, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_if_new
from store.tables import Conversation, Digest, Invitation, Message, Staff

_worker = aliased(Staff)


class LineManager(NamedTuple):
    """Someone who gets a digest."""

    id: int
    name: str
    email: str


class DigestLine(NamedTuple):
    """A digest in a list."""

    id: int
    manager_id: int
    manager: str
    period: date
    made_at: datetime
    opened_at: datetime | None
    reflection: str | None


def addressee(session: Session, staff_id: int) -> LineManager | None:
    """Whoever a digest is sent to, by their number."""
    found = _managers(session, Staff.id == staff_id)
    return found[0] if found else None


def line_managers(session: Session) -> list[LineManager]:
    """Everyone to whom a member of staff reports today."""
    return _managers(session, _is_reported_to())


def _is_reported_to() -> ColumnElement[bool]:
    return Staff.id.in_(select(_worker.line_manager_id).where(_worker.line_manager_id.is_not(None)))


def _managers(session: Session, *conditions: ColumnElement[bool]) -> list[LineManager]:
    rows = session.execute(select(Staff.id, Staff.name, Staff.email).where(*conditions).order_by(Staff.id))
    return [LineManager._make(row) for row in rows]


def first_invitation(session: Session) -> datetime | None:
    """When the first invitation of all was made."""
    return session.scalar(select(func.min(Invitation.made_at)))


def is_begun(session: Session, period: date) -> bool:
    """Whether anybody has a digest of a month."""
    return session.scalar(select(Digest.id).where(Digest.period == period).limit(1)) is not None


def lacking(
    session: Session,
    period: date,
    until: date,
    moments: tuple[datetime, datetime],
    *,
    today_too: bool,
    also: Collection[int] = (),
) -> list[LineManager]:
    """Those who have no digest of a month yet, though there is something to say of their workers' cases in it.

    That is a stage reached in the month, or words that came in it. It counts for the line manager of the day of the
    invitation; whoever the worker reports to now has no bearing on it.

    Args:
        period, until: the first day of the month, and the first after it.
        moments: when the two begin.
        today_too: those as well who are line managers today and led somebody before the month was over, whether there is
            something to say or not.
        also: more who are to have it, by their numbers.
    """
    begins, ends = moments
    month = {"period": period, "until": until, "begins": begins, "ends": ends}
    rows = session.connection().execute(_LACKING, {**month, "today_too": today_too, "also": list(also)})
    return [LineManager._make(row) for row in rows]


_OF_STAFF = Invitation.line_manager_id == Staff.id
_REACHED = exists().where(
    _OF_STAFF, Invitation.stage_on >= bindparam("period"), Invitation.stage_on < bindparam("until")
)
_HEARD = exists().where(
    _OF_STAFF,
    Conversation.invitation_id == Invitation.id,
    Message.conversation_id == Conversation.id,
    Message.direction == "in",
    Message.at >= bindparam("begins"),
    Message.at < bindparam("ends"),
)
_LED_BY_THEN = Staff.id.in_(
    select(_worker.line_manager_id).where(
        _worker.line_manager_id.is_not(None),
        or_(_worker.led_since.is_(None), _worker.led_since < bindparam("until")),
    )
)
_LACKING = (
    select(Staff.id, Staff.name, Staff.email)
    .where(
        ~exists().where(Digest.manager_id == Staff.id, Digest.period == bindparam("period")),
        or_(
            bindparam("today_too", type_=Boolean()) & _LED_BY_THEN,
            _REACHED,
            _HEARD,
            Staff.id.in_(bindparam("also", expanding=True)),
        ),
    )
    .order_by(Staff.id)
)


def add(session: Session, manager_id: int, period: date, now: datetime) -> int | None:
    """Make the digest of a manager and a month; None where it has been made already."""
    row = {"manager_id": manager_id, "period": period, "made_at": now}
    made: int | None = session.execute(insert_if_new(session, Digest, returning="id"), row).scalar()
    return made


def lines(session: Session, manager_ids: Collection[int] | None) -> list[DigestLine]:
    """The digests of some managers, or all of them, newest first."""
    statement = _lines().order_by(Digest.period.desc(), Staff.name)
    if manager_ids is not None:
        statement = statement.where(Digest.manager_id.in_(manager_ids))
    return [DigestLine._make(row) for row in session.execute(statement)]


def line(session: Session, digest_id: int) -> DigestLine | None:
    """One digest, or None where there is none."""
    row = session.execute(_lines().where(Digest.id == digest_id)).first()
    return DigestLine._make(row) if row else None


def _lines() -> Select[*tuple[object, ...]]:
    return select(
        Digest.id, Digest.manager_id, Staff.name, Digest.period, Digest.made_at, Digest.opened_at, Digest.reflection
    ).join(Staff, Staff.id == Digest.manager_id)


def unopened_before(session: Session, manager_id: int, period: date) -> list[DigestLine]:
    """A manager's digests of months before one that he has not opened, oldest first."""
    statement = _lines().where(Digest.manager_id == manager_id, Digest.period < period, Digest.opened_at.is_(None))
    return [DigestLine._make(row) for row in session.execute(statement.order_by(Digest.period))]


def reflection_on(session: Session, manager_id: int, period: date) -> str | None:
    """What a manager made of a month."""
    return session.scalar(select(Digest.reflection).where(Digest.manager_id == manager_id, Digest.period == period))


def mark_opened(session: Session, digest_id: int, now: datetime) -> None:
    """Note when a digest was first opened."""
    session.execute(update(Digest).where(Digest.id == digest_id, Digest.opened_at.is_(None)).values(opened_at=now))


def reflect(session: Session, digest_id: int, text: str) -> None:
    """Keep what its manager makes of a digest."""
    session.execute(update(Digest).where(Digest.id == digest_id).values(reflection=text))
