"""Two processes that would be the clock, on one database: one is, and the other takes over when it is killed or stopped."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.calendar import LONDON
from store.tables import ClockLease, JobRun
from tests.journeys.conftest import TWO_DATABASES
from tests.journeys.running import PATIENCE, eventually, kill_group
from tests.journeys.town import MUM, Town, family

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)]

A_MINUTE = 60.0
Process = subprocess.Popen[bytes]


@pytest.fixture
def clocks(town: Town) -> Iterator[list[Process]]:
    """Two processes of `flask serve --only clock`."""
    town.service.command("migrate")
    started = [town.service.begin("serve", "--only", "clock") for _ in range(2)]
    yield started
    for process in started:
        kill_group(process)


def holder(town: Town, clocks: list[Process]) -> Process | None:
    """Which of them is the clock."""
    for name, until in town.look_up(select(ClockLease.holder, ClockLease.until)):
        if until > town.clock.now():
            return next(process for process in clocks if name.startswith(f"process {process.pid} on "))
    return None


def done_since(town: Town, moment: datetime) -> bool:
    """Whether jobs that run every few seconds have."""
    often = ("invitations", "parts", "tags")
    rows = town.look_up(select(JobRun.succeeded_at).where(JobRun.name.in_(often)))
    return len(rows) == len(often) and all(at and at > moment for at in rows)


def other(clocks: list[Process], process: Process) -> Process:
    return next(each for each in clocks if each is not process)


def take_over(town: Town, clocks: list[Process], first: Process) -> float:
    """Wait until the other is the clock and its jobs are done; how long that took, in seconds."""
    began, moment = time.monotonic(), town.clock.now()
    eventually(lambda: holder(town, clocks) is other(clocks, first), "the other to take over")
    took = time.monotonic() - began
    eventually(lambda: done_since(town, moment), "the jobs of the other")
    return took


def test_one_of_two_is_the_clock_and_the_other_takes_over_when_it_is_killed(town: Town, clocks: list[Process]):
    first = eventually(lambda: holder(town, clocks), "one to be the clock")
    eventually(lambda: done_since(town, town.clock.now() - timedelta(seconds=30)), "its jobs")
    for _ in range(20):
        assert holder(town, clocks) is first, "the other took it while the first was well"
        time.sleep(0.25)
    kill_group(first)
    assert take_over(town, clocks, first) < min(A_MINUTE, PATIENCE)
    assert "Traceback" not in town.service.output.read_text()


def test_one_that_is_stopped_hands_over_at_once_and_what_was_missed_is_made_up_for(town: Town, clocks: list[Process]):
    first = eventually(lambda: holder(town, clocks), "one to be the clock")
    first.terminate()
    assert first.wait(PATIENCE) == 0
    assert holder(town, clocks) is not first, "it has handed it back"
    take_over(town, clocks, first)

    last = other(clocks, first)
    kill_group(last)
    town.clock.set(datetime(2026, 10, 9, 9, 30, tzinfo=LONDON))  # nobody was the clock for days
    began = town.clock.now()
    clocks.append(town.service.begin("serve", "--only", "clock"))
    by_time = select(JobRun.name, JobRun.succeeded_at).where(JobRun.name.in_(("lapses", "receipts", "digests")))
    eventually(lambda: len([at for _, at in town.look_up(by_time) if at and at >= began]) == 3, "what was missed")


def test_with_two_clocks_a_mother_is_asked_once(town: Town, clocks: list[Process]):
    eventually(lambda: holder(town, clocks), "one to be the clock")
    town.service.start("web", "worker")
    town.import_rows([family()])
    town.wait_for_texts(MUM, 2)
    time.sleep(3)
    assert len(set(town.texts_to(MUM))) == len(town.texts_to(MUM)) == 2
