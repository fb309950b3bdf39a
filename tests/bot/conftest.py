"""The service on each kind of database, for the tests of what it does."""

import pytest

from bot.clock import SetClock
from store.session import Database
from tests.builders import House, make_house


@pytest.fixture
def house(database: Database, clock: SetClock) -> House:
    """The service with channels that keep what they are given."""
    return make_house(database, clock)
