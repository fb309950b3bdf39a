"""Who works here: areas and districts, units, and staff with their line managers, deputies, leave and sign-in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class District(Base):
    """A district, named as units name it, the area that it lies in, and who manages it. One without a row has neither."""

    __tablename__ = "districts"

    name: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str | None]
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Unit(Base):
    """A unit of the service in a district."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("service", "district", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service: Mapped[str]
    district: Mapped[str]
    name: Mapped[str]


class Staff(Base):
    """Someone who works for the service. Roles of sign-in are worker, manager, duty and administrator.

    `mobile`: E.164; no family is ever texted there. `unit_id`: their team, which is all that a staff pulse keeps of them.
    `led_since`: from which day on that is their line manager, where it was noted. `deputy_id`: who stands in for them. They
    work here from `began_on` to `ended_on`, both included, as far as is known.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="worker")
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    led_since: Mapped[date | None]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    mobile: Mapped[str | None] = mapped_column(index=True)
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    password_hash: Mapped[str | None]
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class Leave(Base):
    """Days on which a member of staff is away, both included."""

    __tablename__ = "leave"
    __table_args__ = (UniqueConstraint("staff_id", "first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
