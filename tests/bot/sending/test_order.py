"""What goes first, what waits for what, and taking up one message by its id."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select, event, text

from bot.outbox import Outbox
from channels.base import Outgoing, Sent
from channels.errors import BadAddress, Unreachable
from store.sending import outbox as rows
from store.sending.outbox import ALL_LANES
from store.talks.messages import LIFETIMES
from tests.bot.sending.queueing import ids, outcome, queue
from tests.builders import House
from tests.fakes import FakeChannel

DOWN = Unreachable("down", "No connection.")
LEASE = timedelta(seconds=30)
OTHER = "+447700900002"


def test_kinds_leave_in_their_order(house: House):
    kinds = ("reminder", "invitation", "confirmation", "alert", "reply")
    for place, kind in enumerate(kinds):
        queue(house, kind, kind, address=f"+44770090010{place}")
    house.service.outbox.drain()
    assert [message.text for message in house.sms.sent] == list(reversed(kinds))


def test_what_may_go_now_is_listed_in_order_and_taken_up_one_by_one(house: House):
    queue(house, "invitation", "invitation", OTHER)
    queue(house, "reply")
    queue(house, "behind it")
    queue(house, "later", address="+447700900003", not_before=house.clock.now() + timedelta(hours=1))
    named = ids(house)
    assert house.service.outbox.due(10) == [named["reply"], named["invitation"]]
    assert not house.service.outbox.send(named["behind it"])
    assert not house.service.outbox.send(named["later"])
    assert house.service.outbox.send(named["reply"])
    assert not house.service.outbox.send(named["reply"]), "it has gone already"
    assert house.service.outbox.due(10) == [named["behind it"], named["invitation"]]
    assert house.service.outbox.due(1) == [named["behind it"]]


def test_a_message_whose_lease_is_over_is_due_again(house: House):
    queue(house, "left lying")
    with house.database.writing() as session:
        assert rows.claim(session, house.clock.now(), LEASE) is not None
    assert house.service.outbox.due(10) == []
    assert not house.service.outbox.send(ids(house)["left lying"])
    house.clock.move(timedelta(seconds=31))
    assert house.service.outbox.due(10) == [ids(house)["left lying"]]
    assert house.service.outbox.send(ids(house)["left lying"])
    assert outcome(house, "left lying") == ("accepted", None)


def test_an_earlier_and_less_urgent_message_goes_before_a_reply_to_the_same_address(house: House):
    queue(house, "asked", "invitation")
    queue(house, "somebody else", "invitation", OTHER)
    queue(house, "answered")
    assert house.service.outbox.due(1) == [ids(house)["asked"]]
    house.service.outbox.drain()
    assert [message.text for message in house.sms.sent] == ["asked", "answered", "somebody else"]


def test_what_is_given_up_or_dropped_lets_the_next_one_go(house: House):
    queue(house, "dead")
    queue(house, "too old", not_after=house.clock.now() - timedelta(seconds=1))
    queue(house, "next")
    house.sms.faults = [BadAddress("21614", "Not a mobile.")]
    house.service.outbox.drain()
    assert house.said() == ["next"]
    assert outcome(house, "too old") == ("dropped", "too_old")


def test_what_waits_behind_a_message_that_is_put_back_is_looked_at_when_that_one_is(house: House):
    for key in ("first", "second", "third"):
        queue(house, key)
    house.sms.faults = [DOWN]
    house.service.outbox.drain()
    with house.database.reading() as session:
        moments = set(session.scalars(text("SELECT next_attempt_at FROM messages")))
    assert len(moments) == 1, "a row that cannot go must not be looked at again and again"
    house.clock.move(timedelta(seconds=30))
    house.service.outbox.drain()
    assert house.said() == ["first", "second", "third"]


def test_a_lane_that_is_held_back_holds_nothing_else_up(house: House):
    queue(house, "asked", "invitation")
    queue(house, "answered")
    urgent = tuple(lane for lane in ALL_LANES if lane.priority < 5)
    with house.database.writing() as session:
        claimed = rows.claim(session, house.clock.now(), LEASE, lanes=urgent)
    assert claimed is not None
    assert claimed.text == "answered"
    with house.database.writing() as session:
        assert rows.claim(session, house.clock.now(), LEASE, ids(house)["asked"], lanes=urgent) is None
        assert rows.claim(session, house.clock.now(), LEASE, lanes=()) is None


def test_a_message_for_a_channel_that_is_not_set_up_waits_and_says_why(house: House):
    outbox = Outbox(house.database, {"sms": house.sms}, house.clock, LEASE)
    queue(house, "hello", address="4711", channel="telegram")
    assert outbox.due(5) == [ids(house)["hello"]]  # workers elsewhere are told of it too, who then write down why
    outbox.drain()
    assert outcome(house, "hello") == ("queued", "no_channel")
    house.clock.move(LIFETIMES["reply"] + timedelta(seconds=1))
    outbox.drain()
    assert outcome(house, "hello") == ("dropped", "too_old")


def plan_of(house: House, statement: Select[Any]) -> str:
    """How the database would look for the next message of a lane."""
    explain = "EXPLAIN QUERY PLAN " if house.database.is_sqlite else "EXPLAIN "

    def rewrite(_connection: Any, _cursor: Any, asked: str, values: Any, *_rest: Any) -> tuple[str, Any]:
        return explain + asked, values

    with house.database.engine.connect() as connection:
        if not house.database.is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")
        event.listen(connection, "before_cursor_execute", rewrite, retval=True)
        answer = connection.execute(statement, {"now": house.clock.now(), "limit": 1})
        return "\n".join(str(row[-1]) for row in answer.cursor.fetchall())  # type: ignore[union-attr]


def test_finding_the_next_one_walks_over_nothing_that_cannot_go(house: House):
    lanes = tuple(lane for lane in ALL_LANES if lane.channel == "sms")
    for queue_of_lane in rows._statements(lanes).queues[1:]:
        plan = plan_of(house, queue_of_lane)
        assert "ix_messages_due" in plan
        assert "ix_messages_unsent_address" in plan
        for costly in ("SCAN", "TEMP B-TREE", "Sort", "Seq Scan"):
            assert costly not in plan


class OneAtATime(FakeChannel):
    """A channel that several threads may use."""

    lock = threading.Lock()

    def send(self, message: Outgoing) -> Sent:
        with self.lock:
            return super().send(message)


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_several_workers_send_everything_once_and_each_address_in_order(house: House):
    addresses = [f"+4477009001{number:02}" for number in range(15)]
    for address in addresses:
        for place in range(4):
            queue(house, f"{address}:{place}", address=address)
    channel = OneAtATime("sms")
    outbox = Outbox(house.database, {"sms": channel}, house.clock, LEASE)
    workers = [threading.Thread(target=lambda: [outbox.send_next() for _ in range(100)]) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert {address: channel.texts_to(address) for address in addresses} == {
        address: [f"{address}:{place}" for place in range(4)] for address in addresses
    }
