"""How soon coverage of a whole county is there: 50,000 cases, a million messages, three years.

`python -m bench.coverage` runs it alone, in about four minutes, most of which builds the counties. What is measured is what
the page asks the database and makes of it; the floor, turn about, counts the same rows with one bare GROUP BY.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import text

from bench import county, postgres
from bot.access import Viewer
from bot.shown import coverage_view
from store.session import Database, Session
from store.shown.coverage import By, Wanted

ROUNDS = 7
AIMS = {"SQLite": 1_000, "PostgreSQL": 300}
A_YEAR, EVER = date(2025, 12, 1), date(2023, 1, 1)
ADMINISTRATOR = Viewer(1, "administrator")
_FLOOR = text("SELECT unit_id, status, count(*) FROM invitations WHERE stage_on >= :since GROUP BY unit_id, status")
_VIEWS: tuple[tuple[str, By, date], ...] = (
    ("a year, by district", "district", A_YEAR),
    ("a year, by worker", "worker", A_YEAR),
    ("a year, by month", "month", A_YEAR),
    ("three years, by unit", "unit", EVER),
)


def main() -> None:
    """Measure and print."""
    print(f"\nCoverage of a county of 50,000 cases and 1,000,000 messages: the median of {ROUNDS}, in ms.", flush=True)
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        _report("SQLite", f"sqlite:///{Path(folder) / 'county.sqlite'}")
    programs = postgres.programs()
    if programs is None:
        print("  PostgreSQL: not measured, its server programs are not on this machine.")
        return
    with postgres.server(programs) as new_database:
        _report("PostgreSQL", new_database("county"))


def _report(kind: str, url: str) -> None:
    database = Database(url)
    county.build(database)
    print(f"\n{kind}; the aim is {AIMS[kind]}" + " " * (26 - len(kind)) + "coverage    floor    ratio")
    for name, by, since in _VIEWS:
        floors, views = _turn_about(database, by, since)
        ratio = median(view / floor for floor, view in zip(floors, views, strict=True))
        print(f"  {name:35} {median(views):10.0f} {median(floors):8.0f} {ratio:8.1f}", flush=True)
    gaps = [_timed(database, _gaps) for _ in range(ROUNDS)]
    print(f"  {'a page of stages with no voice':35} {median(gaps):10.0f}", flush=True)
    database.close()


def _turn_about(database: Database, by: By, since: date) -> tuple[list[float], list[float]]:
    def floor(session: Session) -> object:
        return session.execute(_FLOOR, {"since": since}).all()

    def view(session: Session) -> object:
        return coverage_view.table(session, ADMINISTRATOR, by, Wanted(since), county.LAST_DAY)

    for warm_up in (floor, view):
        _timed(database, warm_up)
    rounds = [(_timed(database, floor), _timed(database, view)) for _ in range(ROUNDS)]
    return [floor for floor, _ in rounds], [view for _, view in rounds]


def _gaps(session: Session) -> object:
    return coverage_view.silent_stages(session, ADMINISTRATOR, Wanted(A_YEAR), county.LAST_DAY)


def _timed(database: Database, act: Callable[[Session], object]) -> float:
    with database.reading() as session:
        began = time.perf_counter()
        act(session)
        return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
