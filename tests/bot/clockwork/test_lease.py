"""One process at a time is the clock, whatever happens to it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from bot.clock import SetClock
from bot.clockwork.lease import LASTS, RENEWED_EVERY, Lease
from store.session import Database

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def first(database: Database, clock: SetClock) -> Lease:
    return Lease(database, clock, "first")


@pytest.fixture
def second(database: Database, clock: SetClock) -> Lease:
    return Lease(database, clock, "second")


def test_the_first_who_asks_is_the_clock_and_stays_it(first: Lease, second: Lease, clock: SetClock):
    for _ in range(120):
        assert first.keep()
        assert not second.keep()
        assert (first.is_ours(), second.is_ours()) == (True, False)
        clock.move(A_SECOND)


def test_when_it_is_killed_another_takes_over_within_a_minute(first: Lease, second: Lease, clock: SetClock):
    first.keep()
    waited = timedelta()
    while not second.keep():
        waited += A_SECOND
        clock.move(A_SECOND)
    assert waited <= LASTS < timedelta(minutes=1)


def test_one_that_was_held_up_finds_that_it_is_not_the_clock_any_more(first: Lease, second: Lease, clock: SetClock):
    first.keep()
    clock.move(LASTS)
    assert not first.is_ours(), "its time is over, whether another has come or not"
    assert second.keep()
    assert not first.is_ours()
    assert not first.keep()
    assert second.keep()


def test_one_that_was_held_up_goes_on_where_nobody_took_over(first: Lease, clock: SetClock):
    first.keep()
    clock.move(LASTS * 2)
    assert first.keep()
    assert first.is_ours()


def test_one_that_stops_hands_it_over_at_once(first: Lease, second: Lease):
    first.keep()
    first.hand_back()
    assert not first.is_ours()
    assert second.keep()


def test_one_that_is_not_the_clock_has_nothing_to_hand_back(first: Lease, second: Lease):
    first.keep()
    second.hand_back()
    assert first.is_ours()


def test_it_is_written_only_when_it_is_to_be_renewed(first: Lease, database: Database, clock: SetClock):
    first.keep()
    with database.writing():  # SQLite has one writer at a time: were it written, this would wait for ever
        clock.move(RENEWED_EVERY - A_SECOND)
        assert first.keep()


def test_of_two_whose_clocks_differ_the_one_ahead_keeps_it(database: Database, clock: SetClock):
    ahead = SetClock(clock.now() + timedelta(minutes=3))
    behind, fast = Lease(database, clock, "behind"), Lease(database, ahead, "ahead")
    assert behind.keep()
    assert fast.keep()
    assert not behind.is_ours(), "it begins nothing more, before it has even tried to renew it"
    for _ in range(60):
        clock.move(A_SECOND)
        ahead.move(A_SECOND)
        behind_has, fast_has = behind.keep() and behind.is_ours(), fast.keep() and fast.is_ours()
        assert (behind_has, fast_has) == (False, True)


def test_a_clock_that_is_put_back_goes_on_being_the_clock(first: Lease, clock: SetClock):
    first.keep()
    clock.move(-timedelta(hours=1))
    assert first.keep()
    assert first.is_ours()


def test_of_many_who_ask_at_once_one_is_the_clock(database: Database, clock: SetClock):
    for _ in range(10):
        leases = [Lease(database, clock, f"{number}") for number in range(4)]
        begin, found = threading.Barrier(len(leases)), []

        def ask(lease: Lease, begin: threading.Barrier = begin, found: list[bool] = found):
            begin.wait(10)
            found.append(lease.keep())

        threads = [threading.Thread(target=ask, args=(lease,)) for lease in leases]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(found) == [False, False, False, True]
        clock.move(LASTS)
