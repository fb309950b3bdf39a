"""A town for each journey: on SQLite, or on both kinds of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.moved_clock import SharedClock
from tests.journeys.town import BEGINS, Town
from tests.standins.postgres import PostgresServer
from tests.standins.smtp import MailServer
from tests.standins.twilio_rest import TwilioStandIn

TWO_DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    """A town with an empty database and nothing started: SQLite, unless the test is parametrised with another."""
    url = f"sqlite:///{tmp_path}/heard.sqlite"
    if getattr(request, "param", "sqlite") == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.new_database_url()
    clock = SharedClock(tmp_path / "clock")
    clock.set(BEGINS)
    with TwilioStandIn(now=clock.now) as twilio, MailServer() as mail:
        town = Town(tmp_path, url, twilio, mail, clock)
        yield town
        town.close()
