"""Parts of long replies outside the usual: to an invitation, to the offer of a complaint, with odd letters, on two phones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from store.tables import Message
from tests.bot.talks.playing import (
    LONG,
    LONGER,
    TO_FIRST_WORDS,
    agree_to_telegram,
    answers,
    begin,
    comment,
    phase,
    reply,
    settle,
    waiting,
)
from tests.builders import House, make_case

SECOND = timedelta(seconds=1)


def texts(house: House, *words: str) -> None:
    reply(house, *words, pause=5 * SECOND)


def test_a_long_reply_to_an_invitation_waits_for_nothing(house: House):
    begin(house)
    house.text(LONG)
    assert waiting(house) == []
    assert "GO" in house.said()[-1]


def test_a_long_reply_to_the_offer_of_a_complaint_fills_no_later_question(house: House):
    begin(house, *TO_FIRST_WORDS, "nothing", "I want to complain about the worker, she never rings back and was rude")
    assert phase(house) == "complaint"
    texts(house, LONG, LONGER)
    settle(house)
    assert phase(house) == "complaint"
    assert "q8" not in answers(house)


@pytest.mark.parametrize("words", ["x" * 1600, "😢" * 200, "nul \x00 " * 60, "שלום " * 60])
def test_whatever_stands_in_parts_is_kept_word_for_word(house: House, words: str):
    begin(house, *TO_FIRST_WORDS)
    texts(house, words, f"{words} again")
    settle(house)
    with house.database.reading() as session:
        kept = session.scalars(select(Message.text).where(Message.direction == "in").order_by(Message.id)).all()
    assert kept[-2:] == [words, f"{words} again"]
    assert comment(house, "q6") == f"{words} {words} again"


def test_each_phone_waits_by_itself(house: House):
    other = "+447700900002"
    make_case(house, mobile=other, reference="EH-1002")
    begin(house, *TO_FIRST_WORDS)
    reply(house, *TO_FIRST_WORDS, address=other)
    texts(house, LONG)
    house.clock.move(10 * SECOND)
    house.text(LONGER, other)
    assert settle(house, 10 * SECOND) == 1
    assert waiting(house) == [LONGER]


def test_long_words_on_telegram_are_taken_at_once_for_nothing_there_is_cut_in_parts(house: House) -> None:
    make_case(house)
    agree_to_telegram(house)
    house.ask()
    for words in ("GO", "SKIP", "SKIP", "SKIP", "SKIP", "SKIP", "the walks we take together after school " * 5):
        house.text(words, "900100", channel="telegram")
    assert waiting(house) == []
    assert [words for words in answers(house).values() if words] == ["the walks we take together after school " * 5]
