"""The rota: who is on duty, when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class CoverShift(Base):
    """That somebody is there to read what comes in, from `begins_at` until `ends_at`; not if it was cancelled.

    Nobody begins two shifts at one moment, so that a rota which is read twice is kept once.
    """

    __tablename__ = "cover_shifts"
    __table_args__ = (
        Index(
            "uq_cover_shifts_standing",
            "staff_id",
            "begins_at",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    cancelled_at: Mapped[datetime | None]
