"""What crosses in the database: a stop from its writer and the same stop from the provider, receipts before records."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bot.chats.links import Links
from bot.conversation.effects import OptedOut
from bot.invitations.asking import Inviter
from bot.outbox import Outbox
from bot.receipts import Receipts
from bot.sending import undeliverable
from bot.talks.carry_out import Line, heed_stops
from bot.talks.moving import FallBack
from channels.base import Receipt
from store.council import contacts, optouts
from store.sending import claimed, outbox
from store.session import Session
from store.tables import Alert, ContactPoint, EarlyReceipt, Invitation, Message
from store.talks import conversations
from tests.bot.sending.queueing import queue
from tests.builders import MUM, House, make_case
from tests.fakes import FakeChannel

ON_POSTGRES = pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
PATIENCE = 20.0
DEAD = Receipt("sms", "sms-1", "undelivered", "30005", permanent=True, explanation="The number does not exist.")


def until_someone_waits(house: House) -> None:
    """Wait until one connection to this database waits for a lock of another."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with house.database.reading() as session:
            if session.scalar(waiting):
                return
        time.sleep(0.02)
    pytest.fail("nobody waits for a lock")


def beside(house: House, act: Callable[[Session], object]) -> tuple[threading.Thread, list[Exception]]:
    """Do something in a transaction of its own, in a thread of its own."""
    faults: list[Exception] = []

    def run() -> None:
        try:
            with house.database.writing() as session:
                act(session)
        except Exception as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, faults


def first_message(session: Session, house: House) -> claimed.Claimed:
    row = session.execute(claimed.WITH_FACTS.where(Message.direction == "out")).mappings().first()
    assert row is not None
    return claimed.read(row, house.clock.now())


@ON_POSTGRES
def test_a_stop_and_the_providers_word_of_it_wait_for_each_other_in_one_order(house: House):
    make_case(house)
    house.ask()

    def refused(session: Session) -> None:
        ours = first_message(session, house)
        undeliverable.follow_up(session, ours, house.clock.now(), opted_out=True, dead_address=False)

    with house.database.writing() as session:
        assert conversations.open_at(session, "sms", MUM) is not None
        thread, faults = beside(house, refused)
        until_someone_waits(house)
        heed_stops(session, Line("sms", MUM, 1), [OptedOut()], house.clock.now())
    thread.join(PATIENCE)
    assert faults == []


@ON_POSTGRES
def test_a_block_waits_for_what_its_person_has_just_written(house: House):
    make_case(house)
    house.ask()
    with house.database.writing() as session:
        assert conversations.open_at(session, "sms", MUM) is not None
        thread, faults = beside(house, lambda other: undeliverable.blocked(other, "sms", MUM, house.clock.now()))
        until_someone_waits(house)
        heed_stops(session, Line("sms", MUM, 1), [OptedOut()], house.clock.now())
    thread.join(PATIENCE)
    assert faults == []


@ON_POSTGRES
def test_a_chat_that_is_left_for_its_persons_age_waits_for_what_they_have_just_written(house: House):
    make_case(house)
    house.ask()

    def leave(session: Session) -> None:
        undeliverable.too_young(session, first_message(session, house), "too_young", house.clock.now())

    with house.database.writing() as session:
        assert conversations.open_at(session, "sms", MUM) is not None
        thread, faults = beside(house, leave)
        until_someone_waits(house)
        contacts.close(session, "sms", MUM, "blocked")
    thread.join(PATIENCE)
    assert faults == []


@ON_POSTGRES
def test_what_comes_in_during_a_deadlock_is_taken_in_as_ever(house: House):
    make_case(house)
    house.ask()
    with house.database.writing() as session:
        optouts.begin(session, "sms", MUM, house.clock.now())
        thread = threading.Thread(target=house.text, args=("STOP",))
        thread.start()
        until_someone_waits(house)
        assert conversations.open_at(session, "sms", MUM) is not None, "the one who wrote was to give way"
    thread.join(PATIENCE)
    with house.database.reading() as session:
        assert session.scalars(select(Alert.id)).all() == []
        assert session.get_one(Invitation, 1).status == "declined"


@ON_POSTGRES
@pytest.mark.parametrize("state", ["40P01", "40001"])
def test_a_transaction_that_had_to_give_way_is_done_once_more_and_not_a_third_time(house: House, state: str):
    done: list[int] = []
    give_way = text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")

    def act(session: Session) -> None:
        done.append(len(done))
        if len(done) != 2:
            session.execute(give_way)

    house.database.transact(act)
    assert done == [0, 1]
    with pytest.raises(DBAPIError):
        house.database.transact(lambda session: session.execute(give_way))


@ON_POSTGRES
def test_holding_an_address_waits_for_nobody_who_takes_a_message_there(house: House):
    for key in ("first", "second"):
        queue(house, key)
    later = house.clock.now() + timedelta(minutes=1)
    with house.database.writing() as session:
        session.execute(select(Message.id).where(Message.key == "first").with_for_update())
        thread, faults = beside(house, lambda other: outbox.hold(other, "sms", MUM, later))
        thread.join(5)
        assert not thread.is_alive(), "it waits"
    assert faults == []


class TellsEarly(FakeChannel):
    """A provider whose receipt is there before its answer to us."""

    def __init__(self, house: House, receipt: Receipt) -> None:
        super().__init__("sms")
        self._house, self._receipt = house, receipt

    def send(self, message):
        sent = super().send(message)
        Receipts(self._house.database, self._house.clock).record(self._receipt)
        return sent


class Killed(BaseException):
    """What nothing catches, as kill -9."""


def killed(*_: object) -> bool:
    raise Killed


def broken(*_: object) -> bool:
    raise ValueError("with words in it")


def outbox_of(house: House, channel: FakeChannel, fall_back: FallBack) -> Outbox:
    """Somebody is asked through this channel; who sends it comes to nothing in what follows."""
    make_case(house)
    council = house.service.council
    make_link = Links.of(council).for_invitation
    Inviter(house.database, house.service.catalogue, council, house.clock, make_link).send_due()
    return Outbox(house.database, {"sms": channel}, house.clock, timedelta(seconds=30), fall_back=fall_back)


def test_a_worker_killed_over_an_early_receipt_leaves_it_for_the_next(house: House):
    channel = TellsEarly(house, DEAD)
    with pytest.raises(Killed):
        outbox_of(house, channel, killed).send_next()
    with house.database.reading() as session:
        assert session.scalars(select(EarlyReceipt.status)).all() == ["undelivered"]
    house.clock.move(timedelta(minutes=2))
    Outbox(house.database, {"sms": channel}, house.clock, timedelta(seconds=30)).drain()
    assert len(channel.sent) == 1
    with house.database.reading() as session:
        assert session.scalars(select(ContactPoint.closed_because)).one() == "undeliverable"
        assert session.get_one(Invitation, 1).status == "unreachable"
        assert session.scalars(select(EarlyReceipt.id)).all() == []


def test_what_follows_from_an_early_receipt_may_fail_and_the_record_stands_all_the_same(house: House):
    channel = TellsEarly(house, DEAD)
    outbox_of(house, channel, broken).drain()
    with house.database.reading() as session:
        ours = select(Message.status, Message.error_code, Message.provider_id).where(Message.provider_id == "sms-1")
        assert session.execute(ours).one() == ("undelivered", "30005", "sms-1")
    assert len(channel.sent) == 2, "each of the two first texts once"
