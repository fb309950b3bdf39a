"""What goes out to Telegram, by the real library against the stand-in, and what its refusals come to."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
from datetime import UTC, datetime

import pytest

from channels import errors
from channels.base import Choices, Outgoing
from channels.telegram import Line
from tests.channels.edges import IMPATIENT, chat_of
from tests.channels.telegram.conftest import ELLA
from tests.standins.telegram import TelegramStandIn

BETTER = Choices("q3", ((1, "Better"), (2, "About the same"), (3, "Worse")))
SENTENCE = "It went well and I was listened to. "


def say(text="How was it?", key="k1", choices=None) -> Outgoing:
    return Outgoing(str(ELLA), text, key, choices=choices)


def rows_of(message) -> list[list[tuple[str, str]]]:
    return [[(b["text"], b["callback_data"]) for b in row] for row in message["reply_markup"]["inline_keyboard"]]


def test_each_option_is_a_button_that_names_its_question_and_its_number(telegram, chat):
    chat.send(say(choices=BETTER))
    (sent,) = telegram.messages
    assert rows_of(sent) == [[("1 Better", "q3:1")], [("2 About the same", "q3:2")], [("3 Worse", "q3:3")]]
    assert sent["text"] == "How was it?"


def test_the_numbers_of_a_scale_stand_side_by_side(telegram, chat):
    chat.send(say(choices=Choices("q1", tuple((n, str(n)) for n in range(11)))))
    rows = rows_of(telegram.messages[0])
    assert [len(row) for row in rows] == [6, 5]
    assert rows[1][-1] == ("10", "q1:10")


@pytest.mark.parametrize(
    "choices",
    [Choices("q3", ((1, "Better"), (2, "Worse")), several=True), Choices("q" * 63, ((1, "Better"), (2, "Worse")))],
    ids=["several may be picked", "a name too long for a button"],
)
def test_options_that_no_button_can_carry_stand_in_the_text_to_be_typed(telegram, chat, choices):
    chat.send(say(choices=choices))
    (sent,) = telegram.messages
    assert sent["text"] == "How was it?\n\n1 Better\n2 Worse"
    assert "reply_markup" not in sent


def test_no_link_is_shown_as_a_preview_and_no_sign_is_taken_for_formatting(telegram, chat):
    text = "See https://council.example/*p*_a_ <b>now</b> & [then](x)"
    chat.send(say(text))
    assert [m["text"] for m in telegram.messages] == [text]
    assert telegram.without_preview == [True]


def test_a_name_is_unique_and_tells_no_chat(chat):
    names = {chat.send(say(key=str(n))).provider_id for n in range(3)}
    assert len(names) == 3
    assert not [name for name in names if str(ELLA) in name]


def test_a_long_text_goes_in_several_messages_with_the_buttons_under_the_last(telegram, chat):
    chat.send(say(SENTENCE * 300, choices=BETTER))
    sent = telegram.messages
    assert len(sent) == 3
    assert [len(m["text"]) <= 4096 and m["text"].endswith("listened to.") for m in sent] == [True] * 3
    assert ["reply_markup" in m for m in sent] == [False, False, True]
    assert " ".join(m["text"] for m in sent) == (SENTENCE * 300).strip()


@pytest.mark.parametrize(
    ("status", "sentence", "error"),
    [
        (429, "Too Many Requests: retry after 3", errors.Busy),
        (500, "Internal Server Error", errors.ProviderFault),
        (403, "Forbidden: bot was blocked by the user", errors.OptedOut),
    ],
)
def test_a_long_text_that_is_broken_off_goes_on_where_it_stopped(telegram, chat, status, sentence, error):
    telegram.refuse_with(status, sentence, after=1)
    with pytest.raises(error):
        chat.send(say(SENTENCE * 300))
    assert len(telegram.messages) == 1
    chat.send(say(SENTENCE * 300))
    assert " ".join(telegram.texts_to(ELLA)) == (SENTENCE * 300).strip()


def test_a_long_text_is_whole_again_for_another_message_and_for_the_same_key_later(telegram, chat):
    telegram.refuse_with(429, "Too Many Requests: retry after 3", after=1)
    with pytest.raises(errors.Busy):
        chat.send(say(SENTENCE * 200, key="broken off"))
    chat.send(say(SENTENCE * 200, key="another"))
    chat.send(say(SENTENCE * 200, key="broken off"))
    chat.send(say(SENTENCE * 200, key="broken off"))
    assert len(telegram.messages) == 1 + 2 + 1 + 2


REFUSALS = [
    (403, "Forbidden: bot was blocked by the user", errors.OptedOut, "blocked"),
    (403, "Forbidden: user is deactivated", errors.BadAddress, "deactivated"),
    (403, "Forbidden: bot can't initiate conversation with a user", errors.BadAddress, "not_begun"),
    (403, "Forbidden: bot was kicked from the group chat", errors.BadAddress, "not_a_private_chat"),
    (403, "Forbidden: bot can't send messages to bots", errors.BadAddress, "not_a_private_chat"),
    (403, "Forbidden: something new", errors.OptedOut, "forbidden"),
    (400, "Bad Request: chat not found", errors.BadAddress, "chat_not_found"),
    (400, "Bad Request: group chat was upgraded to a supergroup chat", errors.BadAddress, "not_a_private_chat"),
    (400, "Bad Request: message is too long", errors.Refused, "too_long"),
    (400, "Bad Request: message text is empty", errors.Refused, "empty"),
    (400, "Bad Request: BUTTON_DATA_INVALID", errors.Refused, "400"),
    (401, "Unauthorized", errors.OurFault, "bad_token"),
    (404, "Not Found", errors.OurFault, "bad_token"),
    (409, "Conflict: terminated by other getUpdates request", errors.OurFault, "conflict"),
    (413, "Request Entity Too Large", errors.Refused, "413"),
    (429, "Too Many Requests: retry after 7", errors.Busy, "429"),
    (500, "Internal Server Error", errors.ProviderFault, "500"),
    (502, "Bad Gateway", errors.ProviderFault, "502"),
    (504, "Gateway Timeout", errors.ProviderFault, "504"),
]


@pytest.mark.parametrize(("status", "sentence", "error", "code"), REFUSALS)
def test_each_refusal_means_one_thing(telegram, chat, status, sentence, error, code):
    telegram.refuse_with(status, sentence)
    with pytest.raises(errors.SendError) as failed:
        chat.send(say())
    assert type(failed.value) is error
    assert failed.value.code == code
    assert failed.value.explanation.endswith(".")


def test_the_pause_that_telegram_asks_for_is_told(telegram, chat):
    telegram.refuse_with(429, "Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(errors.Busy) as failed:
        chat.send(say())
    assert failed.value.retry_after == 7


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"ok":true}', b'{"ok":true,"result":true}', b'{"ok":true,"result":{}}', b"\xff"]
)
@pytest.mark.parametrize("status", [200, 302, 502])
def test_an_answer_without_sense_may_mean_that_the_message_was_taken(telegram, chat, status, body):
    telegram.answer_nonsense(body, status)
    with pytest.raises(errors.ProviderFault) as failed:
        chat.send(say())
    assert failed.value.may_have_been_sent


def test_the_stand_in_is_as_strict_as_the_real_one(telegram, chat):
    telegram.block(5)
    for address, text, error in [
        ("5", "hello", errors.OptedOut),
        ("6", "hello", errors.BadAddress),
        (str(ELLA), "  ", errors.Refused),
        ("-100123", "hello", errors.BadAddress),
        ("+447700900123", "hello", errors.BadAddress),
        ("²", "hello", errors.BadAddress),
    ]:
        with pytest.raises(error):
            chat.send(Outgoing(address, text, "k"))
    assert telegram.messages == []


def test_the_stand_in_takes_one_message_a_second_in_a_chat_where_told_to():
    with TelegramStandIn(per_chat_seconds=60) as telegram, contextlib.closing(chat_of(telegram, timeout=5.0)) as chat:
        telegram.begin(ELLA)
        chat.send(say(key="k1"))
        with pytest.raises(errors.Busy) as failed:
            chat.send(say(key="k2"))
        assert failed.value.retry_after == 1
        assert len(telegram.messages) == 1


def test_nothing_is_handed_in_after_the_time_is_up(telegram):
    hurried = chat_of(telegram)
    telegram.answer_slowly(IMPATIENT * 2)
    with pytest.raises(errors.TimedOut):
        hurried.send(say(SENTENCE * 300))
    telegram.behave()
    hurried.send(say("the next", key="k2"))
    hurried.close()
    assert [text[:8] for text in telegram.texts_to(ELLA)] == ["It went ", "the next"]


def test_what_was_sent_cannot_be_looked_up(telegram, chat):
    chat.send(say())
    assert chat.find(say(), datetime.now(UTC), known=[]) is None
    assert telegram.calls == ["sendMessage"]


@pytest.mark.filterwarnings("ignore:.*fork")  # newer Pythons warn of what is tried here
def test_a_forked_process_sends_with_a_line_of_its_own(telegram, chat):
    """As with gunicorn's preload: the loop's thread does not live on in the child."""
    chat.send(say("before", key="k1"))
    child = os.fork()
    if child == 0:
        try:
            chat.send(say("in the child", key="k2"))
        except BaseException:  # noqa: BLE001 - whatever it was, pytest must not go on in the child
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    chat.send(say("after", key="k3"))
    assert os.waitstatus_to_exitcode(status) == 0
    assert telegram.texts_to(ELLA) == ["before", "in the child", "after"]


def test_a_line_that_was_closed_begins_anew(telegram, chat):
    for key in "ab":
        chat.send(say(key, key=key))
        chat.close()
    assert telegram.texts_to(ELLA) == ["a", "b"]


def test_without_a_token_there_is_no_line():
    with pytest.raises(ValueError, match="BotFather"):
        Line("")


KINDS = ["well", "down", "slow", "busy", "nonsense", "wrong token", "blocked"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_log_line_and_no_error_holds_the_token_or_the_chat_or_the_words(telegram, caplog, kind):
    caplog.set_level(logging.DEBUG)
    channel = chat_of(telegram, **({"token": "123456:another-token"} if kind == "wrong token" else {}))
    {
        "down": telegram.go_down,
        "slow": lambda: telegram.answer_slowly(IMPATIENT * 2),
        "busy": lambda: telegram.refuse_with(429, "Too Many Requests", retry_after=1),
        "nonsense": telegram.answer_nonsense,
        "blocked": lambda: telegram.block(ELLA),
    }.get(kind, lambda: None)()
    seen, chained = [repr(channel), repr(channel.line)], []
    try:
        channel.send(say("zzmarkerword"))
    except errors.SendError as error:
        chained += [error.__cause__, error.__context__]
        seen += [str(error), repr(error), error.explanation]
    channel.line.begin(lambda bot: bot.send_message(ELLA, "zzmarkerword"))
    channel.close()
    gc.collect()
    seen += [logging.Formatter().format(record) for record in caplog.records]
    assert not any(chained)
    for secret in (telegram.token, "another-token", str(ELLA), "zzmarkerword"):
        assert not [line for line in seen if secret in line]
