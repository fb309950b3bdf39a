"""The clock: one table of what is done when. Every job may run twice; the second run changes nothing.

`bot.clockwork` runs it, in one process at a time, and refuses a time between 01:00 and 02:00: see docs/clock.md.
"""

from __future__ import annotations

from datetime import timedelta

from bot import digests, receipts, systems, tagging
from bot.campaigns import jobs as campaigns
from bot.cases import events
from bot.chats import anonymity
from bot.chats.links import Links
from bot.clock import Clock
from bot.clockwork.job import Job
from bot.clockwork.times import daily, every, hourly
from bot.invitations.asking import Inviter
from bot.people import again
from bot.pulse import asking as pulse
from bot.pulse import nights
from bot.service import Service
from bot.talks.lapses import Silences


def _invite(service: Service, clock: Clock) -> int:
    make_link = Links.of(service.council).for_invitation
    asked = Inviter(service.database, service.catalogue, service.council, clock, make_link).send_due()
    if asked:
        service.outbox.wake()
    return asked


def _plan(service: Service, clock: Clock) -> int:
    return events.apply_due(service.database, catalogue=service.catalogue, council=service.council, now=clock.now())


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


def _pulse(service: Service, clock: Clock) -> int:
    return pulse.run(service, clock.now())


def _birthdays(service: Service, clock: Clock) -> int:
    return again.look_again_on_birthdays(
        service.database, catalogue=service.catalogue, council=service.council, now=clock.now()
    )


def _mix(service: Service, clock: Clock) -> int:
    return nights.run(service.database, service.catalogue, clock.now())


def _forget_calls(service: Service, clock: Clock) -> int:
    return systems.forget_old(service.database, clock.now())


def _hand_out(service: Service, _clock: Clock) -> int:
    return service.workers.hand_out() if service.workers else 0


def _late(*, hours: int = 0, minutes: int = 0) -> timedelta:
    """How long after it was due a job counts as late."""
    return timedelta(hours=hours, minutes=minutes)


JOBS: tuple[Job, ...] = (
    # name, when, what, how, once by which key, late after
    Job(
        "events",
        every(seconds=30),
        "Does what follows from what happens in cases",
        _plan,
        "the event",
        _late(minutes=10),
    ),
    Job("invitations", every(seconds=20), "Asks whoever is due", _invite, "the invitation's status", _late(minutes=5)),
    Job("outbox", every(seconds=3), "Hands messages to workers", _hand_out, "the message's lease", _late(minutes=2)),
    Job(
        "parts",
        every(seconds=5),
        "Answers once all parts of a text are there",
        _settle,
        "the conversation's time of settling",
        _late(minutes=2),
    ),
    Job("reminders", every(minutes=5), "Reminds", _remind, "the conversation's time to remind", _late(minutes=30)),
    Job("tags", every(seconds=5), "Says what answers are about", _tag, "the answer", _late(minutes=10)),
    Job("lapses", hourly(minute=10), "Closes what is silent", _lapse, "the conversation's state", _late(hours=2)),
    Job("rounding", every(minutes=10), "Rounds times of anonymous answers", _round, "the time itself", _late(hours=1)),
    Job(
        "receipts", daily("03:20"), "Forgets old receipts", _forget, "the receipt itself, gone by then", _late(hours=6)
    ),
    Job(
        "calls",
        daily("03:30"),
        "Forgets what systems were answered",
        _forget_calls,
        "the answer, gone by then",
        _late(hours=6),
    ),
    Job(
        "birthdays",
        daily("06:15"),
        "Looks again at whoever has come to another age",
        _birthdays,
        "the invitation's reason",
        _late(hours=12),
    ),
    Job(
        "campaigns",
        hourly(minute=5, first=6, last=18),
        "Makes campaigns whose turn it is, and ends those that are over",
        campaigns.make_due,
        "the campaign's kind and period",
        _late(hours=6),
    ),
    Job(
        "campaign-invitations",
        every(seconds=20),
        "Asks whoever is on a running campaign",
        campaigns.ask_due,
        "the invitation's status",
        _late(minutes=15),
    ),
    Job(
        "campaign-reminders",
        every(minutes=15),
        "Reminds whoever was mailed",
        campaigns.remind_due,
        "the conversation's reminders so far",
        _late(hours=1),
    ),
    Job(
        "pulse",
        every(minutes=15),
        "Asks staff how work is, and reminds them",
        _pulse,
        "the quarter, and the reminder's number",
        _late(hours=2),
    ),
    Job(
        "nights",
        daily("03:40"),
        "Ends anonymous conversations of the days before, and mixes them",
        _mix,
        "the conversation, mixed by then",
        _late(hours=6),
    ),
    Job("digests", hourly(first=7, last=18), "Makes due digests", _digest, "manager and month", _late(hours=2)),
)


def run(name: str, service: Service, clock: Clock) -> int:
    """Run one job now, as of the clock's time; return how many things it did.

    Raises:
        KeyError: there is no such job.
    """
    return {job.name: job for job in JOBS}[name].run(service, clock)
