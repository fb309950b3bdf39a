"""Lists as CSV: partners, triage decisions, and whom a campaign is sent to. Pure.

A refusal names the line, the column, the kind of fault and what to write instead; it never holds what stood there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bot.cases import readers
from bot.cases.readers import Unfit
from bot.cases.rows import Refusal

LONGEST = 20_000
"""Rows; far more than any council has partners."""

Readers = Mapping[str, Callable[[str], Any]]


class UnreadableList(Exception):
    """This is no list of that kind; the message says why and what to do. Never holds anything that stands in a row."""


class Row(NamedTuple):
    """One row: the line it begins on, and its values by column."""

    line: int
    values: dict[str, Any]


class Read(NamedTuple):
    """A list that has been read: the rows that can be taken, and why the others cannot."""

    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]


class Outcome(NamedTuple):
    """What reading a list has changed."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]


def read(data: bytes, columns: Readers, *, may_lack: Sequence[str] = ()) -> Read:
    """Read a list.

    Args:
        columns: what reads the text of each column; it raises `Unfit`.
        may_lack: columns that the file may leave out; their text is empty then.

    Raises:
        UnreadableList: it is not UTF-8 text, not CSV, too long, or has other columns.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        raise UnreadableList('This is not text in UTF-8: save the list as "CSV UTF-8 (comma delimited)".')
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins, records = 1, list[tuple[int, list[str]]]()
    try:
        for fields in lines:
            if any(field.strip() for field in fields):
                records.append((begins, fields))
            begins = lines.line_num + 1
    except csv.Error:
        told = (
            f"Line {begins} cannot be read as CSV: close its quotation marks, and double one that belongs to the text."
        )
        raise UnreadableList(told) from None
    if len(records) > LONGEST:
        raise UnreadableList(f"The list has more than {LONGEST:,} rows: split it.")
    header = _checked(records[0][1] if records else [], columns, may_lack)
    return _rows(header, records[1:], columns)


def _checked(fields: Sequence[str], columns: Readers, may_lack: Sequence[str]) -> list[str]:
    header = ["_".join(field.lower().replace("_", " ").split()) for field in fields]
    missing = [name for name in columns if name not in header and name not in may_lack]
    # Where it stands, not what stands there: without a first line of names, these would be the words of a row.
    unknown = [str(place) for place, name in enumerate(header, start=1) if name not in columns]
    twice = sorted({name for name in header if name in columns and header.count(name) > 1})
    if missing:
        raise UnreadableList(f"The first line must name these columns too: {', '.join(missing)}.")
    if unknown:
        told = f"The names of these columns are unknown, counted from the left: {', '.join(unknown)}"
        raise UnreadableList(f"{told}; there are {', '.join(columns)}.")
    if twice:
        raise UnreadableList(f"These columns are there more than once: {', '.join(twice)}; keep one of each.")
    return header


def _rows(header: Sequence[str], records: Sequence[tuple[int, list[str]]], columns: Readers) -> Read:
    rows, refused = list[Row](), list[Refusal]()
    for line, fields in records:
        if len(fields) != len(header):
            kind = "not one field for each column"
            refused.append(Refusal(line, "row", kind, f"write {len(header)} fields, with quotation marks where needed"))
            continue
        texts = dict(zip(header, fields, strict=True))
        values, wrong = dict[str, Any](), list[Refusal]()
        for name, take in columns.items():
            try:
                values[name] = take(texts.get(name, ""))
            except Unfit as unfit:
                wrong.append(Refusal(line, name, unfit.kind, unfit.instead))
        refused.extend(wrong)
        if not wrong:
            rows.append(Row(line, values))
    return Read(tuple(rows), tuple(refused))


def read_one(texts: Mapping[str, str], columns: Readers) -> Read:
    """Read what was given by hand, one text for each column; those that are left out are empty."""
    return _rows(list(columns), [(1, [texts.get(name, "") for name in columns])], columns)


def optional(take: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader of a field that may stay empty: None then."""
    return lambda text: take(text) if text.strip() else None


def few_words(what: str, limit: int = 120) -> Callable[[str], str]:
    """A reader of a few words that must be there."""
    return readers.words(limit, f"write {what}")


ADDRESSES: Readers = {"email": optional(readers.email), "mobile": readers.mobile}


def addresses(row: Row) -> dict[str, str]:
    """The addresses in a row, by channel."""
    both = {"email": row.values["email"], "sms": row.values["mobile"]}
    return {channel: address for channel, address in both.items() if address}


def without_address(row: Row) -> Refusal:
    """Why a row without any address is refused."""
    return Refusal(row.line, "email", "no address", "write an e-mail address or a mobile number")


def of_a_family(row: Row) -> Refusal:
    """Why a row is refused whose address a family uses."""
    instead = "write a work e-mail address; families are asked about their own case alone"
    return Refusal(row.line, "row", "an address that a family uses", instead)
