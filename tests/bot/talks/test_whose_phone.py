"""A wrong number, a phone that somebody else reads, and a number that has gone to a stranger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.access import Viewer
from bot.shown.answers import latest
from store.tables import ContactPoint, OptOut
from tests.bot.digesting import make_due, page
from tests.bot.talks.playing import (
    TO_FIRST_WORDS,
    at,
    begin,
    lapse,
    noticed,
    phase,
    raised,
    read_by,
    release_all,
    remind,
    reply,
    status,
)
from tests.builders import DEFINITIONS, MUM, House, make_case

SORRY = "Sorry about that. We've taken this number off our list and won't text it again."
NEUTRAL = "Thanks. You won't get more texts from us."


def points(house: House) -> list[str | None]:
    """Why each person's number is closed, in the order of people and of their numbers."""
    with house.database.reading() as session:
        return list(
            session.scalars(select(ContactPoint.closed_because).order_by(ContactPoint.person_id, ContactPoint.id))
        )


def two_on_the_phone(house: House) -> None:
    make_case(house, reached=date(2026, 10, 3), reference="EH-1002")
    make_case(house, reached=date(2026, 10, 2))
    house.ask()
    reply(house, "1", "GO")


@pytest.mark.parametrize(
    ("words", "reason", "closed", "answered"),
    [
        ("wrong number mate", "wrong_number", [None, "wrong_number"], SORRY),
        ("who is this reading my wifes phone", "unsafe_contact", ["unsafe", "unsafe"], NEUTRAL),
    ],
)
def test_the_line_is_closed_the_last_words_leave_and_a_person_is_told(
    house: House, words: str, reason: str, closed: list, answered: str
):
    two_on_the_phone(house)
    reply(house, words)
    assert points(house) == closed
    assert house.said()[-1] == answered
    assert raised(house) == [(reason, "amber")]
    assert noticed(house) == [reason]
    with house.database.reading() as session:
        assert session.scalars(select(OptOut.ended_at)).one() is None
    assert (status(house, 2), house.email.sent[0].address) == ("unreachable", "duty@council.example")


@pytest.mark.parametrize("words", ["wrong number mate", "who is this reading my wifes phone"])
def test_nothing_is_ever_sent_there_again(house: House, words: str):
    begin(house, "GO", words)
    said = house.said()
    make_case(house, stage="closure", reference="EH-1002", mobile=MUM)
    with house.database.writing() as session:
        session.get_one(ContactPoint, 2).closed_because = "wrong_number"
    for day in (7, 8, 12, 13, 14):
        house.clock.at = at(day, 12)
        reply(house, "hello?", "START", "YES", "HELP", "who is this", "1", words)
        assert (house.ask(), remind(house), lapse(house)) == (0, 0, 0)
    assert house.said() == said


def test_a_child_in_danger_on_a_closed_line_still_reaches_the_duty_desk(house: House):
    begin(house, "GO", "wrong number mate")
    said = house.said()
    reply(house, "he hit me")
    assert raised(house)[-1] == ("concern", "red_today")
    assert house.said() == said


@pytest.mark.parametrize("words", ["wrong number mate", "who is this reading my wifes phone"])
def test_answers_of_the_conversation_are_held_back_until_a_person_has_looked(house: House, words: str):
    manager = begin(house, *TO_FIRST_WORDS, "She is a gem", words)
    assert "She is a gem" not in read_by(house, manager)
    assert read_by(house, manager) == [None, None]
    view = page_of_october(house, manager)
    assert (view.praise, view.concerns, view.other, view.held) == ((), (), (), 2)
    release_all(house)
    assert read_by(house, manager) == [words, "She is a gem"]


def page_of_october(house: House, manager: int):
    house.clock.at = at(2, 9, month=11)
    make_due(house)
    return page(house, manager).view


def test_flags_of_a_conversation_in_doubt_are_held_back_as_well(house: House):
    manager = begin(house, "GO", "2", "wrong number mate")
    assert flags(house, manager) == []
    release_all(house)
    assert flags(house, manager) == ["flag_manager"]


def flags(house: House, manager: int) -> list[str]:
    items = page_of_october(house, manager).needs_you_now.items
    return [item.flag for item in items]


def test_a_doubt_about_one_conversation_holds_back_no_other(house: House):
    begin(house, *TO_FIRST_WORDS, "She is a gem")
    house.clock.move(timedelta(minutes=2))
    other = "+447700900002"
    make_case(house, mobile=other, reference="EH-1002")
    house.ask()
    reply(house, *TO_FIRST_WORDS, "Another gem", address=other)
    reply(house, "wrong number mate")
    with house.database.reading() as session:
        shown = [line.words for line in latest(session, Viewer(99, "duty"), catalogue=DEFINITIONS).answers]
    assert shown == [None, "Another gem", None]


def test_a_number_that_has_gone_to_a_stranger_after_the_questions_closed_is_taken_off_as_well(house: House):
    begin(house, "not today")
    house.clock.move(timedelta(days=20))
    reply(house, "wrong number mate")
    assert (points(house), house.said()[-1]) == (["wrong_number"], SORRY)
    assert raised(house) == [("wrong_number", "amber")]


def test_a_worker_who_records_a_new_number_lets_the_person_be_asked_there(house: House):
    begin(house, "wrong number")
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=1, channel="sms", address="+447700900009"))
    assert points(house) == ["wrong_number", None]
    assert phase(house) == "wrong_number"
