"""What one process begins at each tick: each job when it is due, and once what was missed."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.calendar import LONDON
from bot.clock import SetClock
from bot.clockwork.lease import LASTS
from store.session import Database
from tests.bot.clockwork.playing import Diary, Process, london
from tests.builders import House, make_house

MINUTE = timedelta(minutes=1)


@pytest.fixture
def house(sqlite: Database, clock: SetClock) -> House:
    """The lease is tested on both kinds of database; what is due knows of neither."""
    clock.at = london("2026-10-06T11:30")
    return make_house(sqlite, clock)


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def process(house: House, diary: Diary) -> Process:
    return Process(house.service, diary.table())


def play(process: Process, clock: SetClock, until: str, step: timedelta = 10 * MINUTE):
    while clock.now() < london(until):
        clock.move(step)
        process.tick()


def test_a_new_service_does_everything_once_and_then_at_its_times(process: Process, diary: Diary, clock: SetClock):
    assert sorted(process.tick()) == ["hourly", "mails", "nightly", "often"]
    assert process.tick() == []
    play(process, clock, "2026-10-07T12:00")
    assert len(diary.times("hourly")) == 1 + 23
    assert diary.times("nightly") == ["06 11:30", "07 03:20"]
    assert diary.times("mails") == ["06 11:30", "07 08:00"]


def test_what_was_missed_is_done_once_however_often_it_was_missed(process: Process, diary: Diary, clock: SetClock):
    process.tick()
    clock.at = london("2026-10-12T09:17")
    assert process.tick() == ["nightly", "mails", "hourly", "often"], "in the order in which they were due last"
    assert process.tick() == []
    assert Counter(name for name, _ in diary.ran) == dict.fromkeys(("often", "hourly", "nightly", "mails"), 2)


@pytest.mark.parametrize(
    ("back", "at_once", "later"),
    [
        ("2026-10-07T06:00", ["nightly", "hourly", "often"], "07 08:00"),  # mails keep to their hours
        ("2026-10-06T23:00", ["hourly", "often"], "07 08:00"),  # today's mails went before the service was down
        ("2026-10-07T12:00", ["nightly", "mails", "hourly", "often"], "07 12:00"),
        ("2026-10-07T22:00", ["nightly", "hourly", "often"], "08 08:00"),  # too late for mails today
        ("2026-10-07T01:30", ["often"], "07 08:00"),
    ],
)
def test_what_was_missed_waits_for_an_hour_at_which_it_may_begin(
    process: Process, diary: Diary, clock: SetClock, back: str, at_once: list[str], later: str
):
    process.tick()
    clock.at = london(back)
    assert process.tick() == at_once
    play(process, clock, "2026-10-08T09:00")
    assert diary.times("mails")[1] == later


@pytest.mark.parametrize(("day", "rest"), [("2026-10-25", 120), ("2027-03-28", 0), ("2026-10-26", 60)])
def test_between_one_and_two_only_what_runs_every_so_often_begins(
    house: House, diary: Diary, clock: SetClock, day: str, rest: int
):
    clock.at = london(f"{day}T00:00")
    process = Process(house.service, diary.table())
    process.tick()
    play(process, clock, f"{day}T04:00")
    between = [name for name, at in diary.ran if at.astimezone(LONDON).hour == 1]
    assert between == ["often"] * (rest // 10), "what runs every so often goes on in all of it"
    assert diary.times("nightly")[1:] == [f"{day[-2:]} 03:20"]
    assert diary.times("hourly")[1:] == [f"{day[-2:]} {hour}:10" for hour in ("00", "02", "03")]


def test_a_job_that_fails_is_tried_again_soon_and_its_kind_is_kept_but_never_its_words(
    process: Process, diary: Diary, clock: SetClock, caplog: pytest.LogCaptureFixture
):
    process.tick()
    clock.at = london("2026-10-07T03:20")
    diary.faults["nightly"] = [ValueError("zebra"), ValueError("zebra")]
    with caplog.at_level(logging.DEBUG):
        process.tick()
        play(process, clock, "2026-10-07T03:40", MINUTE)
    assert diary.times("nightly")[1:] == ["07 03:20", "07 03:25", "07 03:30"]
    assert "job nightly: ValueError" in caplog.text
    assert "zebra" not in caplog.text
    run = process.kept()["nightly"]
    assert (run.failures, run.fault, run.done, run.succeeded_at) == (0, None, 1, london("2026-10-07T03:30"))


def test_failures_in_a_row_are_counted(process: Process, diary: Diary, clock: SetClock):
    diary.faults["often"] = [KeyError("zebra") for _ in range(3)]
    for failures in (1, 2, 3):
        process.tick()
        run = process.kept()["often"]
        assert (run.failures, run.fault, run.succeeded_at) == (failures, "KeyError", None)
        clock.move(timedelta(seconds=20))
    process.tick()
    assert process.kept()["often"].failures == 0


def test_when_the_clock_is_killed_in_the_middle_another_does_what_was_left_undone(
    house: House, diary: Diary, clock: SetClock
):
    first, second = Process(house.service, diary.table(), "first"), Process(house.service, diary.table(), "second")
    first.tick()
    clock.at = london("2026-10-07T03:20")
    first.ticker.begin_due()  # and is killed before it runs them
    assert second.tick() == []
    clock.move(LASTS)
    assert "nightly" in second.tick()
    assert len(diary.times("nightly")) == 2


def test_a_process_that_was_held_up_runs_nothing_once_another_is_the_clock(house: House, diary: Diary, clock: SetClock):
    first, second = Process(house.service, diary.table(), "first"), Process(house.service, diary.table(), "second")
    given_out = first.ticker.begin_due()
    clock.move(LASTS)
    second.tick()
    ran = len(diary.ran)
    for job in given_out:
        first.ticker.run(job)
    assert len(diary.ran) == ran
    assert first.tick() == []


def test_two_processes_through_three_days_run_each_time_once(house: House, diary: Diary, clock: SetClock):
    """They stop and begin anew in turn; the table's times come once each all the same."""
    processes = [Process(house.service, diary.table(), name) for name in ("first", "second")]
    for tick in range(3 * 24 * 6):
        clock.move(10 * MINUTE)
        if tick % 7 == 0:
            processes[tick % 2].ticker.stop(timedelta(0))
            processes[tick % 2] = Process(house.service, diary.table(), f"anew {tick}")
        for process in processes:
            process.tick()
    assert len(diary.times("nightly")) == len(set(diary.times("nightly"))) == 3 + 1
    assert len(diary.times("mails")) == 3 + 1
    assert len(diary.times("hourly")) == 3 * 23 + 1


