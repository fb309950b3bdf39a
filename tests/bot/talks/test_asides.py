"""Words beside a conversation: edited messages, and what comes to the line that it has left. Read, and never an answer."""

from __future__ import annotations

from datetime import timedelta

from bot.talks.ways import Way
from channels.base import Received
from tests.bot.talks.playing import (
    CHAT,
    TO_FIRST_WORDS,
    agree_to_telegram,
    answers,
    begin,
    move,
    noticed,
    phase,
    raised,
    read_by,
    reply,
)
from tests.builders import MUM, House

NEUTRAL = "Thanks for your message. A person from our team will read it."


def test_words_to_the_line_that_was_left_are_read_and_answer_nothing(house: House) -> None:
    manager = begin(house, "GO", "7")
    agree_to_telegram(house)
    assert move(house, Way("telegram", CHAT))
    said = len(house.said())
    reply(house, "2", "my old phone works again")
    assert (answers(house), len(house.said()), noticed(house)) == ({"q1": 7}, said, ["aside", "aside"])
    assert read_by(house, manager)[:1] == ["my old phone works again"]
    reply(house, "he hit me")
    assert (house.said()[-1].startswith(NEUTRAL), phase(house)) == (True, "paused")


def test_a_stop_on_the_line_that_was_left_ends_the_questions(house: House) -> None:
    begin(house, "GO", "7")
    agree_to_telegram(house)
    assert move(house, Way("telegram", CHAT))
    reply(house, "STOP")
    assert (phase(house), house.said()[-1][:21]) == ("opted_out", "OK, we've stopped. Yo")


def test_an_edited_message_is_kept_read_and_answers_nothing(house: House) -> None:
    manager = begin(house, *TO_FIRST_WORDS)
    said, kept = house.said(), answers(house)
    house.service.inbox.receive(Received("sms", "edit-1", MUM, "she never rang us", comment_only=True))
    house.service.outbox.drain()
    assert (house.said(), answers(house)) == (said, kept)
    assert read_by(house, manager)[0] == "she never rang us"
    house.service.inbox.receive(Received("sms", "edit-2", MUM, "he hit me", comment_only=True))
    house.service.outbox.drain()
    assert (phase(house), raised(house)) == ("paused", [("concern", "red_today")])
    assert house.said()[-1].startswith(NEUTRAL)
    assert "q6" not in answers(house)


def test_an_edit_leaves_the_parts_of_a_long_reply_waiting(house: House) -> None:
    begin(house, *TO_FIRST_WORDS)
    long = "She has listened to us from the very first day. " * 3
    reply(house, long)
    house.service.inbox.receive(Received("sms", "edit-1", MUM, "x", comment_only=True))
    house.clock.move(timedelta(seconds=20))
    assert house.service.inbox.settle(house.clock.now()) == 1
    assert answers(house)["q6"] == long
