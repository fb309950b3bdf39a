"""Turns the clock with APScheduler's threads. The only module that knows of it.

APScheduler says when a second has passed and runs what is then due. When that is, and who runs it, this package says by the
service's own clock: APScheduler fires a job of 01:30 London time twice when the clocks go back, and several of it at once
do not know of each other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.calendar import LONDON
from bot.clockwork.job import Job
from bot.clockwork.lease import Lease, name_of_this_process
from bot.clockwork.ticking import Ticker
from bot.service import Service

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=5)
"""So long is waited at stopping for jobs that run."""
_TICKS, _OFTEN, _BY_TIME = "ticks", "often", "by time"


def start(service: Service, jobs: Sequence[Job]) -> Callable[[], None]:
    """Be the clock of these jobs whenever no other process is, in threads of its own.

    What runs every so often has a thread each, so that none waits for another. What has a time of the day shares one: when
    many were missed, they are made up for one after another.

    Returns:
        What stops the clock.
    """
    ticker = Ticker(service, jobs, Lease(service.database, service.clock, name_of_this_process()))
    often = sum(not job.has_a_time for job in jobs)
    scheduler = BackgroundScheduler(
        timezone=LONDON,
        executors={
            _TICKS: ThreadPoolExecutor(1),
            _OFTEN: ThreadPoolExecutor(max(often, 1)),
            _BY_TIME: ThreadPoolExecutor(1),
        },
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )

    def begin(job: Job) -> None:
        scheduler.add_job(ticker.run, args=[job], executor=_BY_TIME if job.has_a_time else _OFTEN)

    tick = _Tick(ticker, begin)
    scheduler.add_job(tick, executor=_TICKS)
    scheduler.add_job(tick, IntervalTrigger(seconds=1), executor=_TICKS)
    logging.getLogger("apscheduler.scheduler").setLevel(
        logging.ERROR
    )  # it warns of every tick that a slow one leaves out
    scheduler.start()

    def stop() -> None:
        try:
            ticker.stop(PATIENCE)
        except Exception as fault:  # noqa: BLE001 - the lease then runs out by itself
            log.warning("the clock could not be handed back: %s", type(fault).__name__)
        scheduler.shutdown(wait=False)

    return stop


class _Tick:
    """What is done every second. Never raises; a fault that goes on is logged once."""

    def __init__(self, ticker: Ticker, begin: Callable[[Job], None]) -> None:
        self._ticker, self._begin = ticker, begin
        self._fault: str | None = None

    def __call__(self) -> None:
        """Begin what is due."""
        try:
            for job in self._ticker.begin_due():
                self._begin(job)
            self._fault = None
        except Exception as fault:  # noqa: BLE001 - whatever it was, the clock must go on; its values may hold words
            kind = type(fault).__name__
            if kind != self._fault:
                log.error("the clock: %s", kind)  # noqa: TRY400
            self._fault = kind
