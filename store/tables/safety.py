"""Concerns found in messages, the alerts that carry them to a person, and every step taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, Verbatim


class Alert(Base):
    """A concern given to a named person, one a message. `reference` is all that a mail or a text may say of it.

    `reason` is `concern` (words), `low_score` (a closed answer) or `unread` (a fault of ours:
    a person must read the message). `conduct`: it is about a worker's conduct, among whatever else it says, and is hidden
    from that worker and the line manager for good.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        Index(
            "ix_alerts_standing",
            "raised_at",
            sqlite_where=text("acknowledged_at IS NULL"),
            postgresql_where=text("acknowledged_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True, unique=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    reason: Mapped[str]
    severity: Mapped[str]
    conduct: Mapped[bool]
    raised_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]


class Concern(Base):
    """One urgent category found in a message, with the words that showed it."""

    __tablename__ = "concerns"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    category: Mapped[str]
    severity: Mapped[str]
    words: Mapped[str] = mapped_column(Verbatim)


class AlertStep(Base):
    """Something done about an alert, once: `raised`, `acknowledged`, `released`."""

    __tablename__ = "alert_steps"
    __table_args__ = (UniqueConstraint("alert_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    step: Mapped[str]
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str | None] = mapped_column(Verbatim)
