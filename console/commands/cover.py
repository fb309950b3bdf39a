"""`flask cover`: who is on duty, so that families are asked only while somebody reads what they answer."""

from __future__ import annotations

from typing import TextIO

import click

from analysis.figures import counted
from bot.calendar import LONDON
from bot.cover import gaps, shifts
from bot.cover.shifts import BadShift
from console.commands.plain import PlainGroup
from console.wiring import service
from store.council import cover as rows
from store.council.cover import Shift
from store.migrate import migrate

DAYS_SHOWN = 14

cover = PlainGroup(
    "cover",
    short_help="Who is on duty, when.",
    help="Who is on duty, when. From the first shift on the rota alone counts: nobody is asked anything, or reminded, "
    "unless somebody on it is there for the next two hours. Until then DUTY_HOURS count.",
)


@cover.command("add")
@click.argument("email")
@click.argument("begins", metavar="FROM")
@click.argument("ends", metavar="TO")
def add(email: str, begins: str, ends: str) -> None:
    """Put somebody on the rota, from FROM to TO, London time: 2026-11-02T09:00."""
    migrate(service().database)
    try:
        begins_at, ends_at = shifts.read_moment(begins), shifts.read_moment(ends)
        with service().database.writing() as session:
            is_new = shifts.add(session, email, begins_at, ends_at, by=None, now=service().clock.now())
    except BadShift as bad:
        raise click.ClickException(f"{bad}.") from None
    print(f"{email.strip().lower()} is on the rota{'' if is_new else ' for that time already'}.")


@cover.command("list")
def list_all() -> None:
    """List the shifts that are not over, with their numbers, and the gaps of the next fourteen days."""
    migrate(service().database)
    now = service().clock.now()
    with service().database.reading() as session:
        is_kept = rows.is_kept(session)
        standing = rows.standing(session, now)
        missing = gaps.cover_gaps(session, now, DAYS_SHOWN)
    if not is_kept:
        print(
            "No shift has been written down yet, so DUTY_HOURS are the cover. Begin with 'flask cover add EMAIL FROM TO'."
        )
    for shift in standing:
        print(_line(shift))
    for span in missing:
        print(f"nobody: {gaps.in_words(span)}")


@cover.command("cancel")
@click.argument("number", type=int)
def cancel(number: int) -> None:
    """Take a shift off the rota, by the number that 'flask cover list' shows."""
    migrate(service().database)
    now = service().clock.now()
    with service().database.writing() as session:
        shift = rows.find(session, number)
        opened = gaps.opened_by(session, shift, now) if shift else []
        cancelled = shifts.cancel(session, number, by=None, now=now)
    if cancelled is None:
        raise click.ClickException(f"No shift has the number {number}: see 'flask cover list'.")
    print(f"Cancelled: {_line(cancelled)}")
    for span in opened:
        print(f"nobody: {gaps.in_words(span)}")


@cover.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
def import_file(file: TextIO) -> None:
    """Read a rota from a CSV file with the columns email, from and to. The same file may be read again."""
    migrate(service().database)
    try:
        imported = shifts.import_file(service().database, file, service().clock.now())
    except BadShift as bad:
        raise click.ClickException(f"{bad}.") from None
    except UnicodeDecodeError:
        raise click.ClickException("The file is not text in UTF-8: save it as CSV UTF-8 and try again.") from None
    print(f"{counted(imported.added, 'shift')} added, {imported.known} there already, {len(imported.refused)} refused")
    for number, why in imported.refused:
        print(f"line {number}: {why}")
    if imported.refused:
        raise SystemExit(1)


def _line(shift: Shift) -> str:
    begins, ends = shift.begins_at.astimezone(LONDON), shift.ends_at.astimezone(LONDON)
    return f"{shift.id:5} {begins:%Y-%m-%dT%H:%M} {ends:%Y-%m-%dT%H:%M} {shift.email}"
