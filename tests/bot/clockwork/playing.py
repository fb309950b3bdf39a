"""A table to play with: jobs that count, and a clock that each of several processes turns by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.calendar import LONDON
from bot.clock import Clock
from bot.clockwork.job import Job
from bot.clockwork.lease import Lease
from bot.clockwork.ticking import Ticker
from bot.clockwork.times import When, daily, every, hourly
from bot.service import Service
from store import clock as rows
from store.clock import Run


def london(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON).astimezone(UTC)


@dataclass
class Diary:
    """Jobs, and what they did.

    Attributes:
        ran: name and moment of each run, in order.
        faults: raised by the next runs of a job, one each.
    """

    ran: list[tuple[str, datetime]] = field(default_factory=list)
    faults: dict[str, list[Exception]] = field(default_factory=dict)

    def job(self, name: str, when: When, late_after: timedelta = timedelta(minutes=30)) -> Job:
        def run(_service: Service, clock: Clock) -> int:
            self.ran.append((name, clock.now()))
            if self.faults.get(name):
                raise self.faults[name].pop()
            return 1

        return Job(name, when, f"Does {name}", run, f"the key of {name}", late_after)

    def times(self, name: str) -> list[str]:
        """When a job ran, London time."""
        return [f"{at.astimezone(LONDON):%d %H:%M}" for job, at in self.ran if job == name]

    def table(self) -> list[Job]:
        return [
            self.job("often", every(seconds=20)),
            self.job("hourly", hourly(minute=10)),
            self.job("nightly", daily("03:20")),
            self.job("mails", daily("08:00", until="18:00")),
        ]


@dataclass
class Process:
    """A process that would be the clock."""

    service: Service
    jobs: list[Job]
    name: str = "one"

    def __post_init__(self) -> None:
        self.lease = Lease(self.service.database, self.service.clock, self.name)
        self.ticker = Ticker(self.service, self.jobs, self.lease)

    def tick(self) -> list[str]:
        """Begin what is due, and run it; the names of it."""
        due = self.ticker.begin_due()
        for job in due:
            self.ticker.run(job)
        return [job.name for job in due]

    def kept(self) -> dict[str, Run]:
        with self.service.database.reading() as session:
            return rows.runs(session)
