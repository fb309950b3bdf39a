"""The staff pulse, of which no path leads from an answer to a person.

Who was asked and the tickets that let them in are two tables with nothing in common: no key, no order, no time.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class PulseAsked(Base):
    """That a member of staff was asked in a period, on which day, and how often. Whether they answered is kept nowhere."""

    __tablename__ = "pulse_asked"
    __table_args__ = (UniqueConstraint("staff_id", "campaign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    asked_on: Mapped[date]
    times: Mapped[int]


class Ticket(Base):
    """Lets somebody in, once, to an open survey for those who were sent one. Of its token the SHA-256 is kept."""

    __tablename__ = "tickets"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    open_survey_id: Mapped[int] = mapped_column(ForeignKey("open_surveys.id"), index=True)
    is_spent: Mapped[bool]