def test_a_job_that_is_still_running_is_not_begun_again(process: Process, clock: SetClock):
    running = process.ticker.begin_due()
    clock.move(MINUTE)
    assert process.tick() == []
    for job in running:
        process.ticker.run(job)
    clock.move(MINUTE)
    assert process.tick() == ["often"]


def test_one_that_stops_begins_nothing_more_and_hands_over_at_once(house: House, diary: Diary):
    first, second = Process(house.service, diary.table(), "first"), Process(house.service, diary.table(), "second")
    given_out = first.ticker.begin_due()
    first.ticker.stop(timedelta(0))
    for job in given_out:
        first.ticker.run(job)
    assert diary.ran == []
    assert first.tick() == []
    assert len(second.tick()) == 4


def test_a_clock_that_is_put_back_stops_no_job(process: Process, clock: SetClock):
    process.tick()
    clock.move(-timedelta(hours=1))
    assert "often" in process.tick()
    clock.move(MINUTE)
    assert process.tick() == ["often"]


def test_a_quiet_minute_is_hardly_written_down(house: House, clock: SetClock):
    """A job that runs every few seconds and finds nothing to do must not keep the disk busy."""
    diary = Diary()
    quiet = diary.job("quiet", diary.table()[0].when)
    nothing = Process(house.service, [type(quiet)("quiet", quiet.when, "", lambda *_: 0, "", MINUTE)])
    written = []
    event.listen(house.database.engine, "commit", lambda _: written.append(1))
    for _ in range(60):
        nothing.tick()
        clock.move(timedelta(seconds=1))
    assert len(written) <= 60 / 5 + 60 / 15
    assert nothing.kept()["quiet"].succeeded_at >= clock.now() - timedelta(seconds=40)
