"""The people we ask, how they can be reached, who must not be asked, and where they have said stop."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, Verbatim


class Person(Base):
    """Someone on a case, or a partner organisation's contact. `safe_contact` is `text`, `discreet` or `none`, as recorded.

    `reference`: what the system that told us of them calls them. `preferred_channel`: what they asked to be reached by.
    `post`: what a partner's contact is there (designated safeguarding lead), by which exports name them.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    birth_date: Mapped[date | None]
    age_band: Mapped[str | None]
    language: Mapped[str]
    safe_contact: Mapped[str]
    safe_contact_note: Mapped[str | None] = mapped_column(Verbatim)
    first_contacted_at: Mapped[datetime | None]
    easy_read: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    preferred_channel: Mapped[str | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("partner_organisations.id"), index=True)
    post: Mapped[str | None]


class DoNotContact(Base):
    """That nobody may write to a person, whatever else is recorded; it stands until `ended_at`. One at a time."""

    __tablename__ = "do_not_contact"
    __table_args__ = (
        Index(
            "uq_do_not_contact_standing",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str]
    note: Mapped[str | None] = mapped_column(Verbatim)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class TakingPartAlone(Base):
    """What a named worker has decided: whether somebody of 11 to 15 can take part alone. The latest decision counts."""

    __tablename__ = "taking_part_alone"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    may: Mapped[bool]
    why: Mapped[str] = mapped_column(Verbatim)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]


class ContactPoint(Base):
    """An address of a person on a channel. `closed_because` says why it is no longer used.

    `confirmed_at`: when somebody last knew that it is theirs; too long ago, and a worker must ask. `frozen_because`: not
    used until a worker has confirmed it, since the case has moved (stepped up, moved away, re-opened).
    """

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
    frozen_because: Mapped[str | None]
    confirmed_at: Mapped[datetime] = mapped_column(server_default=func.now())


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
