"""Handing out to workers elsewhere: urgent things first, never too much, and nothing is lost where Redis is away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.clock import SetClock, SystemClock
from bot.outbox import Outbox
from bot.sending.limits import Limits
from bot.sending.workers.broker import LATER, SOON, Broker
from bot.sending.workers.dispatcher import MOST_WAITING, Dispatcher
from channels.errors import Unreachable
from store.session import Database
from store.talks import messages
from store.talks.messages import Queued
from tests.builders import MUM, House, make_house
from tests.standins.redis import RedisServer


@dataclass
class FakeQueues:
    """Queues in a dict, which may be away."""

    ids: dict[str, list[int]] = field(default_factory=lambda: {SOON: [], LATER: []})
    away: bool = False

    @contextmanager
    def line(self) -> Iterator[FakeQueues]:
        if self.away:
            raise ConnectionError("a word that belongs in no log: zebra")
        yield self

    def waiting(self, queue: str) -> int:
        return len(self.ids[queue])

    def put(self, queue: str, ids: Sequence[int]) -> None:
        self.ids[queue].extend(ids)

    def take_all(self) -> list[int]:
        taken, self.ids = self.ids[SOON] + self.ids[LATER], {SOON: [], LATER: []}
        return taken


@pytest.fixture
def queues() -> FakeQueues:
    return FakeQueues()


@pytest.fixture
def dispatcher(house: House, queues: FakeQueues) -> Dispatcher:
    return Dispatcher(house.service.outbox, house.database, house.clock, queues)


def queue(house: House, kind: str, *addresses: str, text: str = "hello") -> None:
    with house.database.writing() as session:
        waiting = [Queued("sms", address, text, kind, f"{address}:{text}") for address in addresses]
        messages.queue(session, waiting, house.clock.now())


def numbers(count: int) -> list[str]:
    return [f"+447700900{number + 100:03}" for number in range(count)]


def test_what_a_person_waits_for_goes_into_the_queue_that_is_emptied_first(
    house: House, dispatcher: Dispatcher, queues: FakeQueues
) -> None:
    queue(house, "invitation", *numbers(2))
    queue(house, "reply", MUM)
    assert dispatcher.hand_out() == 3
    assert queues.ids == {SOON: [3], LATER: [1, 2]}


def test_a_queue_that_nobody_empties_does_not_grow_and_does_not_keep_replies_back(
    house: House, dispatcher: Dispatcher, queues: FakeQueues
) -> None:
    queue(house, "invitation", *numbers(MOST_WAITING + 50))
    handed_out = [dispatcher.hand_out() for _ in range(5)]
    assert handed_out == [MOST_WAITING, 0, 0, 0, 0]
    queue(house, "reply", MUM)
    assert dispatcher.hand_out() == 1
    assert queues.waiting(SOON) == 1


def test_what_waits_in_a_queue_is_not_put_in_again(house: House, dispatcher: Dispatcher, queues: FakeQueues) -> None:
    queue(house, "reply", *numbers(3))
    assert [dispatcher.hand_out(), dispatcher.hand_out()] == [3, 0]
    assert queues.ids[SOON] == [1, 2, 3]


def test_what_redis_has_lost_is_handed_out_again_and_sent_once(
    house: House, dispatcher: Dispatcher, queues: FakeQueues
) -> None:
    queue(house, "reply", MUM)
    dispatcher.hand_out()
    lost = queues.take_all()
    dispatcher.hand_out()
    for message_id in (*queues.take_all(), *lost):
        dispatcher.send(message_id)
    assert house.said() == ["hello"]


def test_where_redis_is_away_nothing_is_raised_and_all_is_handed_out_when_it_is_back(
    house: House, dispatcher: Dispatcher, queues: FakeQueues, caplog: pytest.LogCaptureFixture
) -> None:
    queue(house, "reply", MUM)
    queues.away = True
    assert dispatcher.hand_out() == 0
    queues.away = False
    assert dispatcher.hand_out() == 1
    assert "nothing could be handed out (ConnectionError)" in caplog.text
    assert "zebra" not in caplog.text


def test_the_next_text_of_a_conversation_does_not_wait_for_the_clock(
    house: House, dispatcher: Dispatcher, queues: FakeQueues
) -> None:
    for text in ("first", "second", "third"):
        queue(house, "reply", MUM, text=text)
    assert dispatcher.hand_out() == 1, "the later ones wait for the first"
    turns = 0
    while taken := queues.take_all():
        turns += 1
        assert turns <= 3, "it goes round in circles"
        for message_id in taken:
            dispatcher.send(message_id)
    assert house.said() == ["first", "second", "third"]


def test_a_text_that_could_not_be_sent_draws_nothing_after_it(
    house: House, dispatcher: Dispatcher, queues: FakeQueues
) -> None:
    for text in ("first", "second"):
        queue(house, "reply", MUM, text=text)
    house.sms.faults = [Unreachable("down", "No connection.")]
    dispatcher.hand_out()
    (first,) = queues.take_all()
    dispatcher.send(first)
    dispatcher.send(first + 1)
    left = [dispatcher.send(message_id) for message_id in queues.take_all()]
    assert (house.said(), len(left) <= 1, queues.take_all()) == ([], True, []), (
        "what is held back must not go in circles"
    )
    house.clock.move(timedelta(seconds=30))
    dispatcher.hand_out()
    dispatcher.send(*queues.take_all())
    dispatcher.send(*queues.take_all())
    assert house.said() == ["first", "second"]


def test_a_worker_waits_for_the_next_turn_of_a_channel_instead_of_giving_its_message_up(
    sqlite: Database, clock: SetClock, queues: FakeQueues
) -> None:
    house, now = make_house(sqlite, clock), SystemClock()
    clock.move(now.now() - clock.now())
    limits = Limits(a_second={"sms": 4})
    paced = Outbox(sqlite, house.service.channels, now, timedelta(seconds=30), limits=limits)
    dispatcher = Dispatcher(paced, sqlite, now, queues)
    queue(house, "reply", *numbers(6))
    for message_id in range(1, 7):
        dispatcher.send(message_id)
    assert len(house.sms.sent) == 6


@pytest.mark.redis
def test_redis_is_given_the_id_of_a_row_and_nothing_else(house: House, redis: RedisServer) -> None:
    queue(house, "reply", MUM, text="zebra")
    broker = Broker(redis.url, longest=timedelta(seconds=60))
    assert Dispatcher(house.service.outbox, house.database, house.clock, broker).hand_out() == 1
    with broker.celery.connection_for_read() as connection:
        task = connection.SimpleQueue(SOON).get_nowait()
    (arguments, keywords, _) = task.payload
    assert (arguments, keywords, task.content_type) == ([1], {}, "application/json")
    assert "zebra" not in json.dumps(task.headers)
    assert MUM not in json.dumps(task.headers)


@pytest.mark.redis
def test_a_redis_that_takes_connections_and_answers_nothing_holds_nobody_up_for_long(
    sqlite: Database, clock: SetClock, redis: RedisServer
) -> None:
    house = make_house(sqlite, clock)
    queue(house, "reply", MUM)
    broker = Broker(redis.url, longest=timedelta(seconds=60))
    options = broker.celery.conf.broker_transport_options
    assert options["visibility_timeout"] > broker.celery.conf.task_time_limit > 60
    dispatcher = Dispatcher(house.service.outbox, house.database, house.clock, broker)
    redis.freeze()
    assert dispatcher.hand_out() == 0
    redis.go_on()
    assert dispatcher.hand_out() == 1


def test_a_redis_behind_tls_must_prove_who_it_is() -> None:
    broker = Broker("rediss://redis.council.example:6380/0", longest=timedelta(seconds=60))
    with broker.celery.connection_for_write() as connection:
        assert connection.ssl["ssl_cert_reqs"].name == "CERT_REQUIRED"
