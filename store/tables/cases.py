"""Cases, who holds them and who takes part in them, and what has happened in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, Verbatim


class Case(Base):
    """One case at its unit, with the worker who holds it now.

    `status` follows from its events: `open`, `closed`, `stepped_up` (social care has it) or `moved_away`.
    """

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    level: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    status: Mapped[str] = mapped_column(default="open", server_default="open")


class WorkerSpell(Base):
    """Whose case it was, from `began_on` to `ended_on`, both included; None: it still is."""

    __tablename__ = "worker_spells"
    __table_args__ = (
        Index(
            "uq_worker_spells_now",
            "case_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    began_on: Mapped[date]
    ended_on: Mapped[date | None]


class Participant(Base):
    """A person's part in a case: `young_person` or `parent_carer`.

    `parental_responsibility`: None where nobody has recorded it. `left_on`: since then they take no part any more.
    """

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("case_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]
    parental_responsibility: Mapped[bool | None]
    left_on: Mapped[date | None]


class ContactLimit(Base):
    """That two adults of a case may not learn of each other what we know: a court order, separated parents.

    `ended_on`: since then they may again; `ended_by`: the worker who has said so, None for another system.
    """

    __tablename__ = "contact_limits"
    __table_args__ = (
        Index(
            "uq_contact_limits_standing",
            "case_id",
            "person_id",
            "other_person_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    other_person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str]
    note: Mapped[str | None] = mapped_column(Verbatim)
    ended_on: Mapped[date | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_because: Mapped[str | None] = mapped_column(Verbatim)


class StageEvent(Base):
    """Something that has happened in a case, and on which day.

    `stage`: a stage that people are asked about (`assessment`, `review`, `closure`), or `family_plan`, `reopened`,
    `stepped_up`, `stepped_down`, `moved_away`. `reference`: what the system that told us of it calls it. `applied_at`: when
    what follows from it was done; None while its day has not come. `withdrawn_at`: it never happened, after all.
    `is_listed`: a case list has told of it first.
    """

    __tablename__ = "stage_events"
    __table_args__ = (
        UniqueConstraint("case_id", "stage", "happened_on"),
        Index(
            "ix_stage_events_to_apply",
            "happened_on",
            "id",
            sqlite_where=text("applied_at IS NULL"),
            postgresql_where=text("applied_at IS NULL"),
        ),
        Index("ix_stage_events_happened_on", "happened_on", "stage", "withdrawn_at", "id"),
        Index(
            "ix_stage_events_withdrawn",
            "withdrawn_at",
            "id",
            sqlite_where=text("withdrawn_at IS NOT NULL"),
            postgresql_where=text("withdrawn_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    stage: Mapped[str]
    happened_on: Mapped[date]
    reference: Mapped[str | None] = mapped_column(unique=True)
    recorded_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str | None]
    is_listed: Mapped[bool] = mapped_column(default=False, server_default=false())
