"""What is sent follows from the age on the day that it is sent: at 11, at 16, and on the eve of a birthday (scenario 34)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.conversation.state import State
from bot.people.again import look_again_on_birthdays, years_before
from store.tables import Conversation, Invitation
from tests.bot.people.acting import ask_without_sending, correct, decide, stands
from tests.bot.talks.playing import CHAT, agree_to_telegram, answers, at, history, phase, reply, talk
from tests.builders import COUNCIL, DEFINITIONS, House, make_case

TURNS_16 = date(2010, 10, 7)
"""A Wednesday: the day after the one on which these tests begin."""


def young(house: House, born: date) -> None:
    make_case(house, audience="young_person", birth_date=born)


def asked(house: House) -> tuple[str | None, str | None, str]:
    """Survey and age band of the invitation, and the survey of its conversation."""
    with house.database.reading() as session:
        row = session.get_one(Invitation, 1)
        held = session.scalars(select(Conversation)).one()
        assert State.from_json(held.state).survey_id == held.survey_id
        return row.survey_id, row.age_band, held.survey_id


@pytest.fixture
def eve(house: House) -> House:
    """Somebody of 15 who can take part alone, ten to four on the day before their birthday."""
    house.clock.at = at(6, 15, 50)
    young(house, TURNS_16)
    decide(house, may=True)
    return house


def test_on_the_eve_they_are_asked_as_they_are(eve: House):
    assert eve.ask() == 1
    assert asked(eve) == ("yp_11_15_review", "11-15", "yp_11_15_review")
    assert len(eve.said()) == 2


def test_who_is_due_on_the_eve_and_asked_on_the_day_is_asked_as_16(eve: House):
    eve.clock.at = at(7, 12, 30)
    assert eve.ask() == 1
    assert asked(eve) == ("yp_16_25_review", "16-25", "yp_16_25_review")


@pytest.mark.parametrize("leaves", [at(7, 12, 30), at(7, 15, 50), at(8, 12, 30)])
def test_first_words_that_were_left_overnight_are_not_sent_for_the_age_before(eve: House, leaves: datetime):
    ask_without_sending(eve)
    eve.clock.at = leaves
    eve.service.outbox.drain()
    assert eve.said() == []
    for day in (8, 12):
        eve.clock.at = at(day, 12, 31)
        eve.service.outbox.drain()
    assert len(eve.said()) == 2
    assert asked(eve) == ("yp_16_25_review", "16-25", "yp_16_25_review")
    eve.clock.move(timedelta(minutes=5))
    eve.text("GO")
    eve.text("7")
    assert (phase(eve), answers(eve)) == ("asking", {"q1": 7})
    assert [move[1] for move in history(eve)][-3:] == ["asked", "started", "partly_answered"]


def test_a_birthday_between_two_questions_changes_nothing(eve: House):
    eve.ask()
    reply(eve, "GO", "7")
    eve.clock.at = at(7, 12, 30)
    reply(eve, "1")
    assert asked(eve) == ("yp_11_15_review", "11-15", "yp_11_15_review")
    assert phase(eve) == "asking"


def test_who_turns_out_to_be_15_without_a_decision_is_not_asked_what_waits(house: House):
    house.clock.at = at(6, 12, 30)
    young(house, date(2009, 1, 1))
    ask_without_sending(house)
    correct(house, birth_date=date(2012, 1, 1))
    house.service.outbox.drain()
    assert house.said() == []
    assert history(house)[-1] == ("asked", "unreachable", "other_age")


def test_an_age_that_nobody_knows_any_more_sends_nothing(house: House):
    house.clock.at = at(6, 12, 30)
    young(house, date(2009, 1, 1))
    ask_without_sending(house)
    correct(house, birth_date=None)
    for day in (6, 7, 8):
        house.clock.at = at(day, 15, 50)
        house.service.outbox.drain()
    assert house.said() == []
    assert history(house)[-1] == ("asked", "unreachable", "other_age")


@pytest.mark.parametrize(
    ("born", "becomes"),
    [
        (date(2019, 1, 1), ("not_asked", "too_young")),
        (date(2015, 10, 7), ("not_asked", "too_young")),
        (date(2015, 10, 6), ("not_asked", "no_record_of_agreement")),
        (TURNS_16, ("not_asked", "no_record_of_agreement")),
        (date(2010, 10, 6), ("offered", None)),
        (date(2008, 10, 6), ("offered", None)),
    ],
)
def test_who_is_asked_follows_from_the_birth_date(house: House, born: date, becomes: tuple):
    young(house, born)
    assert stands(house) == becomes


def birthdays(house: House) -> int:
    return look_again_on_birthdays(house.database, catalogue=DEFINITIONS, council=COUNCIL, now=house.clock.now())


@pytest.mark.parametrize(
    ("born", "looked_at_on", "becomes"),
    [
        (TURNS_16, at(6, 6), ("not_asked", "no_record_of_agreement")),
        (TURNS_16, at(7, 6), ("offered", None)),
        (TURNS_16, at(11, 6), ("offered", None)),
        (date(2010, 10, 20), at(11, 6), ("not_asked", "no_record_of_agreement")),
        (date(2015, 10, 7), at(7, 6), ("not_asked", "no_record_of_agreement")),
        (date(2015, 10, 8), at(7, 6), ("not_asked", "too_young")),
        (TURNS_16, at(20, 6, month=11), ("not_asked", "no_record_of_agreement")),
    ],
)
def test_a_birthday_is_noticed_even_if_the_day_was_missed(
    house: House, born: date, looked_at_on: datetime, becomes: tuple
):
    young(house, born)
    house.clock.at = looked_at_on
    assert birthdays(house) == (becomes[0] == "offered")
    assert birthdays(house) == 0
    assert stands(house) == becomes


def test_whoever_turns_eight_is_asked_on_the_page_that_a_grown_up_opens(house: House):
    young(house, date(2018, 10, 8))
    kept = (Invitation.age_band, Invitation.survey_id)
    with house.database.reading() as session:
        assert session.execute(select(*kept)).one() == ("under_8", None)
    house.clock.at = at(9, 6)
    birthdays(house)
    with house.database.reading() as session:
        assert session.execute(select(*kept)).one() == ("8-10", "yp_8_10_review")


@pytest.mark.parametrize(
    ("day", "years", "was"),
    [
        (date(2026, 10, 7), 16, date(2010, 10, 7)),
        (date(2028, 2, 29), 16, date(2012, 2, 29)),
        (date(2028, 2, 29), 11, date(2017, 2, 28)),
    ],
)
def test_the_same_day_of_an_earlier_year(day: date, years: int, was: date):
    assert years_before(day, years) == was


def test_a_chat_alone_is_no_line_to_who_is_15(house: House):
    house.clock.at = at(6, 15, 50)
    make_case(house, audience="young_person", birth_date=TURNS_16, mobile=None)
    agree_to_telegram(house)
    decide(house, may=True)
    assert stands(house) == ("offered", None)
    assert house.ask() == 0
    assert stands(house) == ("not_asked", "no_mobile")


@pytest.mark.parametrize(("born", "by_telegram"), [(TURNS_16, False), (date(2010, 10, 6), True)])
def test_telegram_opens_at_16(house: House, born: date, *, by_telegram: bool):
    house.clock.at = at(6, 12, 30) if by_telegram else at(6, 15, 50)
    young(house, born)
    decide(house, may=True)
    agree_to_telegram(house)
    assert house.ask() == 1
    assert (talk(house).channel, bool(house.told(CHAT))) == (("telegram", True) if by_telegram else ("sms", False))
