"""What is owed to somebody who wrote before an outage, and what no longer is when it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from channels.errors import Unreachable
from store.council import contacts
from store.tables import Message, Person
from tests.bot.talks.playing import at, begin, phase, reply, stop
from tests.builders import MUM, House

DOWN = Unreachable("down", "No connection.")


def outage(house: House, words: str) -> list[str]:
    """Somebody writes while the provider is away; what they had been told before it."""
    before = house.said()
    house.sms.faults = [DOWN] * 40
    reply(house, words)
    assert house.said() == before, "the provider was to be away"
    return before


def is_back(house: House) -> list[str]:
    """The provider is there again, and all that is due leaves."""
    house.sms.faults = []
    house.service.outbox.drain()
    return house.said()


def mark(house: House, safe_contact: str) -> None:
    with house.database.writing() as session:
        session.execute(update(Person).values(safe_contact=safe_contact))


def leave(house: House) -> None:
    with house.database.writing() as session:
        contacts.close(session, "sms", MUM, "removed")


def codes(house: House) -> list[str | None]:
    with house.database.reading() as session:
        dropped = select(Message.error_code).where(Message.status == "dropped").order_by(Message.id)
        return list(session.scalars(dropped))


@pytest.mark.parametrize(
    ("happens", "code"), [(lambda h: mark(h, "none"), "not_safe_to_text"), (leave, "address_closed")]
)
def test_a_question_that_waited_does_not_go_to_who_may_not_be_texted_any_more(house: House, happens, code: str):
    begin(house)
    before = outage(house, "GO")
    happens(house)
    house.clock.move(timedelta(hours=3))
    assert is_back(house) == before
    assert codes(house) == [code]


@pytest.mark.parametrize("code", ["withdrawn", "case_closed"])
def test_questions_that_wait_are_taken_back_when_the_case_ends_or_is_frozen(house: House, code: str):
    begin(house)
    before = outage(house, "GO")
    stop(house, code, quietly=code == "withdrawn")
    house.clock.move(timedelta(minutes=20))
    assert not any("/" in said for said in is_back(house)[len(before) :])
    assert (codes(house), phase(house)) == ([code], "cancelled")


def test_the_help_numbers_still_reach_somebody_who_may_be_in_danger(house: House):
    begin(house, "GO")
    before = outage(house, "he hit me")
    mark(house, "none")
    leave(house)
    stop(house, "withdrawn", quietly=True)
    house.clock.move(timedelta(hours=10))
    assert "999" in "".join(is_back(house)[len(before) :])


def test_the_confirmation_of_a_stop_goes_whatever_has_changed(house: House):
    begin(house, "GO")
    before = outage(house, "STOP")
    mark(house, "none")
    house.clock.move(timedelta(hours=14))
    assert len(is_back(house)) == len(before) + 1


def test_an_answer_that_an_outage_has_kept_back_wakes_nobody_and_goes_in_the_morning(house: House):
    begin(house)
    before = outage(house, "GO")
    house.clock.at = at(7, 1, 30)
    assert is_back(house) == before
    house.clock.at = at(7, 9, 59)
    assert is_back(house) == before
    house.clock.at = at(7, 10)
    assert len(is_back(house)) > len(before)


def test_who_writes_at_night_is_answered_at_night_and_not_once_more_in_the_morning(house: House):
    begin(house)
    before = outage(house, "GO")
    house.clock.at = at(7, 1, 30)
    is_back(house)
    reply(house, "hello? are you there")
    at_night = house.said()
    assert len(at_night) == len(before) + 1
    house.clock.at = at(7, 10)
    assert is_back(house) == at_night
    assert "overtaken" in codes(house)
