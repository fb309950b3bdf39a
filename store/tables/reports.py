"""Digests, and the log of who did and saw what."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, Verbatim


class Digest(Base):
    """One month for one line manager. `period` is the first day of the month that it is about."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("manager_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    period: Mapped[date]
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    reflection: Mapped[str | None] = mapped_column(Verbatim)


class AuditEntry(Base):
    """Someone did or saw something. Rows are added, never changed."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    what: Mapped[str]
    subject: Mapped[str]
