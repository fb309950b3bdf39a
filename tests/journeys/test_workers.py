"""Workers on Redis, killed in the middle and left alone by it: every text goes out once and in order."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from store.tables import Message
from store.talks import messages
from store.talks.messages import Queued
from tests.journeys.running import eventually, kill_group
from tests.journeys.town import MUM, Town
from tests.standins.redis import RedisServer

pytestmark = [
    pytest.mark.journey,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.parametrize("town", ["postgres"], indirect=True),
]

LONGER_THAN_A_LEASE = timedelta(minutes=2)
OTHER = "+447700900102"
ADDRESSES, TEXTS_EACH = 50, 4

Worker = subprocess.Popen[bytes]
HireWorker = Callable[[], Worker]


@pytest.fixture
def hire(town: Town, redis: RedisServer) -> Iterator[HireWorker]:
    """What starts a worker; the town's service hands out to it."""
    town.service.environment |= {"REDIS_URL": redis.url, "OUTBOX_WORKERS": "2", "SMS_A_SECOND": "1000"}
    town.service.command("migrate")
    hired: list[Worker] = []

    def start() -> Worker:
        hired.append(town.service.begin("worker"))
        return hired[-1]

    yield start
    town.twilio.release()
    for worker in hired:
        kill_group(worker)


def queue(town: Town, *waiting: Queued):
    with town.database.writing() as session:
        messages.queue(session, waiting, town.clock.now())


def hand_out(town: Town):
    """What the clock does every few seconds."""
    town.service.command("jobs", "run", "outbox")


def test_a_conversation_goes_on_in_order_and_leaves_no_words_in_the_log(town: Town, hire: HireWorker):
    worker = hire()
    town.ask_mum()
    for words in ("GO", "7", "much better since the zebra came"):
        assert town.text(MUM, words).status_code == 200
        town.wait_until_all_is_sent()
    said = [text[:3] for text in town.texts_to(MUM)]
    assert said[2:4] == ["1/8", "2/8"]
    assert len(said) == len(set(town.texts_to(MUM)))
    worker.terminate()
    assert worker.wait(20) == 0
    assert "zebra" not in town.service.output.read_text()


def test_a_text_that_twilio_took_while_its_worker_was_killed_is_adopted_by_another(town: Town, hire: HireWorker):
    queue(town, Queued("sms", MUM, "once", "reply", "once"))
    town.twilio.hang_after_accepting()
    first = hire()
    hand_out(town)
    assert town.twilio.wait_until_hanging(20)
    kill_group(first)
    town.twilio.release()
    standing = select(Message.status, Message.provider_id)
    assert town.look_up(standing) == [("sending", None)], "the kill came too late"

    asked_before = len(town.twilio.requests)
    hire()
    hand_out(town)
    assert len(town.twilio.requests) == asked_before, "the lease of the one that was killed still runs"
    town.clock.move(LONGER_THAN_A_LEASE)
    hand_out(town)
    town.wait_until_all_is_sent()
    (taken,) = town.twilio.messages
    assert town.look_up(standing) == [("accepted", taken.sid)]
    assert [request.split()[0] for request in town.twilio.requests[asked_before:]] == ["GET"]


def test_when_redis_comes_back_empty_the_workers_find_back_and_all_is_sent(
    town: Town, hire: HireWorker, redis: RedisServer
):
    town.service.environment["OUTBOX_WORKERS"] = "1"
    hire()
    town.service.start()
    town.twilio.hang_after_accepting()
    town.text(MUM, "hello")
    assert town.twilio.wait_until_hanging(20)
    redis.kill()  # while the worker's only process is busy, so that it cannot say that it has finished
    began = time.monotonic()
    assert town.text(OTHER, "hello").status_code == 200
    assert time.monotonic() - began < 3, "nobody who texts us may wait for Redis"
    town.twilio.release()
    eventually(lambda: "Couldn't ack" in town.service.output.read_text(), "the worker to miss Redis")

    redis.start()
    town.wait_until_all_is_sent()
    assert [len(town.texts_to(number)) for number in (MUM, OTHER)] == [1, 1]


def test_two_workers_drain_two_hundred_texts_each_once_and_in_order(town: Town, hire: HireWorker):
    waiting = [
        Queued("sms", f"+4477009002{number:02}", f"text {place}", "reply", f"{number}:{place}")
        for place in range(TEXTS_EACH)
        for number in range(ADDRESSES)
    ]
    queue(town, *waiting)
    hire()
    hire()
    town.service.start("clock", "web")
    town.wait_until_all_is_sent()
    sent = Counter((message.to, message.body) for message in town.twilio.messages)
    assert sent == dict.fromkeys(((row.address, row.text) for row in waiting), 1)
    in_order = [f"text {place}" for place in range(TEXTS_EACH)]
    assert {tuple(town.texts_to(row.address)) for row in waiting} == {tuple(in_order)}
