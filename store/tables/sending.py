"""What keeps sending within its bounds, and what the team must know of what could not be sent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Tally(Base):
    """What has been handed to a provider on one day (of London), by channel: messages, and the parts that are billed."""

    __tablename__ = "tallies"
    __table_args__ = (UniqueConstraint("day", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    channel: Mapped[str]
    messages: Mapped[int]
    parts: Mapped[int]


class Pace(Base):
    """When the next message may leave: one row for each channel that has a pace, named by `scope`."""

    __tablename__ = "paces"

    scope: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]


class Halt(Base):
    """All sending was stopped by a person; it stands until `ended_at`. One at a time for each cause.

    `staff_id` is not written: the switch is turned from the command line.
    """

    __tablename__ = "halts"
    __table_args__ = (
        Index(
            "uq_halts_standing",
            "cause",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class DataNote(Base):
    """Something wrong with what we know of a person, for their team to put right: a number that takes no texts, say.

    Where a case list told of somebody who could not be kept there is no person: then it is about the case that the list
    names (`case_reference`; it may not be kept either) and its worker, as far as the list names one whom we know.
    """

    __tablename__ = "data_notes"
    __table_args__ = (
        Index(
            "uq_data_notes_standing",
            "person_id",
            "channel",
            "code",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index(
            "uq_data_notes_standing_case",
            "case_reference",
            "channel",
            "code",
            unique=True,
            sqlite_where=text("settled_at IS NULL AND person_id IS NULL"),
            postgresql_where=text("settled_at IS NULL AND person_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    case_reference: Mapped[str | None]
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[str]
    code: Mapped[str]
    explanation: Mapped[str]
    noted_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
