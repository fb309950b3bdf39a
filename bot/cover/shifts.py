"""Putting people on the rota and taking them off: by hand, or from a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.access import DEALS_WITH_ALERTS
from bot.calendar import LONDON, local_day
from store import audit
from store.council import cover as rows
from store.council.cover import DutyPerson, Shift
from store.session import Database, Session

LONGEST = timedelta(hours=24)
"""Nobody reads for longer at a stretch: a shift that is longer is a slip of the pen."""
COLUMNS = ("email", "from", "to")
AS_WRITTEN = "write it like 2026-11-02T09:00, London time"


class BadShift(ValueError):
    """A shift cannot be taken on or off the rota; the message says what to do instead. Nothing has changed."""


class ImportedShifts(NamedTuple):
    """What came of a file. `refused`: number of the line, and what to put right in it."""

    added: int
    known: int
    refused: tuple[tuple[int, str], ...]


def read_moment(words: str) -> datetime:
    """Read a moment of London's clock, such as `2026-11-02T09:00` or `2026-11-02 09:00`.

    Raises:
        BadShift: it is none, or the clocks change over it so that it is there twice or not at all.
    """
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        raise BadShift(AS_WRITTEN) from None
    if moment.tzinfo is not None or len(words.strip()) < len("2026-11-02T09:00"):
        raise BadShift(AS_WRITTEN)
    early, late = (moment.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if early.utcoffset() != late.utcoffset():
        raise BadShift("the clocks change over that time: choose one before 01:00 or from 02:00 on")
    return early.astimezone(UTC)


def add(session: Session, email: str, begins_at: datetime, ends_at: datetime, *, by: int | None, now: datetime) -> bool:
    """Put somebody on the rota; return False where that very shift is there already.

    Args:
        by: who does so; None for whoever sits at the machine.

    Raises:
        BadShift: nobody here has that address, they may not open alerts or have left, or the times make no sense.
    """
    person = _person(session, email)
    if begins_at >= ends_at:
        raise BadShift("a shift ends after it begins")
    if ends_at - begins_at > LONGEST:
        raise BadShift("a shift lasts at most 24 hours: write one for each day")
    if ends_at <= now:
        raise BadShift("this shift is over: nothing that is sent now would be covered by it")
    if person.ended_on is not None and local_day(begins_at) > person.ended_on:
        raise BadShift(f"{person.email} does not work here any more by then: name somebody else")
    if not rows.add(session, person.id, begins_at, ends_at, by=by, now=now):
        there = rows.starting(session, person.id, begins_at)
        if there is not None and there.ends_at != ends_at:
            raise BadShift(f"{person.email} begins another shift at that moment: cancel it first (number {there.id})")
        return False
    audit.record(session, at=now, staff_id=by, what="put somebody on the rota", subject=person.email)
    return True


def _person(session: Session, email: str) -> DutyPerson:
    person = rows.person(session, email.strip().lower())
    if person is None:
        raise BadShift("nobody here has that e-mail address: add them with 'flask staff add' first")
    if person.role not in DEALS_WITH_ALERTS:
        raise BadShift(f"{person.email} cannot open alerts: name somebody whose role is duty or administrator")
    return person


def cancel(session: Session, shift_id: int, *, by: int | None, now: datetime) -> Shift | None:
    """Take a shift off the rota; return it, or None where there is none of that number."""
    shift = rows.lock(session, shift_id)
    if shift is None:
        return None
    rows.cancel(session, shift_id, now)
    audit.record(session, at=now, staff_id=by, what="took somebody off the rota", subject=shift.email)
    return shift


def import_file(database: Database, lines: Iterable[str], now: datetime) -> ImportedShifts:
    """Put everybody on the rota whom a CSV file names, with the columns `email`, `from` and `to`.

    The same file may be read twice. A line that cannot be used changes nothing; the others count.

    Raises:
        BadShift: the first line does not hold those columns.
    """
    added = known = 0
    refused = []
    for number, row in _rows(lines):
        try:
            begins_at, ends_at = read_moment(row["from"]), read_moment(row["to"])
            with database.writing() as session:
                is_new = add(session, row["email"], begins_at, ends_at, by=None, now=now)
        except BadShift as bad:
            refused.append((number, str(bad)))
            continue
        added, known = added + is_new, known + (not is_new)
    return ImportedShifts(added, known, tuple(refused))


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(lines)
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if sorted(names) != sorted(COLUMNS):
        raise BadShift("the first line names the columns: email,from,to")
    reader.fieldnames = names
    for row in reader:
        if None in row or any(value is None for value in row.values()):
            yield reader.line_num, dict.fromkeys(COLUMNS, "")
        else:
            yield reader.line_num, row
