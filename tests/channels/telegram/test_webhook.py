"""What Telegram may post, what is done with it, and who is turned away."""

from __future__ import annotations

import json
import threading

import pytest
from flask import Flask
from werkzeug.serving import make_server

from channels.base import Departed, Joined, Received
from channels.telegram import Courtesies, Incoming
from channels.telegram.reading import TOKEN_LENGTH
from channels.webhooks import telegram_webhooks
from tests.channels.telegram.conftest import ELLA
from tests.standins.telegram import SECRET
from tests.standins.telegram_updates import private

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Service:
    """A tiny app on a real port, which notes what it was given and fails when told to."""

    def __init__(self, chat):
        self.events: list[object] = []
        self.failing = False
        self.app = Flask(__name__)
        self.app.logger.disabled = True
        incoming = Incoming(self.take, self.take, self.take, Courtesies(chat.line))
        self.app.register_blueprint(telegram_webhooks(SECRET, incoming.take_in))
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def take(self, event):
        if self.failing:
            raise RuntimeError("the database is away")
        self.events.append(event)

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def service(chat):
    running = Service(chat)
    yield running
    running.close()


def test_each_kind_of_event_is_handed_on_before_telegram_is_answered(telegram, service):
    for update in (
        telegram.text(ELLA, "4"),
        telegram.text(ELLA, "/start " + "x" * TOKEN_LENGTH),
        telegram.member(private(ELLA), "kicked", by=ELLA),
        telegram.update(thought_reading={}),
    ):
        assert telegram.post(service.url, update).status_code == 200
    assert [type(event) for event in service.events] == [Received, Joined, Departed]


@pytest.mark.parametrize("secret", [None, "", "nonsense", SECRET + "x", SECRET[:-1], SECRET.upper()])
def test_whoever_lacks_the_secret_is_turned_away_and_nothing_is_kept(telegram, service, secret):
    answer = telegram.post(service.url, telegram.text(ELLA, "4"), secret=secret)
    assert (answer.status_code, service.events) == (403, [])


@pytest.mark.parametrize("secret", ["gehe\u00edm", "\u00ff" * 32, SECRET + "\u00a0"])
def test_a_secret_in_other_letters_is_wrong_and_no_fault(service, secret):
    answer = service.app.test_client().post("/webhooks/telegram", json={}, headers={HEADER: secret})
    assert (answer.status_code, service.events) == (403, [])


def test_the_secret_is_looked_at_before_the_body(service):
    answer = service.app.test_client().post("/webhooks/telegram", data=b"{", headers={HEADER: "wrong"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"4", b"\xff\xfe", b"{}", b'{"update_id": 1, "message": {}}']
)
def test_what_is_no_update_is_refused_in_a_line(telegram, service, body):
    answer = telegram.post(service.url, None, data=body)
    assert (answer.status_code, service.events) == (400, [])


def test_what_is_too_large_is_refused(telegram, service):
    answer = telegram.post(service.url, None, data=b" " * (256 * 1024 + 1))
    assert (answer.status_code, service.events) == (413, [])


def test_the_longest_text_there_can_be_is_not_too_large(telegram, service):
    quoted = telegram.message(ELLA, text="😀" * 2048)
    update = telegram.text(ELLA, "😀" * 2048, reply_to_message=quoted, quote={"text": "😀" * 512, "position": 0})
    assert telegram.post(service.url, update, data=json.dumps(update, ensure_ascii=True)).status_code == 200
    assert service.events[0].text == "😀" * 2048


def test_where_it_could_not_be_kept_telegram_is_told_to_post_it_again(telegram, service):
    update = telegram.text(ELLA, "4")
    service.failing = True
    assert telegram.post(service.url, update).status_code == 500
    service.failing = False
    assert telegram.post(service.url, update).status_code == 200
    assert len(service.events) == 1


def test_a_press_that_could_not_be_kept_is_not_acknowledged(telegram, service, chat):
    service.failing = True
    assert telegram.post(service.url, telegram.press(ELLA, "q3:2", telegram.message(ELLA, text="?"))).status_code == 500
    chat.close()
    assert telegram.answered == []


def test_an_update_that_comes_twice_is_handed_on_twice_under_one_name(telegram, service):
    update = telegram.text(ELLA, "4")
    for _ in range(2):
        assert telegram.post(service.url, update).status_code == 200
    assert len({event.provider_id for event in service.events}) == 1
    assert len(service.events) == 2


def test_the_same_instant_twice_is_no_fault(telegram, service):
    update = telegram.text(ELLA, "4")
    posts = [threading.Thread(target=telegram.post, args=(service.url, update)) for _ in range(8)]
    for post in posts:
        post.start()
    for post in posts:
        post.join()
    assert [event.text for event in service.events] == ["4"] * 8


def test_it_says_who_may_use_it(service):
    assert service.app.view_functions["telegram_webhooks.inbound"].access == "provider"
    assert service.app.test_client().get("/webhooks/telegram").status_code == 405


def test_without_a_secret_nothing_can_be_trusted():
    with pytest.raises(ValueError, match="secret"):
        telegram_webhooks("", lambda _: None)
