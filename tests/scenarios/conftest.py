"""One house for every scenario, on the database that a laptop has: what differs between databases is tested elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import SetClock
from store.session import Database
from tests.builders import make_house
from tests.scenarios.town import Town


@pytest.fixture
def town(sqlite: Database, clock: SetClock, tmp_path: Path) -> Town:
    """A council's service, in which nothing has been told yet; Tuesday 6 October 2026, half past eleven."""
    return Town(make_house(sqlite, clock), tmp_path)
