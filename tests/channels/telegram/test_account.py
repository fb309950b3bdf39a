"""What is told about the bot's own set-up, and where Telegram is told to post."""

from __future__ import annotations

import json

import pytest

from channels import errors
from channels.base import Checked
from channels.telegram import Account, TelegramChat
from channels.telegram.reading import KINDS
from tests.standins.telegram import SECRET
from tests.standins.telegram_updates import BEGAN

URL = "https://heard.council.example/webhooks/telegram"
NAME = "councilheardbot"


@pytest.fixture
def account(chat) -> Account:
    return Account(chat.line, name=NAME, webhook_url=URL, secret=SECRET)


def wrong(account) -> list[str]:
    return [finding.what for finding in account.check() if finding.is_wrong]


def test_a_bot_that_is_set_up_well_has_nothing_wrong(telegram, account):
    account.set_webhook()
    assert wrong(account) == []
    assert [finding.what for finding in account.check()] == [
        "The bot is @CouncilHeardBot.",
        f"Telegram posts to {URL}; 0 wait to be handed over.",
    ]
    assert "sendMessage" not in telegram.calls


def test_the_webhook_is_set_with_the_secret_and_with_what_we_read_and_drops_nothing(telegram, account):
    telegram.write(telegram.text(1, "hello"))
    assert account.set_webhook() == URL
    assert telegram.webhook == {
        "url": URL,
        "secret_token": SECRET,
        "allowed_updates": list(KINDS),
        "max_connections": 10,
    }
    account.remove_webhook()
    assert telegram.webhook == {}
    assert len(telegram.queue) == 1


@pytest.mark.parametrize(
    ("change", "why"), [({"secret": ""}, "TELEGRAM_WEBHOOK_SECRET"), ({"webhook_url": "http://x"}, "https")]
)
def test_a_webhook_that_anybody_could_pretend_to_call_is_not_set(telegram, chat, change, why):
    account = Account(chat.line, **{"webhook_url": URL, "secret": SECRET, **change})
    with pytest.raises(ValueError, match=why):
        account.set_webhook()
    assert telegram.calls == []


def no_webhook(telegram):
    telegram.webhook = {}


def elsewhere(telegram):
    telegram.webhook["url"] = "https://old.council.example/webhooks/telegram"


def fewer_kinds(telegram):
    telegram.webhook["allowed_updates"] = ["message"]


def failing(telegram):
    telegram.trouble = {"last_error_date": BEGAN, "last_error_message": "Wrong response from the webhook: 500"}
    telegram.write(telegram.text(1, "hello"))


def in_groups(telegram):
    telegram.abilities = {"can_join_groups": True, "can_read_all_group_messages": True}


@pytest.mark.parametrize(
    ("spoil", "told", "instead"),
    [
        (no_webhook, "posts nowhere", "flask telegram webhook"),
        (elsewhere, "posts elsewhere", "flask telegram webhook"),
        (fewer_kinds, "callback_query, edited_message, my_chat_member", "flask telegram webhook"),
        (failing, "06 October 2026 at 10:30 UTC: Wrong response from the webhook: 500; 1 wait", "log"),
        (in_groups, "into a group", "/setjoingroups"),
        (in_groups, "all that groups say", "/setprivacy"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(telegram, account, spoil, told, instead):
    account.set_webhook()
    spoil(telegram)
    found = [finding for finding in account.check() if finding.is_wrong and told in finding.what]
    assert len(found) == 1
    assert instead in found[0].instead


def test_another_bots_token_is_told(chat):
    account = Account(chat.line, name="OtherCouncilBot")
    assert wrong(account) == [
        "The token is that of @CouncilHeardBot, not of @OtherCouncilBot, so nobody's link leads to it."
    ]


def test_where_the_bot_asks_by_itself_a_webhook_is_in_its_way(chat, account):
    asking = Account(chat.line, name=NAME, webhook_url=URL)
    assert wrong(asking) == []
    account.set_webhook()
    assert wrong(asking) == ["Telegram posts to a webhook, and TELEGRAM_WEBHOOK_SECRET is not set, so nobody is heard."]


@pytest.mark.parametrize("trouble", ["go_down", "answer_nonsense"])
def test_what_cannot_be_asked_is_a_finding(telegram, account, trouble):
    getattr(telegram, trouble)()
    (finding,) = account.check()
    assert finding.is_wrong
    assert "TELEGRAM_BOT_TOKEN" in finding.instead


def test_a_refused_token_is_a_finding_that_does_not_show_it(telegram, account):
    telegram.refuse_with(401, "Unauthorized")
    (finding,) = account.check()
    assert "token" in finding.what
    assert telegram.token not in json.dumps([finding.what, finding.instead])


def test_the_channel_can_be_checked(chat, account):
    assert isinstance(chat, Checked)
    assert [f.what for f in TelegramChat(chat.line, account).check()] == [f.what for f in account.check()]


def test_a_webhook_that_telegram_refuses_is_an_error(telegram, account):
    telegram.refuse_with(400, "Bad Request: bad webhook: IP address 127.0.0.1 is reserved")
    with pytest.raises(errors.Refused):
        account.set_webhook()
