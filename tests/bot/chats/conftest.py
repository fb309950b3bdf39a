"""A room on each kind of database."""

from __future__ import annotations

import pytest

from bot.clock import SetClock
from store.session import Database
from tests.bot.chats.rooms import Room, make_room


@pytest.fixture
def room(database: Database, clock: SetClock) -> Room:
    """The service with its web chats."""
    return make_room(database, clock)
