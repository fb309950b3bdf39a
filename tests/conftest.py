"""What every test may ask for: a migrated database of each kind, and a clock that stands still.

Where PostgreSQL's server programs or Chromium are missing, the tests that need them are skipped and say why.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bot.clock import SetClock
from store.migrate import migrate
from store.session import Database
from tests import loopback_only
from tests.standins.postgres import PostgresServer, missing_programs
from tests.standins.redis import RedisServer, missing_program

TUESDAY_MORNING = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)


CHROMIUM = Path("/usr/bin/chromium")
MAY_SKIP = not os.environ.get("HEARD_SKIP_NOTHING")


def go_without(reason: str) -> NoReturn:
    """Skip the test and say why; where nothing may be skipped, fail it."""
    if MAY_SKIP:
        pytest.skip(reason)
    pytest.fail(f"nothing may be skipped here: {reason}")


class _YearOnOneWorker(LoadScopeScheduling):
    """Each test goes to whichever worker is free, but for those of the year: they share what it takes minutes to play."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/year" if nodeid.startswith("tests/year/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _YearOnOneWorker:
    """Part the tests among the workers. xdist's own groups are lost on pytest 9.2, which keeps no ids that it may change."""
    return _YearOnOneWorker(config, log)


loopback_only.watch()
gc.set_threshold(
    50_000
)  # statements make many objects and hardly any rings of them: a tenth of a run went into looking


@pytest.fixture(autouse=True)
def _nothing_leaves_this_machine() -> Iterator[None]:
    loopback_only.reached_for.clear()
    yield
    assert loopback_only.reached_for == [], "a test reached for another machine: give it a stand-in on loopback"


@pytest.fixture(autouse=True)
def _needs_a_browser(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("browser") and not CHROMIUM.exists():
        go_without(f"browser tests need {CHROMIUM}: install Debian's package chromium")


@pytest.fixture
def clock() -> SetClock:
    """A clock that says half past eleven in London on Tuesday 6 October 2026, until it is moved."""
    return SetClock(TUESDAY_MORNING)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run's own, on loopback."""
    if missing := missing_programs():
        go_without(f"PostgreSQL tests need {missing}: install Debian's package postgresql")
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def one_postgres(postgres_server: PostgresServer) -> str:
    """The address of a migrated PostgreSQL database, of which one test after another leaves nothing."""
    url = postgres_server.new_database_url()
    database = Database(url)
    migrate(database)
    database.close()
    return url


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, one_postgres: str) -> Iterator[str]:
    """The address of an empty migrated PostgreSQL database."""
    yield one_postgres
    postgres_server.empty(one_postgres)


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A Redis server of the test's own, on loopback and empty."""
    if missing := missing_program():
        go_without(f"tests of the workers need {missing}: install Debian's package redis-server")
    with RedisServer() as server:
        yield server


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    """The address of a fresh migrated SQLite file."""
    copy = tmp_path / "heard.sqlite"
    shutil.copyfile(empty_sqlite, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """A migrated SQLite database."""
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    database = Database(request.getfixturevalue("postgres_url"), pool_size=4)
    yield database
    database.close()
