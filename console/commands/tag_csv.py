"""Old exports as CSV: the same rows with columns of tags behind them. A row at a time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import click

from analysis.tags import Tags
from console.commands.tag_reading import Reader
from console.coverage_file import harmless

TEXT = "text"
ADDED = ("language", "sentiment", "score", "themes", "concerns", "complaint", "compliment")
LONGEST_CELL = 10_000_000
"""So many characters a cell may have: a quote that is never closed would make one cell of the rest of a file."""

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_MARK = "\ufeff"
_JSON = re.compile(r'\s*\{\s*("|$)')
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class _Row(NamedTuple):
    line: int
    cells: list[str]


def tagged_csv(lines: Iterable[str], reader: Reader, text_column: str = TEXT) -> Iterator[str]:
    """The same rows with their tags, each as a line of CSV without its end; the header first.

    Cells are parted as the header parts them, by commas, semicolons or tabs. Where a byte order mark stands before the
    header it is written again: without it a spreadsheet would not read accents.

    Args:
        lines: of the file, with their ends.
        text_column: the name of the column with the words.

    Raises:
        click.ClickException: at the first row that cannot be read, with the number of its line and what to write instead.
    """
    wanted = text_column.strip().lower()
    mark, lines = _mark(iter(lines))
    separator, lines = _separator(lines, wanted)
    rows = _rows(lines, separator)
    header = next(rows, None)
    if header is None:
        raise click.ClickException(f"line 1: write a header with a column named {wanted}")
    names = _names(header.cells, wanted)
    yield mark + _written([*map(_cell, header.cells), *ADDED], separator)
    for number, cells in rows:
        if len(cells) != len(names):
            told = f"line {number}: there are {len(cells)} columns, and the header has {len(names)}"
            raise click.ClickException(f"{told}; put quotes around words with a {_SEPARATORS[separator]} in them")
        given = dict(zip(names, cells, strict=True))
        found = reader.read(number, given[wanted], given)
        yield _written([*map(_cell, cells), *_cells(found)], separator)


def _mark(lines: Iterator[str]) -> tuple[str, Iterator[str]]:
    """The byte order mark, where there is one; and all the lines without it."""
    first = next(lines, "")
    return _MARK if first.startswith(_MARK) else "", chain([first.removeprefix(_MARK)], lines)


def _names(header: Sequence[str], wanted: str) -> list[str]:
    names = [name.strip().lower() for name in header]
    if names.count(wanted) != 1:
        raise click.ClickException(
            f"line 1: write a header that names exactly one column {wanted}, with columns parted by commas, semicolons or "
            f"tabs, or tell with --text-column NAME which one holds the words; "
            f"columns: {len(names)}, of which named {wanted}: {names.count(wanted)}"
        )
    if taken := [name for name in ADDED if name in names]:
        raise click.ClickException(
            f"line 1: rename or take out what would be written over: {', '.join(taken)}; columns of these names are added"
        )
    return names


def _separator(lines: Iterator[str], wanted: str) -> tuple[str, Iterator[str]]:
    """What parts the cells of the header, a comma where it does not show; and all the lines again.

    Raises:
        click.ClickException: it is no header, but a line of JSON.
    """
    read: list[str] = []
    for line in lines:
        read.append(line)
        if line.strip():
            break
    if read and _JSON.match(read[-1]):
        raise click.ClickException(f"line {len(read)}: this looks like JSON lines; leave out --csv")
    shown = (separator for separator in _SEPARATORS if wanted in _plain_names(read, separator))
    return next(shown, ","), chain(read, lines)


def _plain_names(lines: Iterable[str], separator: str) -> set[str]:
    """Column names as far as the header shows them; it is only tried here, so nothing is wrong with it yet."""
    return {name.strip().strip('"').strip().lower() for line in lines for name in line.split(separator)}


def _rows(lines: Iterable[str], separator: str) -> Iterator[_Row]:
    """The rows that are not blank, each with the number of the line that it begins on."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, strict=True, delimiter=separator)
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


def _written(cells: Sequence[str], separator: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=separator).writerow(
        cells
    )  # it puts quotes around whatever its own end of a line is made of
    return line.getvalue().removesuffix("\r\n")
