"""How fast what happens in cases is planned into invitations, and how much memory that takes.

Events a second, beside how fast the very same invitations are written with nothing decided about them: what the planner
adds is what it works out, and the rows that it reads for that. `python -m bench.planning` runs it alone.
"""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select

from bench import postgres
from bench.council import council
from bot.cases import events
from store.base import Base
from store.migrate import migrate
from store.session import Database, Session
from store.tables import Case, ContactPoint, Invitation, Participant, Person, Staff, StageEvent, Unit, WorkerSpell
from surveys import catalogue

STAGES = (
    (("assessment", 0), ("review", 45), ("review", 90), ("closure", 130)),
    (("assessment", 0), ("review", 45), ("review", 90), ("review", 130)),
)
"""What happens in every other case, and how many days after its beginning: half of them are closed in the end, so that
nobody is asked about what went before, and half go on."""

EVENTS = 100_000
FEW, MORE = 4_000, 20_000
"""Events that are planned while memory is measured: five times as many are to take no more of it."""

PEOPLE = 2
MOST_DAYS = 365
"""What happened so many days ago may still be asked about: all of it, so that nothing is made easier by its age."""

AIM_SECONDS = 120
NOW = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)
_FIRST, _DAYS = date(2026, 1, 5), 140
MOST_ROWS = 40_000
"""So many invitations are written again, the last ones: their time, for as many as were made."""

_AT_ONCE = 2000
"""So many rows the planner writes in a transaction, more or less."""


class Measured(NamedTuple):
    """What came of it: events and invitations, seconds, and the highest mark of memory over few events and over more."""

    events: int
    invitations: int
    offered: int
    seconds: float
    bare_seconds: float
    peaks: tuple[int, int]


def main() -> None:
    """Measure and print."""
    print(f"\nPlanning {EVENTS:,} events of cases with {PEOPLE} people each, one process; the aim is {AIM_SECONDS} s.")
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        _report("SQLite", measure(f"sqlite:///{Path(folder) / 'planning.sqlite'}", EVENTS, FEW, MORE))
    programs = postgres.programs()
    if programs is None:
        print("  PostgreSQL: not measured, because its server programs are not on this machine.")
        return
    with postgres.server(programs) as new_database:
        _report("PostgreSQL", measure(new_database("planning"), EVENTS, FEW, MORE))


def _report(kind: str, measured: Measured) -> None:
    rate, few, more = measured.events / measured.seconds, *(peak / 1_000_000 for peak in measured.peaks)
    made = f"{measured.invitations:,} invitations, {measured.offered:,} of them to be asked"
    print(f"{kind:12}  {measured.events:,} events in {measured.seconds:.0f} s: {made}")
    print(f"  events a second                         {rate:9,.0f}")
    print(f"  ratio to the bare rows being written    {measured.bare_seconds / measured.seconds:9.2f}")
    print(f"  memory at most, {FEW:,} and {MORE:,} events  {few:7.1f} and {more:.1f} MB", flush=True)


def measure(url: str, how_many: int, few: int, more: int) -> Measured:
    """Plan so many events in an empty database, and before that a few and more of them for the memory alone."""
    asks = replace(council(), ask_within_days=MOST_DAYS)
    follows: Mapping[str, Any] = {"catalogue": catalogue.load(), "council": asks, "now": NOW}
    database = Database(url)
    migrate(database)
    first, peaks = 1, []
    for size in (few, more):
        first = _prepare(database, first, size)
        peaks.append(_peak(database, follows))
    before = _count(database)
    _prepare(database, first, how_many)
    began = time.perf_counter()
    applied = events.apply_due(database, **follows, limit=how_many)
    seconds = time.perf_counter() - began
    made, offered = (now - then for now, then in zip(_count(database), before, strict=True))
    rows = min(made, MOST_ROWS)
    bare = _written_again(database, rows) * made / rows
    database.close()
    return Measured(applied, made, offered, seconds, bare, (peaks[0], peaks[1]))


def _prepare(database: Database, first: int, how_many: int) -> int:
    """Cases from that number on, until so many events wait to be planned; return the number behind the last."""
    until = first + how_many // len(STAGES[0])
    for begin in range(first, until, _AT_ONCE):
        with database.writing() as session:
            if begin == 1:
                _add_team(session)
            _add_cases(session, range(begin, min(begin + _AT_ONCE, until)))
    return until


def _add_team(session: Session) -> None:
    _add(session, Unit, [{"id": 1, "service": "Early Help units", "district": "Marlbury", "name": "Unit 1"}])
    _add(session, Staff, [{"id": 1, "email": "manager@council.example", "name": "Mo Manager", "role": "manager"}])
    _add(session, Staff, [{"id": 2, "email": "worker@council.example", "name": "Sam Worker", "line_manager_id": 1}])


def _add_cases(session: Session, numbers: range) -> None:
    people = [(number, number * PEOPLE + place) for number in numbers for place in range(PEOPLE)]
    case = {"level": "intensive", "unit_id": 1, "worker_id": 2}
    spell = {"staff_id": 2, "began_on": _FIRST}
    _add(session, Case, [{"id": number, "reference": f"EH-{number}", **case} for number in numbers])
    _add(session, WorkerSpell, [{"case_id": number, **spell} for number in numbers])
    _add(session, Person, [{"id": who, "name": "Jo", "language": "en", "safe_contact": "text"} for _, who in people])
    points = [{"person_id": who, "channel": "sms", "address": f"+999{who:09}"} for _, who in people]
    _add(session, ContactPoint, points)
    parts = [{"case_id": number, "person_id": who, "role": "parent_carer"} for number, who in people]
    _add(session, Participant, parts)
    happened = [
        {"case_id": number, "stage": stage, "happened_on": _FIRST + timedelta(days=number % _DAYS + after)}
        for number in numbers
        for stage, after in STAGES[number % 2]
    ]
    _add(session, StageEvent, happened)


def _add(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    session.connection().execute(insert(table), rows)


def _peak(database: Database, follows: Mapping[str, Any]) -> int:
    """Bytes that planning all that waits takes at most."""
    tracemalloc.start()
    try:
        events.apply_due(database, **follows)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _count(database: Database) -> tuple[int, int]:
    """How many invitations there are, and how many of them are to be asked."""
    offered = func.count().filter(Invitation.status == "offered")
    with database.reading() as session:
        row = session.execute(select(func.count(), offered).select_from(Invitation)).one()
    return row[0], row[1]


def _written_again(database: Database, how_many: int) -> float:
    """Take away the invitations made last, and write them again as they are; return the seconds of the writing alone."""
    seconds = 0.0
    with database.reading() as session:
        ids = list(session.scalars(select(Invitation.id).order_by(Invitation.id.desc()).limit(how_many)))
    for begin in range(0, len(ids), _AT_ONCE):
        some = Invitation.id.in_(ids[begin : begin + _AT_ONCE])
        with database.writing() as session:
            rows = [dict(row) for row in session.execute(select(Invitation.__table__).where(some)).mappings()]
            session.execute(delete(Invitation).where(some).execution_options(synchronize_session=False))
        began = time.perf_counter()
        with database.writing() as session:
            session.connection().execute(insert(Invitation), rows)
        seconds += time.perf_counter() - began
    return seconds


if __name__ == "__main__":
    main()
