"""Who is the clock, and how its jobs went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class ClockLease(Base):
    """Which process runs the jobs, and until when it need not say so again. One row, which stays when nobody does."""

    __tablename__ = "clock_leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


class JobRun(Base):
    """How a job went last.

    `succeeded_at`: when the latest run began that went well; `failures`: how many times in a row it has failed since;
    `fault`: the kind of the last failure, never its words.
    """

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    done: Mapped[int | None]
    failures: Mapped[int]
    fault: Mapped[str | None]
