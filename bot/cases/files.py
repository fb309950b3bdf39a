"""A case list as a file: is it one, and what stands in its rows. Knows CSV; knows nothing of what the columns mean.

The whole file is looked through once before the first row is given out, so that a file that cannot be read changes
nothing. Its rows are then read one by one: a list of any length takes the same memory.

A row that is not CSV costs that row and no other: reading goes on behind the line where its trouble began. A quotation
mark that is never closed would otherwise swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

from bot.cases.rows import ALL_COLUMNS, COLUMNS, Refusal

LONGEST_FIELD = 131_072
"""Characters; far more than any column takes. A field that runs on beyond it has lost its closing quotation mark."""

_LONGEST_LINE = 1_000_000
_SAVE_AS = 'save the list as "CSV UTF-8 (comma delimited)"'


class UnreadableCaseList(Exception):
    """The file is not a case list; the message says why and what to do. Never holds anything that stands in a row."""


class Record(NamedTuple):
    """One row: the line it begins on, and its text by column."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True)
class CaseList:
    """A file that has been looked through, and how many rows it holds."""

    path: Path
    delimiter: str
    header: tuple[str, ...]
    rows: int

    def __iter__(self) -> Iterator[Record | Refusal]:
        """Give out the rows in the file's order; a refusal stands for a row that has not one field for each column."""
        for line, fields in _rows(self.path, self.delimiter):
            if line == 1:
                continue
            if isinstance(fields, Refusal):
                yield fields
            elif len(fields) != len(self.header):
                yield self._uneven(line)
            else:
                yield Record(line, dict(zip(self.header, fields, strict=True)))

    def _uneven(self, line: int) -> Refusal:
        instead = f"write {len(self.header)} fields, and quotation marks around one that holds a {self.delimiter}"
        return Refusal(line, "row", "not one field for each column", instead)


def open_case_list(path: Path) -> CaseList:
    """Look through a file.

    Raises:
        UnreadableCaseList: it is missing, is not UTF-8 text or CSV, or has not exactly the columns of a case list.
    """
    try:
        delimiter = _delimiter(path)
        rows = _rows(path, delimiter)
        header = _checked_header(next(rows, (1, list[str]()))[1])
        return CaseList(path, delimiter, header, sum(1 for _ in rows))
    except UnicodeDecodeError:
        problem = f"The file is not text in UTF-8: {_SAVE_AS}."
    except OSError as error:
        problem = f"The file cannot be opened: {error.strerror or 'it cannot be read'}."
    raise UnreadableCaseList(problem)


def _delimiter(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline(10_000)
    return ";" if first.count(";") > first.count(",") else ","


def _rows(path: Path, delimiter: str) -> Iterator[tuple[int, list[str] | Refusal]]:
    """Every row that is not empty with the line it begins on; a refusal where it is not CSV."""
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = _Lines(file)
        while True:
            begins = lines.begin()
            try:
                fields = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
            except csv.Error as error:
                yield begins, lines.trouble(error)
                continue
            if fields is None:
                return
            if begins == 1 or any(field.strip() for field in fields):
                yield begins, fields


class _Lines:
    """The lines of a file, of which those of the row at hand can be taken back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._row: list[str] = []
        self._back: list[str] = []
        self._first = 1

    def __iter__(self) -> Iterator[str]:
        """Give out the lines."""
        return self

    def __next__(self) -> str:
        """The next line; of one that is longer than any row can be, the beginning."""
        line = self._back.pop() if self._back else self._file.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        rest = line
        while rest and not rest.endswith(("\n", "\r")) and len(rest) == _LONGEST_LINE:
            rest = self._file.readline(_LONGEST_LINE)
        self._row.append(line)
        return line

    def begin(self) -> int:
        """A row begins; return the line on which it does."""
        self._first += len(self._row)
        self._row = []
        return self._first

    def trouble(self, error: csv.Error) -> Refusal:
        """Why the row at hand is not CSV. The lines behind the one where that began are taken back."""
        opened = _last_opened(self._row)
        is_one_line = len(self._row) == 1
        self._back += reversed(self._row[opened + 1 :])
        self._row = self._row[: opened + 1]
        mark = f"the quotation mark that opens on line {self._first + opened} is not closed"
        instead = "close it, or double a quotation mark that belongs to the text"
        if "unexpected end" in str(error):
            return Refusal(self._first, "row", mark, instead)
        if "field limit" in str(error):
            kind = f"holds a field of more than {LONGEST_FIELD:,} characters"
            late = f"{mark} within {LONGEST_FIELD:,} characters"
            return Refusal(self._first, "row", *((kind, "shorten it") if is_one_line else (late, instead)))
        if not is_one_line:
            return Refusal(self._first, "row", mark, instead)
        return Refusal(
            self._first, "row", "not CSV", f"double a quotation mark that belongs to the text, or {_SAVE_AS}"
        )


def _last_opened(lines: Sequence[str]) -> int:
    """On which of these lines, counted from 0, the last quotation mark opens that is still open at the end of its line."""
    is_open, opened = False, 0
    for place, line in enumerate(lines):
        was_open = is_open
        is_open ^= line.count('"') % 2 == 1
        if is_open and not was_open:
            opened = place
    return opened


def _checked_header(fields: Sequence[str] | Refusal) -> tuple[str, ...]:
    if isinstance(fields, Refusal):
        raise UnreadableCaseList(f"The first line cannot be read: {fields.kind}; {fields.instead}.")
    header = tuple("_".join(field.lower().replace("_", " ").split()) for field in fields)
    known = [name for name in header if name in ALL_COLUMNS]
    if not known:
        raise UnreadableCaseList(f"The first line must hold the names of the columns: {', '.join(COLUMNS)}.")
    missing = [name for name in COLUMNS if name not in known]
    # Where it stands, not what stands there: without a first line of names, these would be the words of a row.
    unknown = [str(place) for place, name in enumerate(header, start=1) if name not in ALL_COLUMNS]
    twice = [name for name in ALL_COLUMNS if known.count(name) > 1]
    problems = (
        (missing, "These columns are missing: {}; add them, even if they stay empty."),
        (unknown, "The names of these columns are unknown, counted from the left: {}; correct or remove them."),
        (twice, "These columns are there more than once: {}; keep one of each."),
    )
    found = [sentence.format(", ".join(names)) for names, sentence in problems if names]
    if found:
        raise UnreadableCaseList(" ".join(found))
    return header
