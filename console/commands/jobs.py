"""`flask jobs`: what the clock does, and doing one of them now."""

from __future__ import annotations

from datetime import datetime

import click

from bot import jobs as clockwork
from bot.calendar import LONDON
from bot.clock import SetClock
from console.commands.plain import PlainGroup
from console.wiring import service
from store.migrate import migrate

jobs = PlainGroup(
    "jobs", short_help="What the clock does, and doing it now.", help="What the clock does, and doing one of them now."
)


@jobs.command("list")
def list_all() -> None:
    """List every job, and what keeps a second run from doing it again."""
    for job in clockwork.JOBS:
        print(f"{job.name:12} {job.trigger()}; once by {job.key}")


@jobs.command("run")
@click.argument("name", type=click.Choice([job.name for job in clockwork.JOBS]))
@click.option("--at", help="The time that the job goes by, London time: 2026-11-02T09:00.")
def run(name: str, at: str | None) -> None:
    """Run one job now. What it does is real and stays done, with --at too.

    With --at, the job reckons as if it were that time already. It is no rehearsal: with a time in the future, conversations
    are closed as silent and digests are made before their day, and nothing takes that back. To see what would happen, try
    it on a copy of the database.
    """
    migrate(service().database)
    clock = SetClock(_moment(at)) if at else service().clock
    print(f"{name}: {clockwork.run(name, service(), clock)} done")


def _moment(words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise click.BadParameter("write it like 2026-11-02T09:00", param_hint="--at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
