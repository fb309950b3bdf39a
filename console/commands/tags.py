"""`flask tags`: tagging again, how often the machine is right, and what people put right, to train it with."""

from __future__ import annotations

import csv
import re
import sys
from datetime import datetime

import click

from analysis.figures import counted
from bot import correcting, tagging
from bot.calendar import midnight
from bot.correcting import TRAINING_COLUMNS
from console.commands.days import Day
from console.commands.plain import PlainGroup
from console.commands.progress import progress
from console.wiring import service
from store.migrate import migrate

tags = PlainGroup(
    "tags",
    short_help="Tagging again, and what people put right.",
    help="Tagging answers again, how often people found the tags right, and what they put right; docs/tags.md.",
)


@tags.command("retag", short_help="Tag again what another method or version has tagged.")
@click.option("--since", type=Day(), help="Only answers given on that day or later: 2026-04-01.")
@click.option("--until", type=Day(), help="Only answers given before that day.")
def retag(since: datetime | None, until: datetime | None) -> None:
    """Tag again what another method or version has tagged. What people have put right stays as it is.

    It may be stopped anywhere, and goes on from there when it is run once more. The service may run meanwhile.
    """
    if since and until and until < since:
        raise click.UsageError("--until must not be before --since")
    here, machine = service(), tagging.present()
    migrate(here.database)
    bounds = [midnight(day.date()) if day else None for day in (since, until)]
    again = tagging.Again(here.database, here.clock, machine, *bounds)
    total = again.count()
    if not total:
        print("There is nothing to tag again.")
        return
    with progress("answers", sys.stderr, total=total, plain=True) as add:
        done = again.run(add)
    print(f"{counted(done, 'answer')} tagged again, by {machine.method}, version {machine.version}.")


@tags.command("agreement", short_help="Show how often people found the tags right, month by month.")
@click.option("--month", help="Only what people looked at in that month: 2026-11.")
def agreement(month: str | None) -> None:
    """Show how often the machine's tags were the same as those of the people who looked, month by month."""
    if month is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise click.BadParameter("write it like 2026-11", param_hint="--month")
    migrate(service().database)
    with service().database.reading() as session:
        months = [each for each in correcting.agreed(session) if month in {None, each.month.key}]
    for each in months:
        print(f"{each.month.key}: people looked at {counted(each.looked_at, 'comment')}")
        for rate in each.rates:
            print(f"  {rate.label:40} {rate.words}")
    if not months:
        print("Nobody looked at any tags then." if month else "Nobody has looked at any tags yet.")


@tags.command("corrections", short_help="Write what people put right as CSV, to train with.")
def corrections() -> None:
    """Write what people said of comments as CSV, to train with: flask tags corrections > var/corrections.csv.

    It holds people's own words, without names. Keep it on the council's machines, under var/.
    """
    here = service()
    migrate(here.database)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(TRAINING_COLUMNS)
    with here.database.reading() as session:
        writer.writerows(correcting.training_rows(session, here.catalogue))
