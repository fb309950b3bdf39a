"""A calling system for the whole app, on a database of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from bot.clock import SetClock
from console.wiring import EXTENSION
from store.session import Database
from tests.console.api.calling import System
from tests.console.office import build_app


@pytest.fixture
def either(database: Database, clock: SetClock) -> Iterator[Flask]:
    """The whole app, once on SQLite and once on PostgreSQL."""
    app = build_app(database.engine.url.render_as_string(hide_password=False), clock)
    yield app
    app.extensions[EXTENSION].database.close()


@pytest.fixture
def system(either: Flask) -> System:
    """A case system whose key is for everything."""
    return System(either)
