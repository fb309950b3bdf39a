"""`flask telegram`, as processes of its own beside the stand-in for Telegram."""

from __future__ import annotations

import signal

import pytest
from sqlalchemy import select

from store.session import Database
from store.tables import Message
from tests.journeys.running import PATIENCE, RunningService, eventually, kill_group
from tests.standins.telegram import SECRET, TelegramStandIn

ELLA = 7700900123
PUBLIC = "https://heard.council.example"


@pytest.fixture
def telegram():
    with TelegramStandIn() as standin:
        yield standin


@pytest.fixture
def service(telegram, tmp_path, sqlite_url):
    """The service while it is tried out, with a bot at the stand-in; nothing of it is started."""
    return RunningService(
        tmp_path,
        {
            "DATABASE_URL": sqlite_url,
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_BOT_NAME": "CouncilHeardBot",
            "TELEGRAM_API_BASE_URL": telegram.base_url,
            "FLASK_SKIP_DOTENV": "1",
            "LOG_LEVEL": "DEBUG",
        },
    )


def kept(url: str) -> list[str]:
    database = Database(url)
    try:
        with database.reading() as session:
            return list(session.scalars(select(Message.text).where(Message.direction == "in").order_by(Message.id)))
    finally:
        database.close()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_poll_keeps_what_people_write_and_ends_cleanly_when_told_to(telegram, service, sqlite_url, told):
    process = service.begin("telegram", "poll")
    try:
        telegram.write(telegram.text(ELLA, "zzmarkerword"))
        eventually(lambda: kept(sqlite_url) == ["zzmarkerword"], "it was not kept")
        process.send_signal(told)
        assert process.wait(PATIENCE) == 0
    finally:
        kill_group(process)
    said = service.output.read_text(encoding="utf-8")
    assert said.splitlines()[-1] == "Ended. What people write meanwhile waits at Telegram for a day."
    assert telegram.queue == []
    for secret in (telegram.token, str(ELLA), "zzmarkerword"):
        assert secret not in said


def test_a_poll_that_is_killed_loses_nothing_and_keeps_nothing_twice(telegram, service, sqlite_url):
    process = service.begin("telegram", "poll")
    try:
        telegram.write(telegram.text(ELLA, "one"))
        eventually(lambda: kept(sqlite_url) == ["one"], "it was not kept")
    finally:
        kill_group(process)
    telegram.write(telegram.text(ELLA, "two"))
    process = service.begin("telegram", "poll")
    try:
        eventually(lambda: kept(sqlite_url) == ["one", "two"], "the second was not kept")
    finally:
        kill_group(process)


def refused(service: RunningService, *arguments: str) -> str:
    process = service.begin(*arguments)
    assert process.wait(PATIENCE) == 1
    said = service.output.read_text(encoding="utf-8")
    assert "Traceback" not in said
    return said


def test_poll_says_that_a_webhook_is_in_its_way(telegram, service):
    telegram.webhook = {"url": f"{PUBLIC}/webhooks/telegram"}
    assert "'flask telegram webhook --remove' takes it away" in refused(service, "telegram", "poll")


def test_a_wrong_token_is_told_in_a_sentence_without_it(service):
    service.environment["TELEGRAM_BOT_TOKEN"] = "123456:not-the-token"
    said = refused(service, "telegram", "poll")
    assert "Set the one that BotFather shows." in said
    assert "not-the-token" not in said


def test_without_a_bot_it_says_what_to_set(service):
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_NAME"):
        del service.environment[name]
    assert "set TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_NAME" in refused(service, "telegram", "poll")


def test_webhook_needs_an_address_that_telegram_can_post_to(telegram, service):
    service.environment["TELEGRAM_WEBHOOK_SECRET"] = SECRET
    assert "PUBLIC_BASE_URL" in refused(service, "telegram", "webhook")
    assert telegram.webhook == {}


def test_webhook_is_set_where_the_service_really_runs_and_taken_away_again(telegram, service):
    service.environment |= {
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "PUBLIC_BASE_URL": PUBLIC,
        "PRIVACY_URL": "heard.council.example/p",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "token-one",
        "TWILIO_FROM_NUMBER": "+447700900000",
        "SECRET_KEY": "x" * 40,
        "DUTY_EMAIL": "dee@council.example",
    }
    assert f"{PUBLIC}/webhooks/telegram" in service.command("telegram", "webhook")
    assert telegram.webhook["secret_token"] == SECRET
    assert "posts nothing more" in service.command("telegram", "webhook", "--remove")
    assert telegram.webhook == {}
