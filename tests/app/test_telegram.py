"""Telegram as `app.py` wires it: a channel where there is a bot, a webhook where there is a secret."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from channels.telegram import TelegramChat
from console.wiring import EXTENSION
from settings import Settings
from store.tables import Message
from tests.fakes import FakeChannel
from tests.standins.telegram import SECRET, TelegramStandIn
from tests.standins.telegram_updates import private

ELLA = 7700900123
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn() as standin:
        yield standin


def made(url: str, telegram: TelegramStandIn, **changes: str) -> Flask:
    bot = {
        "telegram_bot_token": telegram.token,
        "telegram_bot_name": "CouncilHeardBot",
        "telegram_api_base_url": telegram.base_url,
        "telegram_webhook_secret": SECRET,
    }
    return create_app(Settings.model_validate({"database_url": url, "trial": True, **bot, **changes}))


@pytest.fixture
def app(sqlite_url: str, telegram: TelegramStandIn) -> Iterator[Flask]:
    built = made(sqlite_url, telegram)
    yield built
    built.extensions[EXTENSION].channels["telegram"].close()
    built.extensions[EXTENSION].database.close()


def kept(app: Flask) -> list[tuple[str, str]]:
    with app.extensions[EXTENSION].database.reading() as session:
        found = session.execute(select(Message.address, Message.text).where(Message.direction == "in"))
        return [(address, text) for address, text in found]


def test_what_telegram_posts_is_kept_once_and_needs_no_form_token(app: Flask, telegram: TelegramStandIn):
    update = telegram.text(ELLA, "hello")
    for _ in range(2):
        assert app.test_client().post("/webhooks/telegram", json=update, headers=HEADERS).status_code == 200
    assert kept(app) == [(str(ELLA), "hello")]
    assert app.test_client().post("/webhooks/telegram", json=update).status_code == 403


def test_whoever_comes_or_goes_is_taken_note_of(app: Flask, telegram: TelegramStandIn):
    for update in (telegram.text(ELLA, "/start"), telegram.member(private(ELLA), "kicked", by=ELLA)):
        assert app.test_client().post("/webhooks/telegram", json=update, headers=HEADERS).status_code == 200
    assert [address for address, _ in kept(app)] == [str(ELLA)] * 2


def test_a_stranger_is_answered_over_the_bot(app: Flask, telegram: TelegramStandIn):
    telegram.begin(ELLA)
    app.test_client().post("/webhooks/telegram", json=telegram.text(ELLA, "hello"), headers=HEADERS)
    app.extensions[EXTENSION].outbox.drain()
    assert len(telegram.texts_to(ELLA)) == 1


def test_there_is_no_webhook_without_a_secret(sqlite_url: str, telegram: TelegramStandIn):
    app = made(sqlite_url, telegram, telegram_webhook_secret="")
    assert app.test_client().post("/webhooks/telegram", json={}, headers=HEADERS).status_code == 404
    assert isinstance(app.extensions[EXTENSION].channels["telegram"], TelegramChat)


def test_there_is_no_channel_without_a_token(sqlite_url: str, telegram: TelegramStandIn):
    app = made(sqlite_url, telegram, telegram_bot_token="", telegram_bot_name="")
    assert "telegram" not in app.extensions[EXTENSION].channels


def test_the_webhook_takes_in_beside_a_channel_that_was_passed_in(sqlite_url: str, telegram: TelegramStandIn):
    settings = Settings.model_validate({"database_url": sqlite_url, "trial": True, "telegram_webhook_secret": SECRET})
    app = create_app(settings, {"sms": FakeChannel(), "telegram": FakeChannel("telegram")})
    press = telegram.press(ELLA, "q3:2", telegram.message(ELLA, text="?"))
    assert app.test_client().post("/webhooks/telegram", json=press, headers=HEADERS).status_code == 200
    assert kept(app) == [(str(ELLA), "2")]
    app.extensions[EXTENSION].database.close()
