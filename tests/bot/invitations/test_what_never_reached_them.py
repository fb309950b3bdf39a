"""Who was asked and never reached has not been told of us, and does not wait for the cap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from channels.errors import BadAddress
from store.tables import ContactPoint
from tests.bot.invitations.stages import at, reach, standing
from tests.bot.people.acting import ask_without_sending, bar, lift
from tests.bot.talks.playing import reply
from tests.builders import MUM, House, MadeCase, make_case

DEAD = BadAddress("dead", "No such number.")
NEW = "+447700900002"
INTRODUCED = "A few questions on the help from Sam. Sam's manager reads the answers."


def new_number(house: House, made: MadeCase) -> None:
    with house.database.writing() as session:
        confirmed = house.clock.now()
        session.add(ContactPoint(person_id=made.person_id, channel="sms", address=NEW, confirmed_at=confirmed))


@pytest.fixture
def unreached(house: House) -> House:
    """The first text of all went to a dead number; a new one is known three days later, and the next review is due."""
    made = make_case(house)
    house.sms.faults = [DEAD]
    house.ask()
    assert (standing(house, 1)[0], house.said()) == ("unreachable", [])
    house.clock.at = at("2026-10-08 11:00")
    new_number(house, made)
    reach(house, made, "review", date(2026, 10, 7))
    return house


def test_the_first_text_that_reaches_somebody_says_who_we_are(unreached: House):
    assert unreached.ask() == 1
    assert INTRODUCED in unreached.said(NEW)[0]


def test_whoever_has_been_reached_before_is_told_once_only(house: House):
    made = make_case(house)
    house.ask()
    reply(house, "GO", "7", "END")
    house.clock.at = at("2026-11-04 11:00")
    reach(house, made, "review", date(2026, 11, 3))
    house.sms.faults = [DEAD]
    house.ask()
    new_number(house, made)
    house.clock.at = at("2026-12-08 11:00")
    reach(house, made, "review", date(2026, 12, 7))
    assert house.ask() == 1
    assert INTRODUCED not in house.said(NEW)[0]


def test_a_stranger_who_was_told_who_we_are_is_not_the_person(house: House):
    made = make_case(house)
    house.ask()
    reply(house, "wrong number mate")
    new_number(house, made)
    house.clock.at = at("2026-11-04 11:00")
    reach(house, made, "review", date(2026, 11, 3))
    assert house.ask() == 1
    assert INTRODUCED in house.said(NEW)[0]


def test_what_never_reached_somebody_does_not_count_for_the_cap(unreached: House):
    assert unreached.ask() == 1
    assert standing(unreached, 2) == ("asked", None)


def test_who_was_barred_before_the_first_words_left_is_asked_about_the_next_stage(house: House):
    made = make_case(house)
    assert ask_without_sending(house) == 1
    bar(house, reason="in_hospital")
    house.service.outbox.drain()
    assert (standing(house, 1)[0], house.said()) == ("unreachable", [])
    house.clock.move(timedelta(days=2))
    lift(house)
    assert standing(house, 1)[0] == "unreachable", "that conversation has ended, and is not begun again"
    reach(house, made, "review", date(2026, 10, 7))
    assert house.ask() == 1
    assert INTRODUCED in house.said(MUM)[0]
