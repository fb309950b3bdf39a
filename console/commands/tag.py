"""`flask tag`: what the words of texts are about, without a database. A line at a time: a million take no more memory."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import click
from flask.cli import with_appcontext

from analysis import tags
from analysis.models.reading import FOLDER
from analysis.tags import BadModel, Tagger, Tags
from bot.conversation.state import COMPLAINT
from console.commands.plain import PlainCommand, as_json, lines_of_input
from console.commands.progress import progress
from console.commands.tag_csv import TEXT, tagged_csv
from console.commands.tag_reading import TOLD, Reader
from console.wiring import service

ADDED = tuple(field.name for field in fields(Tags))


@click.command("tag", cls=PlainCommand, short_help="What the words of texts are about, one a line.")
@click.option("--csv", "is_csv", is_flag=True, help="Read and write CSV with a column named text, instead of JSON.")
@click.option(
    "--text-column", metavar="NAME", help="With --csv: the column with the words, where it is not named text."
)
@click.option(
    "--model", type=click.Choice(["lite", "full"]), help="What reads them; the best that is here, if left out."
)
@click.option(
    "--progress", "is_told", is_flag=True, help="Tell how far it is on standard error, be that a terminal or not."
)
@with_appcontext
def tag(*, is_csv: bool, text_column: str | None, model: str | None, is_told: bool) -> None:
    """Read JSON objects with a `text`, one a line, and write them again with their tags.

    \b
      flask tag < in.jsonl > out.jsonl
      flask tag --csv < old.csv > out.csv

    `audience` and `question` count too where they are given; whatever else stands in an object is passed on. A line that
    cannot be read ends it with the number of that line; all before it have been written by then. docs/tags.md tells of CSV.
    """
    if text_column is not None and not is_csv:
        raise click.UsageError("--text-column is for CSV: add --csv")
    reader = Reader(tagger_or_say_why_not(model), service().catalogue.metrics() | {COMPLAINT})
    if is_csv:
        lines = tagged_csv(lines_of_input(with_ends=True, with_mark=True, may_be_old=True), reader, text_column or TEXT)
    else:
        lines = tagged_json(lines_of_input(), reader)
    _write(lines, is_told=is_told)
    for remark in reader.remarks():
        click.echo(remark, err=True)


def _write(lines: Iterable[str], *, is_told: bool) -> None:
    if sys.stdout.isatty() and not is_told:
        for line in lines:
            print(line)
        return
    with progress("texts", sys.stderr, plain=is_told) as add:
        for line in lines:
            print(line)
            add(1)


def tagger_or_say_why_not(model: str | None, folder: Path = FOLDER) -> Tagger:
    """What reads the texts: a file of empty tags would look like one about which there is nothing to say.

    Raises:
        click.ClickException: no model in `folder` can be used, with what to do.
    """
    try:
        return tags.models_tagger(model, folder)
    except BadModel as problem:
        raise click.ClickException(f"nothing was tagged: {problem}") from None


def tagged_json(lines: Iterable[str], reader: Reader) -> Iterator[str]:
    """The same objects with their tags, each as a line without its end.

    Raises:
        click.ClickException: at the first line that cannot be read, with its number and what to write instead.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            given = _object(line, number)
            found = reader.read(number, given["text"], given)
            yield as_json({**_renamed(given), **found.to_dict()})


def _object(line: str, number: int) -> dict[str, str]:
    try:
        given = json.loads(line, parse_float=_finite, parse_constant=_finite)
    except _NotFinite:
        raise click.ClickException(
            f"line {number}: JSON has no number like NaN, Infinity or 1e400; write it as text, or leave it out"
        ) from None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        hint = "; or add --csv if this is CSV" if number == 1 and not line.lstrip().startswith("{") else ""
        raise click.ClickException(
            f'line {number}: write a JSON object with a text, such as {{"text": "she listens"}}{hint}'
        )
    for name in TOLD:
        if not isinstance(given.get(name), str | None):
            raise click.ClickException(f"line {number}: write {name} as text, or leave it out")
    return given


def _renamed(given: Mapping[str, object]) -> dict[str, object]:
    """`given`, its own `sentiment` as `given_sentiment` and so on: nothing of it is written over."""
    named: dict[str, object] = {}
    for name, value in given.items():
        free = name
        while free in ADDED or (free != name and free in given):
            free = f"given_{free}"
        named[free] = value
    return named


class _NotFinite(ValueError):
    """A number that cannot be written as JSON again."""


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise _NotFinite
    return number
