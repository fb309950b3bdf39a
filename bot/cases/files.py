"""A case list as a file: is it one, and what stands in its rows. Knows CSV; knows nothing of what the columns mean.

The whole file is looked through once before the first row is given out, so that a file that cannot be read changes
nothing. Its rows are then read one by one: a list of any length takes the same memory.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.cases.rows import COLUMNS

_SAVE_AS = 'save the list as "CSV UTF-8 (comma delimited)"'


class UnreadableCaseList(Exception):
    """The file is not a case list; the message says why and what to do. Never holds anything that stands in a row."""


class Record(NamedTuple):
    """One row: the line it begins on, and its text by column; None where it has not one field for each column."""

    line: int
    values: dict[str, str] | None


@dataclass(frozen=True)
class CaseList:
    """A file that has been looked through, and how many rows it holds."""

    path: Path
    delimiter: str
    header: tuple[str, ...]
    rows: int

    def __iter__(self) -> Iterator[Record]:
        """Give out the rows in the file's order."""
        for line, fields in _rows(self.path, self.delimiter):
            if line == 1:
                continue
            whole = len(fields) == len(self.header)
            yield Record(line, dict(zip(self.header, fields, strict=True)) if whole else None)


def open_case_list(path: Path) -> CaseList:
    """Look through a file.

    Raises:
        UnreadableCaseList: it is missing, is not UTF-8 text or CSV, or has not exactly the columns of a case list.
    """
    try:
        delimiter = _delimiter(path)
        rows = _rows(path, delimiter)
        header = _checked_header(next(rows, (1, []))[1])
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


def _rows(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not empty, with the line it begins on."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        begins = 1
        while True:
            try:
                fields = next(reader, None)
            except csv.Error:
                problem = f"Line {begins} is not CSV: check that every quotation mark is closed, or {_SAVE_AS}."
                break
            if fields is None:
                return
            if begins == 1 or any(field.strip() for field in fields):
                yield begins, fields
            begins = reader.line_num + 1
    raise UnreadableCaseList(problem)


def _checked_header(fields: Sequence[str]) -> tuple[str, ...]:
    header = tuple("_".join(field.lower().replace("_", " ").split()) for field in fields)
    known = [name for name in header if name in COLUMNS]
    if not known:
        raise UnreadableCaseList(f"The first line must hold the names of the columns: {', '.join(COLUMNS)}.")
    missing = [name for name in COLUMNS if name not in known]
    # Where it stands, not what stands there: without a first line of names, these would be the words of a row.
    unknown = [str(place) for place, name in enumerate(header, start=1) if name not in COLUMNS]
    twice = [name for name in COLUMNS if known.count(name) > 1]
    problems = (
        (missing, "These columns are missing: {}; add them, even if they stay empty."),
        (unknown, "The names of these columns are unknown, counted from the left: {}; correct or remove them."),
        (twice, "These columns are there more than once: {}; keep one of each."),
    )
    found = [sentence.format(", ".join(names)) for names, sentence in problems if names]
    if found:
        raise UnreadableCaseList(" ".join(found))
    return header
