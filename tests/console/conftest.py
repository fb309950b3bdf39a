"""The pages as they run: a whole app on a fresh database, and a browser for it."""

from __future__ import annotations

import pytest
from flask import Flask

from bot.clock import SetClock
from bot.service import Service
from console.wiring import EXTENSION
from tests.console.office import Browser, Office, build_app, furnish


@pytest.fixture
def app(sqlite_url: str, clock: SetClock) -> Flask:
    """The whole app, with simulated phones."""
    return build_app(sqlite_url, clock)


@pytest.fixture
def service(app: Flask) -> Service:
    """The service behind the pages."""
    running: Service = app.extensions[EXTENSION]
    return running


@pytest.fixture
def office(service: Service, clock: SetClock) -> Office:
    """Staff who can sign in, a case, alerts and a digest."""
    return furnish(service.database, clock.now())


@pytest.fixture
def browser(app: Flask, office: Office) -> Browser:  # noqa: ARG001 - the office must be furnished first
    """A browser in that office, with nobody signed in."""
    return Browser(app)
