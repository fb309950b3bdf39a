"""Surveys that change, answers that are taken back, and states of a later version of the service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot import alerts
from bot.access import Viewer
from bot.clock import SetClock
from bot.shown import alert_views
from bot.tagging import tag_waiting
from store.tables import Alert, Answer, Conversation, Message, Tag
from surveys.catalogue import Catalogue
from tests.bot.digesting import everything_said, make_due, page
from tests.bot.talks.playing import (
    LONG,
    TO_FIRST_WORDS,
    answers,
    begin,
    comment,
    heard,
    raised,
    read_by,
    reply,
    settle,
    talk,
    waiting,
)
from tests.builders import COUNCIL, DEFINITIONS, House, make_case, make_house

LATER_FORMAT = '{"format": 99, "phase": "singing"}'


def with_a_second_version() -> Catalogue:
    """The surveys, and a new version of the parents' review that asks its first question in other words."""
    review = DEFINITIONS.get("parent_review")
    first, *others = review.questions
    second = review.model_copy(
        update={"version": 2, "questions": (first.model_copy(update={"ask": "How is it at home?"}), *others)}
    )
    return Catalogue([*DEFINITIONS.latest(), second], review.messages, DEFINITIONS.languages)


def test_a_conversation_goes_on_with_the_version_that_it_began_with(house: House):
    begin(house, "GO", "7", "1")
    house = make_house(house.database, house.clock, catalogue=with_a_second_version())
    reply(house, "2 but late", "back", "1")
    with house.database.reading() as session:
        assert set(session.scalars(select(Answer.survey_version))) == {1}
    other = "+447700900002"
    make_case(house, mobile=other, reference="EH-1002")
    house.ask()
    reply(house, "GO", "7", address=other)
    assert "How is it at home?" in house.said(other)[-2]
    with house.database.reading() as session:
        assert session.scalars(select(Answer.survey_version).where(Answer.conversation_id == 2)).all() == [2]


def test_going_back_replaces_the_answer_and_what_was_made_of_it(house: House):
    manager = begin(house, *TO_FIRST_WORDS, "She is awful, rude and always late")
    tag_waiting(house.database, house.clock)
    reply(house, "BACK")
    assert comment(house, "q6") == "She is awful, rude and always late", "it stands until another takes its place"
    reply(house, "She is wonderful and kind")
    assert tag_waiting(house.database, house.clock) == 1
    with house.database.reading() as session:
        answer = session.scalars(select(Answer).where(Answer.question == "q6")).one()
        assert answer.comment == "She is wonderful and kind"
        assert session.get_one(Tag, answer.id).sentiment == "positive"
        assert session.scalar(select(func.count()).select_from(Tag)) == 1
    assert read_by(house, manager) == ["She is wonderful and kind"]
    assert heard(house)[-3:] == ["She is awful, rude and always late", "BACK", "She is wonderful and kind"]
    make_due(house)
    assert everything_said(page(house, manager)) == ["She is wonderful and kind"]


def test_going_back_over_a_reply_in_parts_replaces_all_of_it(house: House):
    manager = begin(house, *TO_FIRST_WORDS)
    reply(house, LONG, "and so on", pause=timedelta(seconds=5))
    settle(house)
    reply(house, "BACK", "The school run")
    assert read_by(house, manager) == ["The school run"]


def test_a_number_that_takes_the_place_of_a_number_is_counted_once(house: House):
    begin(house, "GO", "7", "3", "BACK", "1")
    assert answers(house) == {"q1": 7, "q2": 1}


def test_a_clarified_reply_keeps_the_words_that_were_not_clear(house: House):
    manager = begin(house, "GO", "7", "purple elephants", "1")
    assert answers(house)["q2"] == 1
    assert read_by(house, manager) == ["purple elephants"]


def unreadable(house: House) -> None:
    with house.database.writing() as session:
        session.get_one(Conversation, 1).state = LATER_FORMAT


def test_a_message_for_a_conversation_of_a_later_format_is_kept_for_a_person_to_read(house: House):
    begin(house, "GO")
    unreadable(house)
    said = house.said()
    reply(house, "she listens to us")
    assert heard(house)[-1] == "she listens to us"
    assert raised(house) == [("unread", "red_today")]
    assert (house.said(), talk(house).state) == (said, LATER_FORMAT)


def test_parts_that_cannot_be_taken_up_are_given_to_a_person_once(house: House):
    begin(house, *TO_FIRST_WORDS)
    reply(house, LONG, "and so on", pause=timedelta(seconds=5))
    unreadable(house)
    assert settle(house) == 1
    assert raised(house) == [("unread", "red_today")]
    assert (waiting(house), settle(house), len(raised(house))) == ([], 0, 1)
    with house.database.reading() as session:
        texts = session.scalars(select(Message.text).where(Message.direction == "in").order_by(Message.id)).all()
    assert texts[-2:] == [LONG, "and so on"]


def test_a_conversation_that_cannot_be_read_hides_no_alert_and_can_be_released(house: House):
    begin(house, "GO", "he hit me")
    unreadable(house)
    duty = Viewer(1, "duty")
    with house.database.reading() as session:
        assert len(alert_views.standing(session, duty)) == 1
        reference = session.scalars(select(Alert.reference)).one()
    with house.database.writing() as session:
        assert alerts.acknowledge(session, reference, duty, house.clock.now())
        assert alerts.release(session, reference, duty, "seen", catalogue=DEFINITIONS, now=house.clock.now())
    assert talk(house).state == LATER_FORMAT


@pytest.mark.parametrize("state", ["", "[]", "null", '{"format": 1}', '{"format": "1"}', LATER_FORMAT])
def test_whatever_stands_in_a_state_no_word_is_lost(sqlite, clock: SetClock, state: str):
    house = make_house(sqlite, clock, COUNCIL)
    begin(house, "GO")
    with house.database.writing() as session:
        session.get_one(Conversation, 1).state = state
    reply(house, "STOP", "hello", LONG)
    assert heard(house)[-3:] == ["STOP", "hello", LONG]
    assert raised(house) == [("unread", "red_today")] * 3
