"""How a run is written down: when it began and ended, what came of it, and the kind of a fault, never its words."""

from __future__ import annotations

from datetime import datetime

from bot.clock import Clock
from bot.clockwork.job import Job
from bot.service import Service
from store import clock as rows
from store.clock import Run
from store.session import Database


def begun(job: Job, before: Run | None, now: datetime) -> Run:
    """The record of a run that begins, after the one before it."""
    blank = Run(job.name, now, None, None, None, failures=0, fault=None)
    return before._replace(began_at=now, ended_at=None) if before else blank


def done(run: Run, count: int, now: datetime) -> Run:
    """The record of a run that went well."""
    return run._replace(ended_at=now, succeeded_at=run.began_at, done=count, failures=0, fault=None)


def failed(run: Run, fault: Exception, now: datetime) -> Run:
    """The record of a run that failed."""
    return run._replace(ended_at=now, failures=run.failures + 1, fault=type(fault).__name__)


def write(database: Database, run: Run) -> None:
    """Keep the record, in place of the one before."""
    database.transact(lambda session: rows.keep(session, run))


def run_by_hand(job: Job, service: Service, clock: Clock) -> int:
    """Run a job because somebody says so, and write it down; return how many things were done.

    Raises:
        Exception: whatever the job raises, after it was written down as failed.
    """
    with service.database.reading() as session:
        before = rows.run_of(session, job.name)
    run = begun(job, before, clock.now())
    write(service.database, run)
    try:
        count = job.run(service, clock)
    except Exception as fault:
        write(service.database, failed(run, fault, clock.now()))
        raise
    write(service.database, done(run, count, clock.now()))
    return count
