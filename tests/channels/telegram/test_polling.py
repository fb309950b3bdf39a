"""Asking Telegram for what people write: nothing is forgotten there before it is kept here."""

from __future__ import annotations

import threading
import time

import pytest

from channels import errors
from channels.telegram import Incoming, Poller
from tests.channels.telegram.conftest import ELLA


class Kept:
    """Keeps events, and fails the first few times if told to."""

    def __init__(self):
        self.events = []
        self.failures = 0

    def take(self, event):
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the database is away")
        self.events.append(event)

    @property
    def texts(self):
        return [event.text for event in self.events]


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def poller(chat, kept) -> Poller:
    return Poller(chat.line, Incoming(kept.take, kept.take, kept.take).take_in, pause=0.02)


@pytest.fixture
def running(poller):
    """Start the poller in a thread; it is stopped in the end."""
    stop = threading.Event()
    thread = threading.Thread(target=poller.run, args=(stop,))

    def start():
        thread.start()
        return stop

    yield start
    stop.set()
    if thread.ident:
        thread.join(20)
        assert not thread.is_alive()


def eventually(look):
    deadline = time.monotonic() + 10
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_what_people_write_is_taken_in_in_order_and_let_go_of_at_the_end(telegram, kept, running):
    for text in ("one", "two"):
        telegram.write(telegram.text(ELLA, text))
    stop = running()
    eventually(lambda: kept.texts == ["one", "two"])
    telegram.write(telegram.text(ELLA, "three"))
    eventually(lambda: kept.texts == ["one", "two", "three"])
    stop.set()
    telegram.write(telegram.text(ELLA, "wakes the long poll"))
    eventually(lambda: len(kept.events) == 4)
    eventually(lambda: telegram.queue == [])


def test_what_could_not_be_kept_is_handed_over_again(telegram, kept, running):
    kept.failures = 2
    for text in ("one", "two"):
        telegram.write(telegram.text(ELLA, text))
    running()
    eventually(lambda: kept.texts == ["one", "two"])


def test_an_update_stays_at_telegram_until_it_is_kept(telegram, kept, running):
    kept.failures = 10**9
    telegram.write(telegram.text(ELLA, "one"))
    running()
    eventually(lambda: telegram.calls.count("getUpdates") > 3)
    assert [update["message"]["text"] for update in telegram.queue] == ["one"]


def test_an_odd_update_keeps_nothing_from_being_taken_in_and_its_words_are_kept(telegram, kept, running, caplog):
    odd, unreadable = telegram.text(ELLA, "odd"), telegram.text(ELLA, "of nobody knows whom")
    odd["message"] |= {"entities": [4], "reply_to_message": "7"}
    telegram.write(telegram.text(ELLA, "one"))
    telegram.write(odd)
    telegram.write(unreadable)
    telegram.queue[-1] = {"update_id": unreadable["update_id"], "message": {"text": "of nobody knows whom"}}
    telegram.write(telegram.text(ELLA, "three"))
    running()
    eventually(lambda: kept.texts == ["one", "odd", "three"])
    assert [record.getMessage() for record in caplog.records] == [
        f"telegram: update {unreadable['update_id']} cannot be read and is passed over"
    ]


@pytest.mark.parametrize(("status", "sentence"), [(429, "Too Many Requests"), (502, "Bad Gateway"), (500, "Oh")])
def test_passing_trouble_is_waited_out(telegram, kept, running, status, sentence):
    telegram.refuse_with(status, sentence, retry_after=0, times=2, method="getUpdates")
    telegram.write(telegram.text(ELLA, "one"))
    running()
    eventually(lambda: kept.texts == ["one"])


def test_where_a_webhook_is_set_there_is_nothing_to_ask_for(telegram, poller):
    telegram.webhook = {"url": "https://heard.council.example/webhooks/telegram"}
    with pytest.raises(errors.OurFault, match="flask telegram webhook --remove"):
        poller.run(threading.Event())
    assert "getUpdates" not in telegram.calls


@pytest.mark.parametrize(("status", "sentence"), [(401, "Unauthorized"), (409, "Conflict: terminated by other")])
def test_trouble_that_somebody_must_put_right_ends_it(telegram, poller, status, sentence):
    telegram.refuse_with(status, sentence, method="getUpdates")
    with pytest.raises(errors.OurFault):
        poller.run(threading.Event())
