"""The clock: one table of what is done when. Every job may run twice; the second run changes nothing.

Nothing stands between 01:00 and 02:00, an hour that London has twice or not at all on the days when clocks change.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot import digests, receipts, tagging
from bot.calendar import LONDON
from bot.chats import anonymity
from bot.chats.links import Links
from bot.clock import Clock
from bot.invitations.asking import Inviter
from bot.service import Service
from bot.talks.lapses import Silences

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done over and over.

    Attributes:
        trigger: makes a new trigger of APScheduler's.
        run: does it as of the clock's time, and says how many things were done.
        key: what keeps a second run from doing it again.
    """

    name: str
    trigger: Callable[[], BaseTrigger]
    run: Callable[[Service, Clock], int]
    key: str


def _invite(service: Service, clock: Clock) -> int:
    make_link = Links.of(service.council).for_invitation
    asked = Inviter(service.database, service.catalogue, service.council, clock, make_link).send_due()
    if asked:
        service.outbox.wake()
    return asked


def _silences(service: Service) -> Silences:
    return Silences(service.database, service.catalogue, service.council)


def _lapse(service: Service, clock: Clock) -> int:
    return _silences(service).lapse_silent(clock.now())


def _remind(service: Service, clock: Clock) -> int:
    reminded = _silences(service).remind(clock.now())
    if reminded:
        service.outbox.wake()
    return reminded


def _settle(service: Service, clock: Clock) -> int:
    return service.inbox.settle(clock.now())


def _tag(service: Service, clock: Clock) -> int:
    return tagging.tag_waiting(service.database, clock)


def _round(service: Service, clock: Clock) -> int:
    return anonymity.round_all(service.database, service.catalogue, clock.now())


def _digest(service: Service, clock: Clock) -> int:
    made = digests.make_due(service.database, service.catalogue, base_url=service.council.base_url, now=clock.now())
    if made:
        service.outbox.wake()
    return made


def _forget(service: Service, clock: Clock) -> int:
    return receipts.forget_unknown(service.database, clock.now())


def _hand_out(service: Service, _clock: Clock) -> int:
    return service.workers.hand_out() if service.workers else 0


JOBS: tuple[Job, ...] = (
    Job("invitations", lambda: IntervalTrigger(seconds=20), _invite, "the invitation's status"),
    Job("outbox", lambda: IntervalTrigger(seconds=3), _hand_out, "the message's lease"),
    Job("parts", lambda: IntervalTrigger(seconds=5), _settle, "the conversation's time of settling"),
    Job("reminders", lambda: IntervalTrigger(minutes=5), _remind, "the conversation's time to remind"),
    Job("tags", lambda: IntervalTrigger(seconds=5), _tag, "the answer"),
    Job("lapses", lambda: CronTrigger(minute=10, timezone=LONDON), _lapse, "the conversation's state"),
    Job("rounding", lambda: IntervalTrigger(minutes=10), _round, "the time itself"),
    Job(
        "receipts", lambda: CronTrigger(hour=3, minute=20, timezone=LONDON), _forget, "the receipt itself, gone by then"
    ),
    Job("digests", lambda: CronTrigger(hour="7-18", minute=0, timezone=LONDON), _digest, "manager and month"),
)


def run(name: str, service: Service, clock: Clock) -> int:
    """Run one job now, as of the clock's time; return how many things it did.

    Raises:
        KeyError: there is no such job.
    """
    return {job.name: job for job in JOBS}[name].run(service, clock)


def start(service: Service) -> Callable[[], None]:
    """Run every job once to catch up on what was missed, and then at its times, in threads of their own.

    Returns:
        What stops the clock.
    """
    scheduler = BackgroundScheduler(timezone=LONDON, job_defaults={"coalesce": True, "max_instances": 1})
    for job in JOBS:
        scheduler.add_job(_guarded, args=[job, service], id=job.name, trigger=job.trigger(), misfire_grace_time=3600)
        scheduler.add_job(_guarded, args=[job, service], id=f"{job.name}, catching up")
    scheduler.start()
    return lambda: scheduler.shutdown(wait=False)


def _guarded(job: Job, service: Service) -> None:
    try:
        job.run(service, service.clock)
    except Exception as fault:  # noqa: BLE001 - the next run tries again; the values of a fault may hold words
        log.error("job %s: %s", job.name, type(fault).__name__)  # noqa: TRY400
