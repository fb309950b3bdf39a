"""One process's part in the clock: keeps the lease, says at each tick what is to be begun, runs it and writes it down.

Holds no threads: `bot.clockwork.running` turns it with some, and a test turns it by hand.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clockwork import runs
from bot.clockwork.due import Due, due_now, in_order
from bot.clockwork.job import Job
from bot.clockwork.lease import Lease
from bot.clockwork.times import Every
from bot.service import Service
from store import clock as rows
from store.clock import Run

log = logging.getLogger(__name__)

FREQUENT = timedelta(minutes=1)
"""A job that runs more often is written down when there is something to tell, and else only every so often."""
NOTHING_NEW_FOR = timedelta(seconds=15)


class Ticker:
    """The clock as one process has it; `run` may be called from any thread."""

    def __init__(self, service: Service, jobs: Sequence[Job], lease: Lease) -> None:
        """Prepare; nothing is taken or begun yet."""
        self._service, self._jobs, self._lease = service, tuple(jobs), lease
        self._has_lease = False
        self._is_stopped = False
        self._runs: dict[str, Run] = {}
        self._written: dict[str, datetime] = {}
        self._given_out: set[str] = set()
        self._changed = threading.Condition()
        self._one_tick = threading.Lock()

    def begin_due(self) -> list[Job]:
        """Keep the lease; return what is to be run now, in order. Each is not given out again before its run has ended.

        What was missed while nobody was the clock is due once, however often it was missed.
        """
        with self._one_tick:
            had_lease, self._has_lease = self._has_lease, False  # should the database not answer, it is not ours
            has_lease = not self._is_stopped and self._lease.keep()
            if has_lease and not had_lease:
                self._take_over()
            self._has_lease = has_lease
            return self._give_out(self._service.clock.now()) if has_lease else []

    def _give_out(self, now: datetime) -> list[Job]:
        with self._changed:
            free = [job for job in self._jobs if job.name not in self._given_out]
            found = ((due_now(job, self._runs.get(job.name), now), job) for job in free)
            due = [line.job for line in in_order(Due(at, job) for at, job in found if at is not None)]
            self._given_out.update(job.name for job in due)
        return due

    def _take_over(self) -> None:
        """Begin with what whoever was the clock before has written down."""
        with self._service.database.reading() as session:
            known = rows.runs(session)
        with self._changed:
            self._runs, self._written = known, {}

    def run(self, job: Job) -> None:
        """Run a job that was given out, unless the lease has been lost since. Never raises: the next run tries again."""
        try:
            if not self._is_stopped and self._lease.is_ours():
                self._run(job)
        except Exception as fault:  # noqa: BLE001 - it could not be looked up or written down; the next tick tries again
            log.error("job %s: %s", job.name, type(fault).__name__)  # noqa: TRY400
        finally:
            with self._changed:
                self._given_out.discard(job.name)
                self._changed.notify_all()

    def _run(self, job: Job) -> None:
        clock = self._service.clock
        before = self._runs.get(job.name)
        run = runs.begun(job, before, clock.now())
        is_frequent = isinstance(job.when, Every) and job.when.pause < FREQUENT
        if not is_frequent:
            self._write(run)
        try:
            count = job.run(self._service, clock)
        except Exception as fault:  # noqa: BLE001 - the values of a fault may hold words
            log.error("job %s: %s", job.name, type(fault).__name__)  # noqa: TRY400
            self._write(runs.failed(run, fault, clock.now()))
            return
        ended = runs.done(run, count, clock.now())
        if is_frequent and _says_nothing_new(before, ended, self._written.get(job.name)):
            self._runs[job.name] = ended
        else:
            self._write(ended)

    def _write(self, run: Run) -> None:
        self._runs[run.name] = run
        runs.write(self._service.database, run)
        self._written[run.name] = run.ended_at or run.began_at

    def stop(self, patience: timedelta) -> None:
        """Begin nothing more, wait for what runs, for so long at most, and let another be the clock."""
        with self._one_tick:
            self._is_stopped = True
        with self._changed:
            self._changed.wait_for(lambda: not self._given_out, patience.total_seconds())
        self._lease.hand_back()


def _says_nothing_new(before: Run | None, run: Run, written_at: datetime | None) -> bool:
    if before is None or written_at is None or run.done or before.failures:
        return False
    return written_at <= run.began_at < written_at + NOTHING_NEW_FOR
