"""How the clock stands, for whoever watches over the service: who runs it, and which jobs failed or are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clockwork.due import late_since, next_run
from bot.clockwork.job import Job
from store import clock as rows
from store.clock import Held, Run
from store.session import Session

NOBODY_AFTER = timedelta(minutes=2)
"""So long nobody may be the clock before that is a fault: a lease runs out and is taken over in far less."""
FAILS_FOR_GOOD = 3
"""So many failures in a row are no accident."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class JobStanding:
    """How one job stands.

    Attributes:
        late_since: when it was due that should have been done by now; None where it is not late.
    """

    job: Job
    run: Run | None
    next_at: datetime
    late_since: datetime | None

    @property
    def has_failed(self) -> bool:
        """Whether its last run failed."""
        return self.run is not None and self.run.failures > 0

    @property
    def needs_a_look(self) -> bool:
        """Whether it failed or is late."""
        return self.has_failed or self.late_since is not None

    @property
    def is_broken(self) -> bool:
        """Whether it is late, or fails again and again."""
        return self.late_since is not None or (self.run is not None and self.run.failures >= FAILS_FOR_GOOD)


@dataclass(frozen=True)
class ClockStanding:
    """How the clock stands.

    Attributes:
        holder: the process that runs the jobs, if one does.
        nobody_since: since when none has; None where one does, or where it is too early to tell.
        jobs: as the table has them.
    """

    holder: str | None
    nobody_since: datetime | None
    jobs: tuple[JobStanding, ...]

    @property
    def need_a_look(self) -> list[JobStanding]:
        """The jobs that failed or are late."""
        return [line for line in self.jobs if line.needs_a_look]

    @property
    def is_well(self) -> bool:
        """Whether somebody is the clock, and no job is late or fails again and again."""
        return self.nobody_since is None and not any(line.is_broken for line in self.jobs)


def look(session: Session, jobs: Sequence[Job], now: datetime, *, watched_since: datetime = LONG_AGO) -> ClockStanding:
    """Look up how the clock stands.

    Args:
        watched_since: when the process that asks began. Whatever began with it, after an outage or a new release, is given
            the time to catch up before anything is called missing or late.
    """
    held, known = rows.held(session), rows.runs(session)
    holder = held.holder if held and held.until > now else None
    lines = []
    for job in jobs:
        run = known.get(job.name)
        is_new = run is None and (holder is None or now - watched_since <= job.late_after)
        is_told = now - watched_since > NOBODY_AFTER and not is_new
        lines.append(JobStanding(job, run, next_run(job, now), late_since(job, run, now) if is_told else None))
    return ClockStanding(holder, _nobody_since(held, now, watched_since), tuple(lines))


def _nobody_since(held: Held | None, now: datetime, watched_since: datetime) -> datetime | None:
    since = max(held.until, watched_since) if held else watched_since
    return since if now - since > NOBODY_AFTER else None
