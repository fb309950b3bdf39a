"""`flask cases`: importing a case list, and inventing one to try the service with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol, TextIO

import click
from tqdm import tqdm

from analysis.figures import counted, reason_label
from bot.calendar import local_day
from bot.cases.files import UnreadableCaseList
from bot.cases.full import TooManyGone
from bot.cases.generator import write_case_list
from bot.cases.load import SHARED_BY_MANY, ImportSummary, import_case_list
from console.commands.plain import PlainGroup
from console.wiring import service
from store.migrate import migrate

cases = PlainGroup(
    "cases",
    short_help="Import a case list, or invent one.",
    help="Import cases and the stages they have reached; docs/case-list.md describes the file.",
)

A_FILE = click.Path(dir_okay=False, path_type=Path)


class Progress(Protocol):
    """Told after each row how many are done and how many there are."""

    def __call__(self, done: int, rows: int, /) -> None: ...


@cases.command("import")
@click.argument("file", type=A_FILE)
@click.option("--full", is_flag=True, help="FILE names all cases: who is not in it takes part no more.")
def import_(file: Path, full: bool) -> None:  # noqa: FBT001 - click's signature
    """Import the case list FILE, which changes what it names and nothing else, unless it is a full one.

    Rows that are refused are listed and change nothing; the others are kept. The exit code is 0 when the file was read,
    even if rows were refused, and 1 when it could not be read and nothing was changed.
    """
    heard = service()
    migrate(heard.database)
    try:
        with progress_bar(sys.stderr) as progress:
            summary = import_case_list(
                file,
                database=heard.database,
                catalogue=heard.catalogue,
                council=heard.council,
                clock=heard.clock,
                is_full=full,
                progress=progress,
            )
    except (UnreadableCaseList, TooManyGone) as problem:
        raise click.ClickException(str(problem)) from None
    for sentence in (*_sentences(summary), *(_of_a_full_list(summary) if full else ())):
        click.echo(sentence)


@cases.command("generate")
@click.argument("file", type=A_FILE)
@click.option("--rows", type=click.IntRange(min=1), default=300, show_default=True, help="How many people.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same list.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Up to when stages were reached; left out, today.")
def generate(file: Path, rows: int, seed: int, today: datetime | None) -> None:
    """Write an invented case list to FILE: no real people, numbers kept for fiction.

    Its cases are called GEN-… and its numbers are not those of the demonstration, so it can be imported beside that.
    """
    day = today.date() if today else local_day(service().clock.now())
    try:
        write_case_list(file, rows, seed, day)
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be written: {fault.strerror or 'it failed'}.") from None
    click.echo(f"{counted(rows, 'row')} written.")


def _sentences(summary: ImportSummary) -> Iterator[str]:
    yield f"Rows read    {summary.rows}"
    yield f"  added      {summary.added}"
    yield f"  changed    {summary.changed}"
    yield f"  unchanged  {summary.unchanged}"
    yield f"  refused    {summary.refused_rows}"
    yield "Stages that somebody is to be asked about, each person counted"
    yield f"  will be asked  {summary.to_be_asked}"
    yield f"  not asked      {sum(summary.not_asked.values())}"
    for reason, number in sorted(summary.not_asked.items(), key=lambda each: (-each[1], each[0])):
        yield f"    {number}: {reason_label(reason)}"
    if summary.no_longer_planned:
        yield f"Planned by an earlier list, not by this one, so no longer expected: {summary.no_longer_planned}"
    if summary.shared_numbers:
        yield (
            f"Mobile numbers on more than {SHARED_BY_MANY} cases each: {summary.shared_numbers}. "
            "Check that they are the families' own."
        )
    if summary.numbers_abroad:
        yield (
            f"Mobile numbers of other countries, Jersey, Guernsey and the Isle of Man among them: {summary.numbers_abroad}. "
            "Texts to them may cost more, and leave only where Twilio's geographic permissions allow it."
        )
    yield from (str(refusal) for refusal in summary.refused)


def _of_a_full_list(summary: ImportSummary) -> Iterator[str]:
    if summary.left is None:
        yield "Nobody counts as having left: a row does not say of which case it is. Correct it, and import the file again."
    else:
        yield f"People who take part in a case no more, since the file does not name them there: {summary.left}"
    if summary.gone_cases:
        yield f"Open cases that are not in the file: {', '.join(summary.gone_cases)}"


@contextmanager
def progress_bar(terminal: TextIO) -> Iterator[Progress]:
    """A progress bar, where that is a terminal; nothing where it is a file or a pipe."""
    with tqdm(unit="row", file=terminal, disable=not terminal.isatty()) as bar:

        def progress(done: int, rows: int) -> None:
            bar.total = rows
            bar.update(done - bar.n)

        yield progress
