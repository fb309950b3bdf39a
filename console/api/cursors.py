"""Where the next page of a list begins. A caller hands it back as it came; what it means is ours to change."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from console.api.problems import Flaw, Problem
from console.api.words import HIGHEST_ID

_T = TypeVar("_T")


def after_id(row_id: int) -> str:
    """The page that begins after that row."""
    return _packed(str(row_id))


def after_moment(moment: datetime, row_id: int) -> str:
    """The page that begins after that row of that moment."""
    return _packed(f"{moment.isoformat()} {row_id}")


def read_id(cursor: str | None) -> int:
    """The row that a page begins after; 0 for the first page."""
    return 0 if cursor is None else _read(cursor, _id)


def read_moment(cursor: str | None) -> tuple[datetime, int] | None:
    """The moment and the row that a page begins after; None for the first page."""
    return None if cursor is None else _read(cursor, _moment_and_id)


def _read(cursor: str, read: Callable[[str], _T]) -> _T:
    try:
        return read(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii"))
    except (binascii.Error, ValueError):
        pass
    flaw = Flaw(pointer=None, parameter="after", detail="Give the `next` of the page before, or leave this out.")
    raise Problem("refused", "This is not where a page begins.", errors=[flaw])


def _id(text: str) -> int:
    row_id = int(text)
    if not 0 < row_id <= HIGHEST_ID:
        raise ValueError("no such row")
    return row_id


def _moment_and_id(text: str) -> tuple[datetime, int]:
    moment, _, row_id = text.partition(" ")
    read = datetime.fromisoformat(moment)
    if read.utcoffset() is None or read.year < 2000:
        raise ValueError("not a moment of ours")
    return read, _id(row_id)


def _packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode("ascii")).decode("ascii").rstrip("=")
