"""The year's busiest day once more, by two clocks and four workers on PostgreSQL: what one of each does, no more and no less."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.calendar import LONDON
from bot.clock import SetClock
from store.base import Base
from store.migrate import migrate
from store.session import Database
from store.tables import ClockLease, Conversation, Invitation, JobRun, Message
from store.talks.messages import UNSENT
from tests.builders import make_house
from tests.journeys.conftest import town
from tests.journeys.running import kill_group
from tests.journeys.town import Town
from tests.year.conftest import Played
from tests.year.playing import AFTERWARDS, LOOKS, Player

__all__ = ["town"]
pytestmark = [
    pytest.mark.timeout(3000), pytest.mark.journey, pytest.mark.postgres,
]  # fmt: skip

CLOCKS, WORKERS = 2, 4
QUIET_FOR = 3


@pytest.fixture
def morning(played: Played, tmp_path: Path) -> Iterator[Database]:
    """How everything stood on the morning of the busiest day."""
    shutil.copyfile(played.busiest_morning, tmp_path / "morning.sqlite")
    database = Database(f"sqlite:///{tmp_path}/morning.sqlite")
    yield database
    database.close()


@pytest.mark.parametrize("town", ["postgres"], indirect=True)
def test_two_clocks_and_four_workers_do_what_one_of_each_does(
    played: Played, morning: Database, town: Town, tmp_path: Path
):
    migrate(town.database)
    carry_over(morning, town.database)
    day = played.busiest_day
    by_one = play_by_one(played, morning, day, tmp_path)
    by_many = play_by_many(town, day)
    assert sum(by_one[0].values()) > 20, "a busy day"
    assert by_many[0] == by_one[0], "the same was sent"
    differing = {
        each: (stands, by_many[1].get(each)) for each, stands in by_one[1].items() if by_many[1].get(each) != stands
    }
    assert differing == {}, "everybody stands where they would"
    assert by_many[1].keys() == by_one[1].keys()


def play_by_one(played: Played, database: Database, day: date, folder: Path) -> tuple:
    """The day, by one clock and one worker, with phones that say nothing."""
    house = make_house(database, SetClock(datetime.combine(day, LOOKS[0], LONDON) - timedelta(hours=2)))
    for name in house.service.channels:
        house.on(name).taken_before = 1_000_000
    player = Player(house, played.county, folder)
    player.silence()
    player.look_through(day)
    return came_of(database, day)


def play_by_many(town: Town, day: date) -> tuple:
    """The same day, by processes."""
    town.clock.set(datetime.combine(day, LOOKS[0], LONDON) - timedelta(hours=2))
    processes = [town.service.begin("serve", "--only", "clock") for _ in range(CLOCKS)]
    processes += [town.service.begin("serve", "--only", "worker") for _ in range(WORKERS)]
    try:
        for look in [*LOOKS, AFTERWARDS]:
            town.clock.set(datetime.combine(day, look, LONDON))
            wait_until_quiet(town)
        assert town.look_up(select(func.count()).select_from(ClockLease)) == [1]
        assert town.look_up(select(JobRun.name).where(JobRun.failures > 0)) == []
    finally:
        for process in processes:
            kill_group(process)
    return came_of(town.database, day)


def wait_for_a_tick(town: Town) -> None:
    """Wait until a clock has looked at what time it is now; the first one may take long to start."""
    now = town.clock.now()
    for _ in range(360):
        if town.look_up(select(ClockLease.until).where(ClockLease.until > now)):
            return
        time.sleep(0.5)
    pytest.fail("no clock ticks")


def wait_until_quiet(town: Town) -> None:
    """Let the jobs that are done over and over come round until nothing more comes of them."""
    wait_for_a_tick(town)
    waiting = select(func.count()).where(Message.status.in_(UNSENT))
    before, quiet, patience = None, 0, 120
    while quiet < QUIET_FOR:
        town.clock.move(timedelta(seconds=21))
        time.sleep(1)
        now = (town.look_up(select(func.count()).select_from(Message)), town.look_up(waiting))
        quiet = quiet + 1 if now == before and now[1] == [0] else 0
        before, patience = now, patience - 1
        assert patience, "it never came to rest"


def came_of(database: Database, day: date) -> tuple[Counter, dict]:
    """What was sent unprompted on a day, and where every invitation stands."""
    begins = datetime.combine(day, datetime.min.time(), LONDON)
    with database.reading() as session:
        sent = session.execute(
            select(Message.kind, Message.channel, Conversation.invitation_id)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(Message.sent_at >= begins, Message.kind.in_(("invitation", "reminder")), Message.channel != "web")
        )
        stand = session.execute(select(Invitation.id, Invitation.status, Invitation.not_asked_because))
        return Counter(tuple(row) for row in sent), {row[0]: tuple(row[1:]) for row in stand}


def carry_over(source: Database, target: Database) -> None:
    """Copy every row, and let new ones be numbered after them."""
    for table in Base.metadata.sorted_tables:
        with source.reading() as reading, target.writing() as writing:
            rows = [dict(row) for row in reading.execute(select(table)).mappings()]
            if table.name == "staff":
                rows.sort(key=lambda row: (row["line_manager_id"] is not None, row["id"]))
            writing.execute(text("SET LOCAL session_replication_role = replica"))  # rows of a table may name each other
            for start in range(0, len(rows), 2_000):
                writing.execute(table.insert(), rows[start : start + 2_000])
        if "id" in table.c:
            with target.writing() as session:
                sequence = func.pg_get_serial_sequence(table.name, "id")
                session.execute(select(func.setval(sequence, func.coalesce(func.max(table.c.id), 1))))
