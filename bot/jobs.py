"""The clock: one table of what is done when. Every job may run twice; the second run changes nothing.

`bot.clockwork` runs it, in one process at a time, and refuses a time between 01:00 and 02:00: see docs/clock.md.
"""

from __future__ import annotations

from datetime import timedelta

from bot import doing
from bot.campaigns import jobs as campaigns
from bot.clock import Clock
from bot.clockwork.job import Job
from bot.clockwork.times import daily, every, hourly
from bot.service import Service


def _late(*, hours: int = 0, minutes: int = 0) -> timedelta:
    """How long after it was due a job counts as late."""
    return timedelta(hours=hours, minutes=minutes)


JOBS: tuple[Job, ...] = (
    # name, when, what, how, once by which key, late after
    Job(
        "events",
        every(seconds=30),
        "Does what follows from what happens in cases",
        doing.plan,
        "the event",
        _late(minutes=10),
    ),
    Job(
        "invitations",
        every(seconds=20),
        "Asks whoever is due",
        doing.invite,
        "the invitation's status",
        _late(minutes=5),
    ),
    Job(
        "outbox", every(seconds=3), "Hands messages to workers", doing.hand_out, "the message's lease", _late(minutes=2)
    ),
    Job(
        "parts",
        every(seconds=5),
        "Answers once all parts of a text are there",
        doing.settle,
        "the conversation's time of settling",
        _late(minutes=2),
    ),
    Job("reminders", every(minutes=5), "Reminds", doing.remind, "the conversation's time to remind", _late(minutes=30)),
    Job("tags", every(seconds=5), "Says what answers are about", doing.tag, "the answer", _late(minutes=10)),
    Job("lapses", hourly(minute=10), "Closes what is silent", doing.lapse, "the conversation's state", _late(hours=2)),
    Job(
        "rounding",
        every(minutes=10),
        "Rounds times of anonymous answers",
        doing.round_times,
        "the time itself",
        _late(hours=1),
    ),
    Job(
        "receipts",
        daily("03:20"),
        "Forgets old receipts",
        doing.forget_receipts,
        "the receipt itself, gone by then",
        _late(hours=6),
    ),
    Job(
        "calls",
        daily("03:30"),
        "Forgets what systems were answered",
        doing.forget_calls,
        "the answer, gone by then",
        _late(hours=6),
    ),
    Job(
        "birthdays",
        daily("06:15"),
        "Looks again at whoever has come to another age",
        doing.look_again_on_birthdays,
        "the invitation's reason",
        _late(hours=12),
    ),
    Job(
        "numbers",
        hourly(minute=20),
        "Closes numbers of families that are somebody else's by now",
        doing.close_numbers_of_others,
        "the number, closed by then",
        _late(hours=6),
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
        doing.ask_staff,
        "the quarter, and the reminder's number",
        _late(hours=2),
    ),
    Job(
        "nights",
        daily("03:40"),
        "Ends anonymous conversations of the days before, and mixes them",
        doing.mix,
        "the conversation, mixed by then",
        _late(hours=6),
    ),
    Job("digests", hourly(first=7, last=18), "Makes due digests", doing.digest, "manager and month", _late(hours=2)),
)


def run(name: str, service: Service, clock: Clock) -> int:
    """Run one job now, as of the clock's time; return how many things it did.

    Raises:
        KeyError: there is no such job.
    """
    return {job.name: job for job in JOBS}[name].run(service, clock)
