"""The log of who did and saw what. Rows are added; nothing here changes or removes one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import AuditEntry, Staff


class AuditLine(NamedTuple):
    """One line of the log, as it is read back. `who` is None where the service itself acted."""

    at: datetime
    who: str | None
    what: str
    subject: str


def record(session: Session, *, at: datetime, staff_id: int | None, what: str, subject: str) -> None:
    """Add a line to the log.

    Args:
        staff_id: who did it, or None for the service itself.
        what: in plain words, such as `looked at an alert`.
        subject: what it was done to, by its reference; never a person's words or name.
    """
    session.add(AuditEntry(at=at, staff_id=staff_id, what=what, subject=subject))


def latest(session: Session, limit: int = 100) -> Sequence[AuditLine]:
    """The newest lines first."""
    query = (
        select(AuditEntry.at, Staff.name, AuditEntry.what, AuditEntry.subject)
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [AuditLine(*row) for row in session.execute(query)]


def subjects(session: Session, what: str) -> list[str]:
    """What something was done to, oldest first."""
    query = select(AuditEntry.subject).where(AuditEntry.what == what).order_by(AuditEntry.id)
    return list(session.scalars(query))
