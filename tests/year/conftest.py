"""The year is played once; whoever looks at it shares what it has left."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.clock import SetClock
from store.session import Database
from tests.builders import make_house
from tests.year import county, rules
from tests.year.county import BEGINS, ENDS, County
from tests.year.playing import Player


class Played(NamedTuple):
    """A year that has been played: its county, what is left, and its busiest day with how everything stood that morning."""

    county: County
    database: Database
    busiest_day: date
    busiest_morning: Path


def _trust_in_power(connection: DBAPIConnection, _record: object) -> None:
    """Do not wait for the disk at each of the year's commits: nobody pulls the plug here."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def played(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The year, played."""
    folder = tmp_path_factory.mktemp("year")
    shutil.copyfile(empty_sqlite, folder / "year.sqlite")
    drawn, database = county.draw(), Database(f"sqlite:///{folder}/year.sqlite")
    event.listen(database.engine, "connect", _trust_in_power)
    player = Player(make_house(database, SetClock(rules.midnight(BEGINS))), drawn, folder)
    player.begin(BEGINS)
    player.play(BEGINS, ENDS)
    return Played(drawn, database, player.busiest_day, player.busiest_morning)
