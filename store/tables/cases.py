"""Cases, who takes part in them, and the stages they have reached."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Case(Base):
    """One case at its unit, with the worker who holds it now."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    level: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)


class Participant(Base):
    """A person's part in a case: `young_person` or `parent_carer`."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("case_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]


class StageEvent(Base):
    """A stage that a case has reached, and on which day."""

    __tablename__ = "stage_events"
    __table_args__ = (UniqueConstraint("case_id", "stage", "happened_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    stage: Mapped[str]
    happened_on: Mapped[date] = mapped_column(index=True)
