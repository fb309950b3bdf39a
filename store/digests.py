"""Queries about digests: one per line manager and month."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new
from store.tables import Digest, Staff


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


def line_managers(session: Session) -> list[LineManager]:
    """Everyone to whom a member of staff reports."""
    reports = select(Staff.line_manager_id).where(Staff.line_manager_id.is_not(None)).distinct()
    rows = session.execute(select(Staff.id, Staff.name, Staff.email).where(Staff.id.in_(reports)).order_by(Staff.id))
    return [LineManager._make(row) for row in rows]


def add(session: Session, manager_id: int, period: date, now: datetime) -> int | None:
    """Make the digest of a manager and a month; None where it has been made already."""
    row = {"manager_id": manager_id, "period": period, "made_at": now}
    made: int | None = session.execute(insert_if_new(session, Digest, returning="id"), row).scalar()
    return made


def lines(session: Session, manager_id: int | None) -> list[DigestLine]:
    """The digests of one manager, or all of them, newest first."""
    statement = _lines().order_by(Digest.period.desc(), Staff.name)
    if manager_id is not None:
        statement = statement.where(Digest.manager_id == manager_id)
    return [DigestLine._make(row) for row in session.execute(statement)]


def line(session: Session, digest_id: int) -> DigestLine | None:
    """One digest, or None where there is none."""
    row = session.execute(_lines().where(Digest.id == digest_id)).first()
    return DigestLine._make(row) if row else None


def _lines() -> Select[*tuple[object, ...]]:
    return select(
        Digest.id, Digest.manager_id, Staff.name, Digest.period, Digest.made_at, Digest.opened_at, Digest.reflection
    ).join(Staff, Staff.id == Digest.manager_id)


def mark_opened(session: Session, digest_id: int, now: datetime) -> None:
    """Note when a digest was first opened."""
    session.execute(update(Digest).where(Digest.id == digest_id, Digest.opened_at.is_(None)).values(opened_at=now))


def reflect(session: Session, digest_id: int, text: str) -> None:
    """Keep what its manager makes of a digest."""
    session.execute(update(Digest).where(Digest.id == digest_id).values(reflection=text))
