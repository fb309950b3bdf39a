"""The people we ask, how they can be reached, and where they have said stop."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, Verbatim


class Person(Base):
    """Someone on a case. `safe_contact` is `text`, `discreet` or `none`, as the worker recorded it."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    birth_date: Mapped[date | None]
    age_band: Mapped[str | None]
    language: Mapped[str]
    safe_contact: Mapped[str]
    safe_contact_note: Mapped[str | None] = mapped_column(Verbatim)
    first_contacted_at: Mapped[datetime | None]


class ContactPoint(Base):
    """An address of a person on a channel. `closed_because` says why it is no longer used."""

    __tablename__ = "contact_points"
    __table_args__ = (
        UniqueConstraint("person_id", "channel", "address"),
        Index("ix_contact_points_address", "channel", "address"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str]
    address: Mapped[str]
    closed_because: Mapped[str | None]


class OptOut(Base):
    """A stop on one address of one channel; ended by a START, and kept as history.

    `person_id` is set where only one of those who share the address is meant: someone else there has said START for
    themselves, and this person has not.
    """

    __tablename__ = "opt_outs"
    __table_args__ = (
        Index(
            "uq_opt_outs_standing",
            "channel",
            "address",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND person_id IS NULL"),
            postgresql_where=text("ended_at IS NULL AND person_id IS NULL"),
        ),
        Index(
            "uq_opt_outs_standing_person",
            "person_id",
            "channel",
            "address",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND person_id IS NOT NULL"),
            postgresql_where=text("ended_at IS NULL AND person_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
