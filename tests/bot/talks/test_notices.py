"""What people ask of the service itself: each wish raises one alert, with its reason, in the right mailbox."""

from __future__ import annotations

from typing import get_args

import pytest
from sqlalchemy import func, select

from bot.conversation.effects import NOTICE_LABELS, Notice
from console.words import REASONS
from store.tables import Alert, Answer
from tests.bot.talks.playing import TO_FIRST_WORDS, answers, at, begin, noticed, raised, reply
from tests.builders import DUTY_MOBILE, House

DUTY, COMPLAINTS, DATA = "duty@council.example", "complaints@council.example", "data@council.example"
COMPLAINT = "I want to complain about the worker, she never rings back and was rude to my mum"


@pytest.mark.parametrize(
    ("replies", "reason", "mailbox"),
    [
        (("can someone call me",), "person_wanted", DUTY),
        (("ADVOCATE",), "advocate", DUTY),
        (("OTHER",), "other_format", DUTY),
        (("what do u have on me",), "access_request", DATA),
        (("delete what i said",), "erasure_request", DATA),
        ((COMPLAINT, "1"), "complaint", COMPLAINTS),
        ((COMPLAINT, "3"), "complaint_call", COMPLAINTS),
        ((COMPLAINT, "purple", "elephant"), "complaint_unsure", COMPLAINTS),
    ],
)
def test_each_wish_raises_one_alert_in_its_own_mailbox(
    house: House, replies: tuple[str, ...], reason: str, mailbox: str
):
    begin(house, *TO_FIRST_WORDS)
    reply(house, *replies)
    assert raised(house) == [(reason, "amber")]
    (mail,) = house.email.sent
    assert mail.address == mailbox
    usual = "What was said, and by whom, stands there after sign-in. It is not in this mail on purpose."
    told = (mail.text.replace(usual, "") + (mail.subject or "")).split()
    assert not {word for word in " ".join(replies).split() if len(word) > 3} & set(told)
    assert house.said(DUTY_MOBILE) == [], "an amber alert is no reason to text"


@pytest.mark.parametrize(
    "words", ["can someone call me", "what do u have on me", "delete what i said", "ADVOCATE", "OTHER"]
)
def test_a_wish_is_no_answer_and_leaves_the_question_open(house: House, words: str):
    begin(house, *TO_FIRST_WORDS, words)
    assert "q6" not in answers(house)
    reply(house, "she listens")
    assert answers(house)["q6"] == "she listens"


@pytest.mark.parametrize("words", ["can someone call me", "what do u have on me", "delete what i said", "HELP"])
def test_a_wish_is_heard_where_no_questions_are_open(house: House, words: str):
    reply(house, words)
    assert len(raised(house)) == 1
    assert len(house.said()) >= 1


def test_help_by_day_is_amber_and_at_night_after_a_sign_of_worry_red(house: House):
    begin(house, "GO", "HELP")
    assert raised(house)[-1][1] == "amber"
    house.clock.at = at(6, 23, 10)
    house.text("HELP")
    assert raised(house)[-1] == ("help", "red_today")
    assert len(house.said(DUTY_MOBILE)) == 1
    assert any("until Wed" in text for text in house.said()[-2:])


def test_a_second_sign_of_worry_is_looked_at_the_same_day(house: House):
    begin(house, "GO", "5 we have no money left", "2 we still have no money left")
    assert [severity for _, severity in raised(house)][-1] == "red_today"
    assert noticed(house) == ["worry_again"]


def test_the_same_message_raises_one_alert_whatever_is_noticed_in_it(house: House):
    begin(house, "GO", "HELP")
    house.clock.move(at(6, 12) - at(6, 11))
    house.text("HELP")
    with house.database.reading() as session:
        per_message = select(func.count()).select_from(Alert).group_by(Alert.message_id)
        assert set(session.scalars(per_message)) == {1}


@pytest.mark.parametrize("reason", get_args(Notice))
def test_the_console_has_words_for_every_reason(reason: Notice):
    assert REASONS[reason] == NOTICE_LABELS[reason]


@pytest.mark.parametrize("words", ["STOP", "stop texting me", "koniec", "Stop. Thank you", "fuck off"])
@pytest.mark.parametrize("before", [(), ("GO",), TO_FIRST_WORDS])
def test_a_stop_is_never_an_answer(house: House, words: str, before: tuple[str, ...]):
    begin(house, *before)
    given = answers(house)
    reply(house, words)
    assert answers(house) == given
    with house.database.reading() as session:
        comments = session.scalars(select(Answer.comment).where(Answer.comment.is_not(None))).all()
    assert words not in comments


@pytest.mark.parametrize("words", ["END", "cancel", "quit"])
def test_a_word_that_may_mean_something_else_is_read_soon_after_a_sign_of_worry(house: House, words: str):
    begin(house, "GO", "5 we have no money left", words)
    assert noticed(house)[-1] == "read_thread"
    assert raised(house)[-1] == ("read_thread", "amber")
