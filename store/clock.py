"""Queries about the clock: which process runs the jobs, and how each job went last."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.base import UtcTime
from store.tables import ClockLease, JobRun

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_THE_CLOCK = "clock"


class Held(NamedTuple):
    """Who runs the jobs, and until when unless it says so again. A moment that is past: nobody has since then."""

    holder: str
    until: datetime


class Run(NamedTuple):
    """How a job went last.

    Attributes:
        ended_at: None while it runs, or where its process died under it.
        succeeded_at: when the latest run began that went well.
        done: how many things that one did.
        failures: how many times it has failed in a row.
        fault: the kind of the last failure, where it has failed since.
    """

    name: str
    began_at: datetime
    ended_at: datetime | None
    succeeded_at: datetime | None
    done: int | None
    failures: int
    fault: str | None

    def is_done_since(self, due: datetime) -> bool:
        """Whether a run that went well began at `due` or later."""
        return self.succeeded_at is not None and self.succeeded_at >= due


_HELD = select(ClockLease.holder, ClockLease.until)
_RUNS = select(*JobRun.__table__.columns)


def held(session: Session) -> Held | None:
    """Who runs the jobs, or who did last; None where nobody ever has."""
    row = session.execute(_HELD).first()
    return Held(*row) if row else None


def take(session: Session, holder: str, *, now: datetime, until: datetime) -> bool:
    """Be the one who runs the jobs until then, or go on being it; False where somebody else is.

    The database compares, in one statement: of two who try at once, one is told no.
    """
    statement = _taking(session.get_bind().dialect.name)
    values = {"name": _THE_CLOCK, "holder": holder, "until": until, "now": now}
    done = session.connection().execute(statement, values, execution_options={"preserve_rowcount": True})
    return done.rowcount == 1


@lru_cache
def _taking(dialect: str) -> Any:  # noqa: ANN401 - the two dialects share no typed parent
    columns: dict[str, Any] = {name: bindparam(name) for name in ("name", "holder", "until")}
    taken = _INSERTS[dialect](ClockLease.__table__).values(**columns)
    is_free = or_(ClockLease.holder == taken.excluded.holder, ClockLease.until <= bindparam("now", type_=UtcTime()))
    return taken.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": taken.excluded.holder, "until": taken.excluded.until},
        where=is_free,
    )


def give_back(session: Session, holder: str, now: datetime) -> None:
    """Let another run the jobs from now on, where `holder` still does."""
    lease = update(ClockLease).where(ClockLease.holder == holder, ClockLease.until > now)
    session.execute(lease.values(until=now))


def run_of(session: Session, name: str) -> Run | None:
    """How one job went last; None where it has never been run."""
    row = session.execute(_RUNS.where(JobRun.name == name)).first()
    return Run(*row) if row else None


def runs(session: Session) -> dict[str, Run]:
    """How each job went last, by name."""
    return {row.name: Run(*row) for row in session.execute(_RUNS)}


def keep(session: Session, run: Run) -> None:
    """Write down how a job went, or that it has begun, in place of what was there."""
    statement = _keeping(session.get_bind().dialect.name)
    session.connection().execute(statement, run._asdict())


@lru_cache
def _keeping(dialect: str) -> Any:  # noqa: ANN401
    kept = _INSERTS[dialect](JobRun.__table__)
    others = {name: kept.excluded[name] for name in Run._fields if name != "name"}
    return kept.on_conflict_do_update(index_elements=["name"], set_=others)
