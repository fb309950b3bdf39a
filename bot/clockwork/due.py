"""Which jobs are due, and which are late. Pure: the table and the records of the runs in, names and moments out.

One rule serves the running clock, the one that takes over from another and a simulation: a job is due if it was due since
the last time that it was done. However often it was missed meanwhile, it is done once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.clockwork.job import Job
from bot.clockwork.times import Every
from store.clock import Run

AGAIN_AFTER = timedelta(minutes=5)
"""A job that failed, or whose process died under it, is tried again after so long; sooner if it runs more often anyway."""


class Due(NamedTuple):
    """A job, and when it was due."""

    at: datetime
    job: Job


def due_now(job: Job, run: Run | None, now: datetime) -> datetime | None:
    """Since when a job is due and not yet done; None where it is not, or must not be begun at this hour.

    Args:
        run: how it went last; None where it has never been run.
    """
    if not job.when.may_begin(now):
        return None
    due = job.when.last_due(now)
    if run is None or run.began_at > now:  # in the latter case, the clock was put back since
        return due
    if run.is_done_since(due):
        return None
    has_failed = run.ended_at is None or run.failures > 0
    return None if has_failed and now < run.began_at + _again_after(job) else due


def _again_after(job: Job) -> timedelta:
    return min(AGAIN_AFTER, job.when.pause) if isinstance(job.when, Every) else AGAIN_AFTER


def due_between(jobs: Sequence[Job], last: datetime, now: datetime) -> list[Due]:
    """The jobs that were due after `last` and up to `now`, each once, in the order of when they were due last.

    A simulation sets its clock to each moment and runs the job; how far apart `last` and `now` lie says how closely it
    looks.
    """
    found = (Due(job.when.last_due(now), job) for job in jobs)
    return in_order(due for due in found if due.at > last)


def in_order(found: Iterable[Due]) -> list[Due]:
    """The earliest first; of the same moment, as the table has them."""
    return sorted(found, key=lambda due: due.at)


def next_run(job: Job, now: datetime) -> datetime:
    """When a job is due next, after `now`."""
    return job.when.next_due(now)


def late_since(job: Job, run: Run | None, now: datetime) -> datetime | None:
    """When a job was due that should have been done by now; None where it is not late.

    Hours at which it may not begin are not counted as time that it had. What was late when they came stays late in them.
    """
    due = job.when.last_due(job.when.last_open(now) - job.late_after)
    return None if run is not None and run.is_done_since(due) else due
