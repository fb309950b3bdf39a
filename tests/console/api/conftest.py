"""A calling system for the whole app, on a database of each kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bot.clock import SetClock
from console.wiring import EXTENSION
from store.session import Database
from tests.conftest import TUESDAY_MORNING
from tests.console.api.calling import System
from tests.console.office import build_app


@pytest.fixture
def either(database: Database, clock: SetClock) -> Iterator[Flask]:
    """The whole app, once on SQLite and once on PostgreSQL."""
    app = build_app(database.engine.url.render_as_string(hide_password=False), clock)
    yield app
    app.extensions[EXTENSION].database.close()


@pytest.fixture(scope="module")
def settled_app(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One app for all the calls of a module that change nothing."""
    copy = tmp_path_factory.mktemp("settled") / "heard.sqlite"
    shutil.copyfile(empty_sqlite, copy)
    return build_app(f"sqlite:///{copy}", SetClock(TUESDAY_MORNING))


@pytest.fixture(scope="module")
def settled(settled_app: Flask) -> System:
    """A case system there, which has put a case with one person."""
    system = System(settled_app, a_minute=6000)
    system.with_case()
    return system


@pytest.fixture
def system(either: Flask) -> System:
    """A case system whose key is for everything."""
    return System(either)
