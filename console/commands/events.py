"""`flask events`: asking how an event for staff was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
import segno

from analysis.figures import counted
from bot.chats.links import Links
from bot.pulse import events as asked
from bot.pulse.events import CannotAsk, Event
from console.commands.links import PICTURES, SCALE, unit_called
from console.commands.plain import PlainGroup
from console.wiring import service
from store.migrate import migrate

events = PlainGroup(
    "events", help="How an event for staff was: an inspiration day, a roadshow, a workshop, a training."
)


@events.command("add")
@click.argument("name")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day of it, such as 2026-12-03.")
@click.option("--unit", metavar="[DISTRICT/]UNIT", help="The unit that it was for.")
@click.option("--list", "file", type=click.Path(path_type=Path, dir_okay=False), help="Mail those in FILE.csv too.")
@click.option("--qr", type=click.Path(path_type=Path, dir_okay=False), help="Write the QR code here: FILE.svg or .png.")
def add(name: str, on: datetime, unit: str | None, file: Path | None, qr: Path | None) -> None:
    """Ask whoever was at the event NAME, from the day after it on, and say where.

    FILE.csv has a column "email". Where one of its rows is no address, nothing is made.
    """
    if qr is not None and qr.suffix.lower() not in PICTURES:
        raise click.BadParameter("write FILE.svg or FILE.png", param_hint="--qr")
    here = service()
    migrate(here.database)
    try:
        emails = asked.read_emails(file.read_text("utf-8-sig").splitlines()) if file else []
        with here.database.writing() as session:
            about = unit_called(session, unit) if unit else None
            event = Event(name, on.date(), about, emails)
            made = asked.add(session, event, catalogue=here.catalogue, council=here.council, now=here.clock.now())
            address = Links.of(here.council).door(made.code)
            if qr is not None:  # within the transaction: where no picture can be written, nothing has been made
                segno.make(address, micro=False).save(str(qr), scale=SCALE)
    except UnicodeDecodeError:
        raise click.BadParameter("the file is no text in UTF-8: save it as CSV in UTF-8", param_hint="--list") from None
    except CannotAsk as problem:
        raise click.ClickException(str(problem)) from None
    here.outbox.wake()
    mailed = f"; {counted(made.mails, 'mail waits', 'mails wait')} for that" if made.mails else ""
    print(f"{address}\nIt opens on {made.opens_on:%-d %B %Y} and closes after {made.closes_on:%-d %B %Y}{mailed}.")
