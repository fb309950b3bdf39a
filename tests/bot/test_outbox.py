"""Sending: once, in order, and never silently lost."""

from datetime import timedelta

from sqlalchemy import select

from bot.receipts import Receipts
from channels.base import Receipt
from channels.errors import BadAddress, Busy, OptedOut, TimedOut, Unreachable
from store.sending import outbox
from store.tables import ContactPoint, Invitation, Message, OptOut
from store.talks import messages
from store.talks.messages import Queued
from tests.builders import MUM, House, make_case


def queue(house: House, *texts: str, address: str = MUM, kind: str = "reply") -> None:
    with house.database.writing() as session:
        waiting = [Queued("sms", address, text, kind, f"{address}:{text}") for text in texts]
        messages.queue(session, waiting, house.clock.now())


def statuses(house: House) -> list[tuple[str, str]]:
    with house.database.reading() as session:
        return [(message.text, message.status) for message in session.scalars(select(Message).order_by(Message.id))]


def test_messages_to_one_address_go_in_order_and_wait_for_each_other(house: House) -> None:
    queue(house, "first", "second")
    house.sms.faults = [Unreachable("down", "No connection.")]
    assert house.service.outbox.drain() == 1
    assert house.said() == [], "the second must not overtake the first"
    house.clock.move(timedelta(seconds=30))
    house.service.outbox.drain()
    assert house.said() == ["first", "second"]


def test_another_address_does_not_wait(house: House) -> None:
    queue(house, "held up")
    queue(house, "hello", address="+447700900002")
    house.sms.faults = [Unreachable("down", "No connection.")]
    house.service.outbox.drain()
    assert house.said("+447700900002") == ["hello"]


def test_a_reply_to_a_person_goes_before_an_invitation(house: House) -> None:
    queue(house, "invitation", address="+447700900002", kind="invitation")
    queue(house, "reply")
    house.service.outbox.drain()
    assert [message.text for message in house.sms.sent] == ["reply", "invitation"]


def test_what_the_provider_had_taken_is_adopted_and_not_sent_again(house: House) -> None:
    queue(house, "once")
    house.sms.loses_answer = TimedOut("timeout", "No answer.")
    house.service.outbox.drain()
    house.clock.move(timedelta(minutes=1))
    house.service.outbox.drain()
    assert house.said() == ["once"]
    assert statuses(house) == [("once", "accepted")]


def test_the_same_words_said_twice_on_purpose_are_sent_twice(house: House) -> None:
    queue(house, "Sorry?")
    house.service.outbox.drain()
    with house.database.writing() as session:
        messages.queue(session, [Queued("sms", MUM, "Sorry?", "reply", "again")], house.clock.now())
    house.sms.faults = [TimedOut("timeout", "No answer.")]
    house.service.outbox.drain()
    house.clock.move(timedelta(minutes=1))
    house.service.outbox.drain()
    assert house.said() == ["Sorry?", "Sorry?"]


def test_a_message_whose_sender_died_is_taken_over_when_its_lease_is_over(house: House) -> None:
    queue(house, "left lying")
    with house.database.writing() as session:
        assert outbox.claim(session, house.clock.now(), timedelta(seconds=30)) is not None
    assert house.service.outbox.drain() == 0, "the lease still runs"
    house.clock.move(timedelta(seconds=31))
    house.service.outbox.drain()
    assert statuses(house) == [("left lying", "accepted")]


def test_nothing_goes_to_someone_who_has_said_stop(house: House) -> None:
    queue(house, "too late")
    with house.database.writing() as session:
        session.add(OptOut(channel="sms", address=MUM, began_at=house.clock.now()))
    house.service.outbox.drain()
    assert house.said() == []
    assert statuses(house) == [("too late", "dropped")]


def test_a_stop_that_the_provider_reports_is_an_event(house: House) -> None:
    make_case(house)
    house.sms.faults = [OptedOut("21610", "The person has said stop.")]
    house.ask()
    with house.database.reading() as session:
        assert session.scalars(select(OptOut.address)).one() == MUM
        assert session.get_one(Invitation, 1).status == "declined"
    assert house.said() == []


def test_a_dead_number_is_not_used_again(house: House) -> None:
    make_case(house)
    house.sms.faults = [BadAddress("21211", "Not a number that can take texts.")]
    house.ask()
    with house.database.reading() as session:
        assert session.scalars(select(ContactPoint.closed_because)).one() == "undeliverable"
        assert session.get_one(Invitation, 1).status == "unreachable"


def test_statuses_move_forwards_only_and_may_come_before_our_own_record(house: House) -> None:
    receipts = Receipts(house.database, house.clock)
    receipts.record(Receipt("sms", "sms-1", "delivered"))
    queue(house, "early")
    house.service.outbox.drain()
    assert statuses(house) == [("early", "delivered")]
    for late in ("sent", "accepted", "undelivered"):
        receipts.record(Receipt("sms", "sms-1", late))
    assert statuses(house) == [("early", "delivered")]
    receipts.record(Receipt("sms", "sms-1", "read"))
    assert statuses(house) == [("early", "read")]


def test_a_busy_provider_is_left_in_peace_for_as_long_as_it_asks(house: House) -> None:
    queue(house, "patience")
    house.sms.faults = [Busy("20429", "Too many requests.", retry_after=60)]
    house.service.outbox.drain()
    house.clock.move(timedelta(seconds=59))
    assert house.service.outbox.drain() == 0
    house.clock.move(timedelta(seconds=2))
    assert house.service.outbox.drain() == 1
