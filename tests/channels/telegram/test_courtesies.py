"""What the bot does at once besides: showing what was pressed, and leaving groups. Its failure harms nothing."""

from __future__ import annotations

import time

import pytest

from channels.base import Choices, Outgoing
from channels.telegram import Courtesies, Incoming
from channels.telegram.courtesies import GOODBYE, NOT_OPEN
from tests.channels.telegram.conftest import ELLA
from tests.standins.telegram_updates import MEDIA, group, private

BETTER = Choices("q3", ((1, "Better"), (2, "Worse")))
GROUP = -100123


@pytest.fixture
def events():
    return []


@pytest.fixture
def incoming(chat, events) -> Incoming:
    return Incoming(events.append, events.append, events.append, Courtesies(chat.line))


def eventually(look):
    deadline = time.monotonic() + 10
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def asked(telegram, chat, text="How is it?") -> dict:
    chat.send(Outgoing(str(ELLA), text, "k", choices=BETTER))
    return telegram.messages[-1]


def press(telegram, incoming, question, data="q3:2"):
    update = telegram.press(ELLA, data, question)
    telegram.meet(update)
    incoming.take_in(update)
    return update["callback_query"]["id"]


def test_a_press_is_acknowledged_and_shows_what_was_chosen(telegram, chat, incoming, events):
    query = press(telegram, incoming, asked(telegram, chat))
    eventually(lambda: telegram.texts_to(ELLA) == ["How is it?\n\n✓ 2 Worse"])
    assert telegram.answered == [query]
    assert "reply_markup" not in telegram.messages[0]
    assert [event.button for event in events] == ["q3"]


def test_of_two_buttons_pressed_in_a_hurry_the_one_that_counted_is_shown_and_both_are_acknowledged(telegram, chat):
    question = asked(telegram, chat)
    counted = iter([True, False])
    incoming = Incoming(lambda _: next(counted), print, print, Courtesies(chat.line))
    queries = [press(telegram, incoming, question, data) for data in ("q3:1", "q3:2")]
    eventually(lambda: len(telegram.answered) == 2)
    eventually(lambda: {"editMessageText", "editMessageReplyMarkup"} <= set(telegram.calls))
    eventually(lambda: "✓" in telegram.texts_to(ELLA)[0])
    chat.close()
    assert sorted(telegram.answered) == sorted(queries)
    assert telegram.texts_to(ELLA) == ["How is it?\n\n✓ 1 Better"]
    assert telegram.calls.count("editMessageText") == 1


def test_a_press_that_answered_nothing_is_shown_as_no_answer(telegram, chat):
    question = asked(telegram, chat)
    incoming = Incoming(lambda _: False, print, print, Courtesies(chat.line))
    query = press(telegram, incoming, question)
    eventually(lambda: "reply_markup" not in telegram.messages[0])
    assert telegram.texts_to(ELLA) == ["How is it?"]
    assert telegram.answered == [query]
    assert telegram.toasts == [NOT_OPEN]


def test_where_there_is_no_room_to_show_it_the_buttons_go(telegram, chat, incoming):
    press(telegram, incoming, asked(telegram, chat, text="x" * 4096))
    eventually(lambda: "reply_markup" not in telegram.messages[0])
    assert telegram.texts_to(ELLA) == ["x" * 4096]


def test_under_a_message_that_telegram_has_forgotten_the_buttons_go(telegram, chat, incoming):
    question = asked(telegram, chat)
    press(telegram, incoming, {"message_id": question["message_id"], "chat": private(ELLA), "date": 0})
    eventually(lambda: "reply_markup" not in telegram.messages[0])
    assert telegram.texts_to(ELLA) == ["How is it?"]
    assert len(telegram.answered) == 1


def test_a_press_that_telegram_no_longer_waits_for_is_kept_and_shown_all_the_same(telegram, chat, incoming, events):
    question = asked(telegram, chat)
    incoming.take_in(telegram.press(ELLA, "q3:2", question))
    eventually(lambda: telegram.texts_to(ELLA) == ["How is it?\n\n✓ 2 Worse"])
    assert (telegram.answered, telegram.calls.count("answerCallbackQuery")) == ([], 1)
    assert [event.text for event in events] == ["2"]


@pytest.mark.parametrize("trouble", ["go_down", "answer_nonsense"])
def test_trouble_at_telegram_keeps_nothing_from_being_kept(telegram, chat, incoming, events, trouble):
    question = asked(telegram, chat)
    getattr(telegram, trouble)()
    press(telegram, incoming, question)
    incoming.take_in(telegram.member(group(), "member", before="left"))
    chat.close()
    assert [event.text for event in events] == ["2"]


def test_a_slow_telegram_keeps_nobody_waiting(telegram, chat, incoming, events):
    question = asked(telegram, chat)
    telegram.answer_slowly(3)
    began = time.monotonic()
    press(telegram, incoming, question)
    assert time.monotonic() - began < 1
    assert len(events) == 1


@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_a_group_is_left_with_one_neutral_line(telegram, chat, incoming, events, kind):
    for update in (
        telegram.member(group(GROUP, kind), "member", before="left"),
        telegram.text(1, "hello all", chat=group(GROUP, kind)),
    ):
        telegram.meet(update)
        incoming.take_in(update)
    eventually(lambda: len(telegram.left) == 2)
    chat.close()
    assert telegram.texts_to(GROUP) == [GOODBYE]
    assert set(telegram.left) == {GROUP}
    assert events == []
    assert "Early Help" not in GOODBYE


def test_a_channel_is_left_without_a_word(telegram, incoming, events):
    incoming.take_in(telegram.member(group(GROUP, "channel"), "administrator", before="left"))
    eventually(lambda: telegram.left == [GROUP])
    assert (telegram.messages, events) == ([], [])


def test_a_group_that_lets_nobody_speak_is_left_all_the_same(telegram, incoming):
    telegram.block(GROUP, "Forbidden: bot is not a member of the supergroup chat")
    incoming.take_in(telegram.member(group(GROUP), "restricted", before="left"))
    eventually(lambda: telegram.left == [GROUP])
    assert telegram.messages == []


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_where_the_bot_was_thrown_out_there_is_nothing_to_leave(telegram, chat, incoming, status):
    incoming.take_in(telegram.member(group(GROUP), status))
    chat.close()
    assert telegram.calls == []


@pytest.mark.parametrize("kind", MEDIA)
def test_no_file_is_ever_fetched(telegram, chat, incoming, events, kind):
    incoming.take_in(telegram.media(ELLA, kind))
    chat.send(Outgoing(str(ELLA), "Words only, please.", "k"))
    assert (telegram.sins, telegram.calls) == ([], ["sendMessage"])
    assert [event.media_count for event in events] == [1]


def test_without_a_bot_everything_is_kept_and_nobody_is_courteous_with(telegram, events):
    incoming = Incoming(events.append, events.append, events.append)
    incoming.take_in(telegram.press(ELLA, "q3:2", telegram.message(ELLA, text="?")))
    assert [event.button for event in events] == ["q3"]
