"""Receipts that arrive while the message they are about is being written down: none of them may be lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, select

from bot.receipts import UNKNOWN_FOR, Receipts, forget_unknown
from channels.base import Receipt
from store.sending import outbox, outcomes
from store.sending.claimed import Claimed
from store.sending.outcomes import Word
from store.tables import EarlyReceipt, Message
from store.talks import messages
from store.talks.messages import Queued
from tests.builders import MUM, House

DELIVERED = Word("sms", "SM1", "delivered")


def claim(house: House) -> Claimed:
    with house.database.writing() as session:
        messages.queue(session, [Queued("sms", MUM, "x", "reply", "k")], house.clock.now())
    with house.database.writing() as session:
        claimed = outbox.claim(session, house.clock.now(), timedelta(seconds=30))
    assert claimed is not None
    return claimed


def outcome(house: House) -> tuple[list[str], list[str]]:
    """The message's status, and the receipts that were left over."""
    with house.database.reading() as session:
        return list(session.scalars(select(Message.status))), list(session.scalars(select(EarlyReceipt.status)))


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_receipt_that_found_nothing_looks_again_before_it_is_kept(house: House):
    claimed = claim(house)
    with house.database.writing() as receiving:
        assert not outcomes.move_on(receiving, DELIVERED)
        assert not outcomes.is_known(receiving, "sms", "SM1")
        with house.database.writing() as sending:
            outcomes.record_sent(sending, claimed.id, "SM1", "accepted", house.clock.now())
        outcomes.keep_early(receiving, DELIVERED, house.clock.now())
    assert outcome(house) == (["delivered"], [])


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_receipt_is_not_lost_where_the_message_is_written_down_just_after_it_was_looked_for(house: House):
    waiting = [claim(house)]

    def write_down(_: Connection, __: object, statement: str, *___: object) -> None:
        if waiting and statement.startswith("UPDATE messages"):
            claimed = waiting.pop()
            with house.database.writing() as sending:
                outcomes.record_sent(sending, claimed.id, "SM1", "accepted", house.clock.now())

    event.listen(house.database.engine, "after_cursor_execute", write_down)
    Receipts(house.database, house.clock).record(Receipt("sms", "SM1", "delivered"))
    assert outcome(house) == (["delivered"], [])


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_receipt_waits_for_a_record_that_is_being_written(house: House):
    claimed = claim(house)
    receipt = Receipt("sms", "SM1", "delivered")
    receiving = threading.Thread(target=Receipts(house.database, house.clock).record, args=(receipt,))
    with house.database.writing() as sending:
        outcomes.record_sent(sending, claimed.id, "SM1", "accepted", house.clock.now())
        receiving.start()
        receiving.join(0.5)
        assert receiving.is_alive(), "the receipt did not wait for the record"
    receiving.join(10)
    assert outcome(house) == (["delivered"], [])


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_record_waits_for_a_receipt_that_is_being_kept(house: House):
    claimed = claim(house)

    def record() -> None:
        with house.database.writing() as session:
            outcomes.record_sent(session, claimed.id, "SM1", "accepted", house.clock.now())

    sending = threading.Thread(target=record)
    with house.database.writing() as receiving:
        outcomes.keep_early(receiving, DELIVERED, house.clock.now())
        sending.start()
        sending.join(0.5)
        assert sending.is_alive(), "the record did not wait for the receipt"
    sending.join(10)
    assert outcome(house) == (["delivered"], [])


def test_what_was_said_of_messages_that_were_never_ours_is_forgotten_after_a_fortnight(house: House):
    receipts = Receipts(house.database, house.clock)
    receipts.record(Receipt("sms", "SM-of-another-program", "delivered"))
    house.clock.move(UNKNOWN_FOR)
    receipts.record(Receipt("sms", "SM-of-today", "delivered"))
    assert forget_unknown(house.database, house.clock.now()) == 0
    house.clock.move(timedelta(minutes=1))
    assert forget_unknown(house.database, house.clock.now()) == 1
    assert forget_unknown(house.database, house.clock.now()) == 0
    with house.database.reading() as session:
        assert list(session.scalars(select(EarlyReceipt.provider_id))) == ["SM-of-today"]
