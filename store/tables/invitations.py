"""Invitations, and every move of one from a status to the next."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base

COVERED = (
    "stage_on",
    "unit_id",
    "worker_id",
    "line_manager_id",
    "stage",
    "audience",
    "age_band",
    "status",
    "not_asked_because",
    "held_by",
    "stage_event_id",
    "id",
)
"""Everything that coverage counts by, so that a year of it is read out of the index alone."""


class Invitation(Base):
    """The intention to ask one person one survey: about a stage of a case, in a campaign, or about a triage decision.

    Made by the stage event, never by a worker's choice. Worker, manager and unit are those of the day it was made: a later
    change of worker does not move what was said. A family that a campaign asks has those of its open case; others outside
    cases have none. There `stage_on` is the day that it is about.
    `held_by`: the worker who has held it back, for the reason in `not_asked_because`, which also tells a conversation that
    we have withdrawn (`lapsed`, `cancelled`) from one that nobody has answered. Of what was set aside, since its stage was
    withdrawn by mistake and is asked about anew, `stage_event_id` is empty though `stage` is not.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("person_id", "stage_event_id"),
        UniqueConstraint("person_id", "campaign_id"),
        UniqueConstraint("person_id", "triage_decision_id"),
        Index(
            "ix_invitations_due",
            "due_at",
            sqlite_where=text("status = 'offered'"),
            postgresql_where=text("status = 'offered'"),
        ),
        Index("ix_invitations_manager_month", "line_manager_id", "stage_on"),
        Index("ix_invitations_coverage", *COVERED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    stage_event_id: Mapped[int | None] = mapped_column(ForeignKey("stage_events.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    triage_decision_id: Mapped[int | None] = mapped_column(ForeignKey("triage_decisions.id"), index=True)
    stage: Mapped[str | None]
    stage_on: Mapped[date]
    audience: Mapped[str]
    age_band: Mapped[str | None]
    survey_id: Mapped[str | None]
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    status: Mapped[str]
    not_asked_because: Mapped[str | None]
    held_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class InvitationStep(Base):
    """One move of an invitation from a status to the next; `made_at` of the invitation is when it was offered."""

    __tablename__ = "invitation_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), index=True)
    at: Mapped[datetime]
    before: Mapped[str]
    after: Mapped[str]
    because: Mapped[str | None]
