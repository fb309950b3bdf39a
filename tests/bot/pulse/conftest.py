"""An office on each kind of database."""

from __future__ import annotations

import pytest

from bot.clock import SetClock
from store.session import Database
from tests.bot.pulse.offices import Office, make_office


@pytest.fixture
def office(database: Database, clock: SetClock) -> Office:
    """Two teams of twelve, at a moment at which staff may be written to."""
    return make_office(database, clock)
