"""Partner organisations, triage decisions, and surveys that are sent to a list."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class PartnerOrganisation(Base):
    """An organisation that helps families beside us. Its contacts are people with its `organisation_id`."""

    __tablename__ = "partner_organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    level: Mapped[str | None]
    district: Mapped[str | None]
    added_on: Mapped[date]
    left_on: Mapped[date | None]


class TriageDecision(Base):
    """What triage has decided on a request for support, and who had made the request."""

    __tablename__ = "triage_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    district: Mapped[str]
    outcome: Mapped[str]
    decided_on: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime]


class Campaign(Base):
    """A survey sent to a list, from its first day to its last, both included.

    `kind`: `one_off`, made by a person, or what the clock makes once for each `period` (`partners`, `pulse`, `event`,
    `district_triage`). `status`: `draft`, `running`, `paused`, `ended`. `selection`: how its list was made, to be read.
    """

    __tablename__ = "campaigns"
    __table_args__ = (UniqueConstraint("kind", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    period: Mapped[str | None]
    survey_id: Mapped[str]
    audience: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    reminders: Mapped[int]
    selection: Mapped[str]
    status: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class CampaignMember(Base):
    """Someone on a campaign's list."""

    __tablename__ = "campaign_members"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
