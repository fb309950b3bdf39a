"""Receipts that say for good that nothing arrives: the address is closed, and the team is told what to put right."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.receipts import Receipts
from bot.sending.failing import PASSING
from channels.base import Receipt, Sent
from channels.errors import BadAddress, TimedOut
from store.council import data_notes
from store.session import Session
from store.tables import ContactPoint, DataNote, Invitation, Message, OptOut
from tests.builders import MUM, House, make_case
from tests.fakes import FakeChannel

DEAD = Receipt("sms", "sms-1", "undelivered", "30005", permanent=True, explanation="The number does not exist.")
STOPPED = Receipt("sms", "sms-1", "failed", "21610", explanation="They have told Twilio to stop.", opted_out=True)


def record(house: House, *receipts: Receipt) -> None:
    for receipt in receipts:
        Receipts(house.database, house.clock).record(receipt)


def closed_because(session: Session) -> str | None:
    return session.scalars(select(ContactPoint.closed_because)).one()


def is_closed_and_noted(house: House) -> None:
    with house.database.reading() as session:
        assert closed_because(session) == "undeliverable"
        assert session.get_one(Invitation, 1).status == "unreachable"
        (note,) = data_notes.standing(session)
        assert (note.cases, note.worker, note.channel) == ("EH-1001", "Sam Worker", "sms")
        assert MUM not in str(note)
        assert "Jo" not in str(note)


@pytest.mark.parametrize("when", ["after", "before"])
def test_it_counts_whether_it_comes_after_or_before_our_own_record(house: House, when: str):
    make_case(house)
    if when == "before":
        record(house, DEAD)
    house.ask()
    if when == "after":
        record(house, DEAD)
    is_closed_and_noted(house)


@pytest.mark.parametrize("when", ["after", "before"])
def test_a_stop_that_a_receipt_brings_is_heeded_whenever_it_comes(house: House, when: str):
    make_case(house)
    if when == "before":
        record(house, STOPPED)
    house.ask()
    if when == "after":
        record(house, STOPPED)
    with house.database.reading() as session:
        assert session.scalars(select(OptOut.address)).all() == [MUM]
        assert session.get_one(Invitation, 1).status == "declined"
        assert closed_because(session) is None


class FailedMeanwhile(FakeChannel):
    """A provider that says, when it is asked, that the message which it took has failed."""

    def find(self, *args, **kwargs) -> Sent | None:
        found = super().find(*args, **kwargs)
        return found and Sent(found.provider_id, "undelivered")


def test_what_had_failed_for_good_before_it_was_found_at_its_provider_counts_too(house: House):
    make_case(house)
    house.service.channels["sms"] = FailedMeanwhile(loses_answer=TimedOut("timed_out", "No answer."))
    house.ask()
    record(house, DEAD)
    house.clock.move(timedelta(minutes=1))
    house.service.outbox.drain()
    is_closed_and_noted(house)
    with house.database.reading() as session:
        found = select(Message.status, Message.error_code).where(Message.provider_id == "sms-1")
        assert session.execute(found).one() == ("undelivered", "30005")


def test_it_counts_once_however_often_it_comes(house: House):
    make_case(house)
    house.ask()
    record(house, DEAD, DEAD, Receipt("sms", "sms-1", "sent"))
    is_closed_and_noted(house)
    with house.database.reading() as session:
        assert len(session.scalars(select(DataNote)).all()) == 1
        assert session.scalars(select(Message.status).where(Message.provider_id == "sms-1")).one() == "undelivered"


def test_what_was_delivered_before_is_not_undone_by_a_late_word(house: House):
    make_case(house)
    house.ask()
    record(house, Receipt("sms", "sms-1", "delivered"), DEAD)
    with house.database.reading() as session:
        assert closed_because(session) is None
        assert data_notes.standing(session) == []


def test_a_failure_that_may_pass_closes_nothing(house: House):
    make_case(house)
    house.ask()
    record(house, Receipt("sms", "sms-1", "undelivered", "30008"))
    with house.database.reading() as session:
        assert closed_because(session) is None


@pytest.mark.parametrize("when", ["after", "before"])
def test_a_message_that_was_taken_and_not_delivered_is_noted_once_until_something_goes_there_again(
    house: House, when: str
):
    passing = Receipt("sms", "sms-1", "undelivered", "30003", explanation="The phone is off.")
    make_case(house)
    if when == "before":
        record(house, passing, passing)
    house.ask()
    if when == "after":
        record(house, passing, passing)
    with house.database.reading() as session:
        (note,) = data_notes.standing(session)
        assert (note.code, note.explanation) == (data_notes.NEVER_TAKEN, f"{PASSING} The phone is off.")
        assert len(session.scalars(select(DataNote)).all()) == 1
    house.clock.move(timedelta(minutes=5))
    house.text("GO")
    with house.database.reading() as session:
        assert data_notes.standing(session) == []


def test_who_had_a_dead_number_before_is_not_noted_for_it(house: House):
    make_case(house)
    earlier = make_case(house, reference="EH-2002", mobile="+447700900002")
    with house.database.writing() as session:
        left = ContactPoint(person_id=earlier.person_id, channel="sms", address=MUM, closed_because="removed")
        session.add(left)
        data_notes.note_trouble(session, "sms", MUM, "30005", "Dead.", house.clock.now())
    with house.database.reading() as session:
        assert session.scalars(select(DataNote.person_id)).all() == [1]


def test_a_provider_that_refuses_an_address_at_once_is_noted_too_and_settled_by_a_new_number(house: House):
    made = make_case(house)
    house.sms.faults = [BadAddress("21614", "Not a mobile.")]
    house.ask()
    is_closed_and_noted(house)
    with house.database.reading() as session:
        assert [note.code for note in data_notes.standing(session, line_manager_id=made.manager_id)] == ["21614"]
        assert data_notes.standing(session, line_manager_id=made.worker_id) == []
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=made.person_id, channel="sms", address="+447700900077"))
    with house.database.reading() as session:
        assert data_notes.standing(session) == []


def test_a_receipt_for_a_message_that_is_nobodys_is_kept_and_breaks_nothing(house: House):
    record(house, Receipt("sms", "unknown", "undelivered", "30005", permanent=True))
    house.text("hello", address="+447700900555")
    assert len(house.said("+447700900555")) <= 1


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_receipts_that_race_leave_the_furthest_status(house: House):
    make_case(house)
    house.ask()
    ladder = ("accepted", "sent", "delivered", "read", "undelivered", "sent")
    threads = [
        threading.Thread(target=record, args=(house, Receipt("sms", "sms-1", status)))  # type: ignore[arg-type]
        for status in ladder
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    house.clock.move(timedelta(seconds=1))
    with house.database.reading() as session:
        assert session.scalars(select(Message.status).where(Message.provider_id == "sms-1")).one() == "read"
