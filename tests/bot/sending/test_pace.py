"""The pace of a channel: how much leaves in any second, whose turn it is, and what a provider's "later" holds up."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.outbox import Outbox
from bot.sending.limits import Limits
from channels.errors import Busy
from store.sending import throttle
from tests.bot.sending.queueing import ids, queue
from tests.bot.test_crossing import ON_POSTGRES, PATIENCE, until_someone_waits
from tests.builders import House
from tests.fakes import FakeChannel

LEASE = timedelta(seconds=30)
A_SECOND = timedelta(seconds=1)
START = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)


def number(place: int) -> str:
    return f"+44770090{place:04}"


def departures(channel: str, rate: float, seconds: int, pause: timedelta) -> list[datetime]:
    """When messages leave by a worker that tries as soon as it may, but looks at the clock only so often."""
    limits, now, free_at, left = Limits(a_second={channel: rate}), START, None, []
    while now < START + timedelta(seconds=seconds):
        while free_at is None or free_at <= now:
            free_at = limits.next_turn(channel, free_at, now)
            left.append(now)
        now += pause
    return left


@pytest.mark.parametrize("channel", ["sms", "telegram", "email"])
@pytest.mark.parametrize(
    ("rate", "least"), [(0.5, 10), (1, 20), (1.5, 26), (3, 58), (10, 190), (30, 560), (1000, 18_000)]
)
def test_no_second_holds_more_than_the_rate_and_the_rate_is_nearly_reached(channel: str, rate: float, least: int):
    for pause in (timedelta(milliseconds=7), timedelta(microseconds=500)):
        left = departures(channel, rate, 20, pause)
        most = max(1, int(rate + 0.999))
        assert all(last - first >= A_SECOND for first, last in zip(left, left[most:], strict=False))
        assert least <= len(left) <= rate * 20 + most


def test_after_a_rest_no_second_holds_more_than_the_rate_either():
    limits = Limits(a_second={"sms": 10})
    free_at, left, now = START, [], START + timedelta(hours=1)
    while now < START + timedelta(hours=1, seconds=1):
        if free_at <= now:
            free_at = limits.next_turn("sms", free_at, now)
            left.append(now)
        now += timedelta(milliseconds=1)
    assert len(left) == 10
    assert all(later > earlier for earlier, later in pairwise(left))


@ON_POSTGRES
def test_a_turn_that_others_have_taken_holds_no_other_channel_up(house: House):
    outbox = paced(house, sms=1)
    now = house.clock.now()
    with house.database.writing() as session:
        throttle.take_turn(session, "sms", was_free_at=None, free_at=now)
    queue(house, "text", address=number(1))
    queue(house, "mail", "digest", "owen@council.example", "email")
    with house.database.writing() as session:
        assert throttle.take_turn(session, "sms", was_free_at=now, free_at=now + A_SECOND)
        worker = threading.Thread(target=outbox.send_next)
        worker.start()
        until_someone_waits(house)
    worker.join(PATIENCE)
    assert (len(house.sms.sent), len(house.email.sent)) == (0, 1)


@ON_POSTGRES
def test_who_has_waited_for_a_turn_reckons_by_the_time_at_which_it_comes(house: House):
    outbox = paced(house, sms=1)
    now = house.clock.now()
    with house.database.writing() as session:
        throttle.take_turn(session, "sms", was_free_at=None, free_at=now)
    queue(house, "text", address=number(1))
    with house.database.writing() as session:
        assert throttle.take_turn(session, "sms", was_free_at=now, free_at=now + A_SECOND)
        worker = threading.Thread(target=outbox.send_next)
        worker.start()
        until_someone_waits(house)
        house.clock.move(2 * A_SECOND)
    worker.join(PATIENCE)
    assert len(house.sms.sent) == 1


def paced(house: House, **a_second: float) -> Outbox:
    channels = {channel.name: channel for channel in (house.sms, house.email)}
    return Outbox(house.database, channels, house.clock, LEASE, limits=Limits(a_second=a_second))


class Counting(FakeChannel):
    """Says "later" whenever it is asked, and counts how often."""

    asked = 0

    def send(self, message):
        del message
        self.asked += 1
        raise Busy("20429", "Later.", retry_after=30)


@pytest.mark.parametrize("name", ["sms", "telegram", "email"])
def test_later_from_a_provider_holds_the_whole_channel_for_every_worker(house: House, name: str):
    for place in range(30):
        queue(house, f"{place}", address=number(place), channel=name)
    channel = Counting(name)
    limits = Limits(a_second={name: 1000})
    workers = [Outbox(house.database, {name: channel}, house.clock, LEASE, limits=limits) for _ in range(3)]
    for _ in range(30):
        for worker in workers:
            worker.drain()
        house.clock.move(A_SECOND)
    assert channel.asked == 1
    for _ in range(10):
        for worker in workers:
            worker.drain()
        house.clock.move(A_SECOND)
    assert channel.asked == 2, "it goes on when the time is over"


def test_later_from_one_provider_leaves_the_other_channels_alone(house: House):
    outbox = paced(house, sms=1000, email=1000)
    house.sms.faults = [Busy("20429", "Later.", retry_after=30)]
    queue(house, "text", address=number(1))
    queue(house, "mail", "digest", "owen@council.example", "email")
    outbox.drain()
    assert (len(house.sms.sent), len(house.email.sent)) == (0, 1)
    with house.database.reading() as session:
        free_at = throttle.bounds(session, house.clock.now().date()).free_at["sms"]
    assert timedelta(seconds=30) < free_at - house.clock.now() < timedelta(seconds=40)
    assert not outbox.send(ids(house)["text"])


def test_a_wait_that_makes_no_sense_holds_a_channel_for_minutes_alone(house: House):
    outbox = paced(house, sms=1000)
    house.sms.faults = [Busy("20429", "Later.", retry_after=1e9)]
    queue(house, "first", address=number(1))
    outbox.drain()
    queue(house, "second", address=number(2))
    house.clock.move(timedelta(minutes=20))
    outbox.drain()
    assert house.sms.texts_to(number(2)) == ["second"]
