"""Who works here: units, and staff with their line managers and sign-in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Unit(Base):
    """A unit of the service in a district."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("service", "district", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service: Mapped[str]
    district: Mapped[str]
    name: Mapped[str]


class Staff(Base):
    """Someone who works for the service. `roles` of sign-in are worker, manager, duty and administrator."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="worker")
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    password_hash: Mapped[str | None]
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
