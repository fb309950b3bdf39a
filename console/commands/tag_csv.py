"""Old exports as CSV: the same rows with columns of tags behind them. A row at a time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import click

from analysis.tags import Tagger, Tags
from console.coverage_file import harmless

TEXT, TOLD = "text", ("audience", "question")
ADDED = ("language", "sentiment", "score", "themes", "concerns", "complaint", "compliment")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class _Row(NamedTuple):
    line: int
    cells: list[str]


def tagged_csv(lines: Iterable[str], reads: Tagger) -> Iterator[str]:
    """The same rows with their tags, each as a line of CSV without its end; the header first.

    Args:
        lines: of the file, with their ends.

    Raises:
        click.ClickException: at the first row that cannot be read, with the number of its line and what to write instead.
    """
    rows = _rows(lines)
    header = next(rows, None)
    if header is None:
        raise click.ClickException("line 1: write a header with a column named text")
    names = _names(header.cells)
    yield _written([*map(_cell, header.cells), *ADDED])
    for number, cells in rows:
        if len(cells) != len(names):
            told = f"line {number}: there are {len(cells)} columns, and the header has {len(names)}"
            raise click.ClickException(f"{told}; put quotes around words with a comma in them")
        given = dict(zip(names, cells, strict=True))
        found = reads(given[TEXT], *(given.get(name) or None for name in TOLD))
        yield _written([*map(_cell, cells), *_cells(found)])


def _names(header: Sequence[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    if names.count(TEXT) != 1:
        there_are = ", ".join(names)
        raise click.ClickException(
            f"line 1: name exactly one column text, and part columns by commas; there are: {there_are}"
        )
    if taken := [name for name in ADDED if name in names]:
        raise click.ClickException(
            f"line 1: rename or take out what would be written over: {', '.join(taken)}; columns of these names are added"
        )
    return names


def _rows(lines: Iterable[str]) -> Iterator[_Row]:
    """The rows that are not blank, each with the number of the line that it begins on."""
    reader = csv.reader(lines, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            told = f"line {begins}: this is no CSV ({problem})"
            raise click.ClickException(f"{told}; write a quote within quotes twice, and close every quote") from None
        if cells is None:
            return
        if cells:
            yield _Row(begins, cells)


def _cells(found: Tags) -> list[str]:
    return [
        found.language or "",
        found.sentiment or "",
        "" if found.score is None else str(found.score),
        "|".join(f"{theme}:{polarity}" for theme, polarity in found.themes.items()),
        "|".join(f"{category}:{severity}" for category, severity, _ in found.concerns),
        str(int(found.complaint)),
        str(int(found.compliment)),
    ]


def _cell(words: str) -> str:
    """A cell as it was, unless a spreadsheet would take its words for a formula."""
    return words if _NUMBER.fullmatch(words) else harmless(words)


def _written(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)  # it puts quotes around whatever its own end of a line is made of
    return line.getvalue().removesuffix("\r\n")
