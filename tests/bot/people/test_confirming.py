"""Whether a number is theirs still: after half a year, after it took no texts, after the case has moved on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.talks.ways import fresh_since
from store.council import data_notes
from store.tables import ContactPoint
from tests.bot.people.acting import confirm, freeze, known_since, log, notes, point, stands, unsettled
from tests.bot.sending.queueing import outcome, queue
from tests.bot.talks.playing import agree_to_telegram, at, begin, remind, reply
from tests.builders import House, make_case

ASKED = ("asked", None)
UNCONFIRMED = ("not_asked", "number_unconfirmed")
A_MOMENT = timedelta(seconds=1)


def long_ago(house: House) -> datetime:
    """A moment just so long ago that whose a number is must be confirmed."""
    return fresh_since(house.clock.now())


@pytest.mark.parametrize(
    ("known", "becomes"),
    [
        (at(6, 10, 30), ASKED),
        (at(6, 11, 31, month=4), ASKED),
        (at(6, 11, 30, month=4), UNCONFIRMED),
        (at(5, 12, month=4), UNCONFIRMED),
        (at(6, 12, month=3), UNCONFIRMED),
    ],
)
def test_a_number_is_trusted_for_six_months_by_the_calendar(house: House, known: datetime, becomes: tuple):
    make_case(house)
    known_since(house, known)
    house.ask()
    assert stands(house) == becomes
    assert notes(house) == ([("EH-1001", "number_unconfirmed")] if becomes == UNCONFIRMED else [])


def test_a_chat_that_its_person_has_bound_grows_no_older(house: House):
    made = make_case(house)
    agree_to_telegram(house, made.person_id)
    known_since(house, long_ago(house))
    assert house.ask() == 1
    assert house.said() == []


def test_a_worker_who_confirms_it_lets_what_is_due_be_asked(house: House):
    make_case(house)
    known_since(house, long_ago(house))
    house.ask()
    house.clock.move(timedelta(hours=1))
    assert confirm(house)
    assert (stands(house), notes(house), unsettled(house)) == (("offered", None), [], 0)
    assert house.ask() == 1
    assert log(house) == [("Mo Manager", "confirmed an address (sms)", "person 1")]


def test_a_stage_finds_a_number_that_is_too_old_at_once(house: House):
    made = make_case(house)
    known_since(house, long_ago(house))
    with house.database.writing() as session:
        data_notes.settle(session, made.person_id, "sms", house.clock.now())
    house.ask()
    assert notes(house) == [("EH-1001", "number_unconfirmed")]
    house.ask()
    assert unsettled(house) == 1, "told once, however often it is looked at"


@pytest.mark.parametrize(
    ("closed", "opens"),
    [
        (None, True),
        ("undeliverable", True),
        ("wrong_number", False),
        ("unsafe", False),
        ("worker_number", False),
        ("replaced", False),
    ],
)
def test_confirming_opens_what_took_no_texts_and_nothing_that_is_somebody_elses(
    house: House, closed: str | None, opens: bool
):
    make_case(house)
    with house.database.writing() as session:
        session.execute(update(ContactPoint).values(closed_because=closed))
    assert confirm(house) is opens
    assert point(house).closed_because == (None if opens else closed)
    assert len(log(house)) == opens


def test_an_address_that_nobody_has_is_not_confirmed(house: House):
    make_case(house)
    assert not confirm(house, address="+447700900055")
    assert not confirm(house, person_id=77)
    assert not confirm(house, channel="telegram")


def test_a_number_that_takes_no_texts_for_good_must_be_confirmed(house: House):
    make_case(house)
    with house.database.writing() as session:
        session.execute(update(ContactPoint).values(closed_because="undeliverable"))
    assert house.ask() == 0
    assert stands(house) == UNCONFIRMED
    house.clock.move(A_MOMENT)
    assert confirm(house)
    assert (stands(house), house.ask()) == (("offered", None), 1)


def test_when_a_case_moves_everybody_on_it_rests_until_confirmed(house: House):
    make_case(house)
    assert [freeze(house), freeze(house)] == [1, 0]
    assert notes(house) == [("EH-1001", "number_unconfirmed")]
    assert house.ask() == 0
    assert stands(house) == UNCONFIRMED
    house.clock.move(timedelta(minutes=1))
    assert confirm(house)
    assert (point(house).frozen_because, stands(house), notes(house)) == (None, ("offered", None), [])


def test_who_confirms_before_anything_is_due_keeps_it_offered(house: House):
    make_case(house)
    freeze(house)
    confirm(house)
    assert house.ask() == 1


def test_what_waits_for_a_frozen_address_is_dropped_and_nobody_is_reminded(house: House):
    begin(house)
    said = house.said()
    queue(house, "hello", "invitation", conversation_id=1)
    freeze(house)
    house.service.outbox.drain()
    assert outcome(house, "hello") == ("dropped", "address_frozen")
    house.clock.at = at(12, 12)
    assert remind(house) == 0
    assert house.said() == said


@pytest.mark.parametrize(
    ("replies", "is_known"),
    [
        (("GO",), True),
        (("GO", "7"), True),
        (("not today",), False),
        (("wrong number mate",), False),
        (("STOP",), False),
        (("who are you",), False),
    ],
)
def test_who_begins_the_questions_shows_that_the_number_is_theirs(house: House, replies: tuple, is_known: bool):
    make_case(house)
    before = house.clock.now() - timedelta(days=90)
    known_since(house, before)
    house.ask()
    reply(house, *replies)
    assert (point(house).confirmed_at > before) is is_known


@pytest.mark.parametrize(("said", "is_known"), [("1", True), ("2", False)])
def test_on_a_shared_phone_only_who_says_so_is_known(house: House, said: str, is_known: bool):
    make_case(house, reached=at(2, 12).date())
    make_case(house, reference="EH-2")
    before = house.clock.now() - timedelta(days=90)
    known_since(house, before)
    known_since(house, before, 2)
    house.ask()
    reply(house, said, "GO")
    assert (point(house).confirmed_at > before) is is_known
    assert point(house, 2).confirmed_at == before


def test_an_answer_thaws_nothing(house: House):
    begin(house)
    freeze(house)
    reply(house, "GO")
    assert point(house).frozen_because == "moved_away"
