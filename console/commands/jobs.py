"""`flask jobs`: what the clock does and how it went, and doing one of its jobs now."""

from __future__ import annotations

from datetime import datetime

import click

from bot.calendar import LONDON
from bot.clock import SetClock
from bot.clockwork import runs, standing
from bot.jobs import JOBS
from console import clock_words
from console.commands.plain import PlainGroup
from console.wiring import service
from console.words import moment
from store.migrate import migrate

_BY_NAME = {job.name: job for job in JOBS}


class _ListedByDefault(PlainGroup):
    """Lists the jobs where no command is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What was typed, or `list`."""
        return super().parse_args(ctx, args or ["list"])


jobs = _ListedByDefault(
    "jobs",
    short_help="What the clock does, and doing it now.",
    help="What the clock does, when and how it went last, and doing one of its jobs now.",
)


@jobs.command("list")
def list_all() -> None:
    """List every job: when, how it went last, when it is due next, and what keeps a second run from doing it again."""
    migrate(service().database)
    with service().database.reading() as session:
        clock = standing.look(session, JOBS, service().clock.now())
    print(f"{clock_words.who(clock)} All times are London time.\n")
    rows = [("JOB", "WHEN", "LAST RUN", "NEXT DUE", "ONCE BY")]
    for line in clock.jobs:
        job, trouble = line.job, clock_words.trouble(line)
        last = clock_words.last_run(line.run) + (f" [{trouble}]" if trouble else "")
        rows.append((job.name, str(job.when), last, moment(line.next_at), job.key))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@jobs.command("run")
@click.argument("name", type=click.Choice(list(_BY_NAME)))
@click.option("--at", help="The time that the job goes by, London time: 2026-11-02T09:00.")
def run(name: str, at: str | None) -> None:
    """Run one job now. What it does is real and stays done, with --at too.

    With --at, the job reckons as if it were that time already. It is no rehearsal: with a time in the future, conversations
    are closed as silent and digests are made before their day, and nothing takes that back. To see what would happen, try
    it on a copy of the database. How it went is written down like any run, but not with --at, which says nothing of today.
    """
    here, job = service(), _BY_NAME[name]
    migrate(here.database)
    done = job.run(here, SetClock(_moment(at))) if at else runs.run_by_hand(job, here, here.clock)
    print(f"{name}: {done} done")


def _moment(words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise click.BadParameter("write it like 2026-11-02T09:00", param_hint="--at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
