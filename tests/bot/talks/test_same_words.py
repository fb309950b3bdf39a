"""The same words twice: once by the provider, once by a person's thumb, and twice where they answer two questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels.base import Received
from tests.bot.talks.playing import LONG, TO_FIRST_WORDS, answers, begin, comment, heard, raised, reply, settle
from tests.builders import MUM, House

SOON = timedelta(seconds=10)


@pytest.mark.parametrize("words", ["she listens to us", "4 but she is late", "eh?", "HELP", "LATER"])
def test_the_same_words_within_a_minute_are_one_message_to_the_conversation(house: House, words: str):
    begin(house, *TO_FIRST_WORDS)
    house.clock.move(SOON)
    house.text(words, provider_id="SMa")
    said, kept = house.said(), answers(house)
    house.clock.move(SOON)
    house.text(words, provider_id="SMb")
    assert (house.said(), answers(house)) == (said, kept)
    assert heard(house)[-2:] == [words, words]


def test_a_long_reply_that_comes_twice_is_one_answer(house: House):
    begin(house, *TO_FIRST_WORDS)
    reply(house, LONG, pause=SOON)
    settle(house)
    said = house.said()
    reply(house, LONG, pause=SOON)
    settle(house)
    assert (house.said(), "q7" in answers(house), comment(house, "q6")) == (said, False, LONG)


def test_one_and_one_answer_two_questions_once_ours_has_left(house: House):
    begin(house, "GO", "7")
    reply(house, "1", "1", pause=SOON)
    assert answers(house) == {"q1": 7, "q2": 1, "q3": 1}


def test_one_and_one_are_one_answer_while_our_question_has_not_left(house: House):
    begin(house, "GO", "7")
    house.clock.move(SOON)
    for provider_id in ("SMa", "SMb"):
        house.service.inbox.receive(Received("sms", provider_id, MUM, "1"))
    house.service.outbox.drain()
    assert answers(house) == {"q1": 7, "q2": 1}
    assert [text[:3] for text in house.said()][-1] == "3/8"
    assert heard(house)[-2:] == ["1", "1"]


def test_after_a_minute_the_same_words_count_anew(house: House):
    begin(house, *TO_FIRST_WORDS)
    reply(house, "she listens", "she listens", pause=timedelta(seconds=61))
    assert answers(house)["q7"] == "she listens"


def test_one_provider_id_twice_is_one_message(house: House):
    begin(house, "GO")
    for _ in range(2):
        house.text("he hit me", provider_id="SMsame")
    assert raised(house) == [("concern", "red_today")]
    assert heard(house) == ["GO", "he hit me"]
