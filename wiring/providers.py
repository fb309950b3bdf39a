"""Where providers post, and what else takes in what they bring."""

from __future__ import annotations

import threading
from contextlib import closing
from secrets import token_hex

from flask import Blueprint

from bot.receipts import Receipts
from bot.service import Service
from bot.talks.joining import Joining
from bot.talks.moving import Moving
from channels.sms import TwilioReader
from channels.telegram import Courtesies, Incoming, Poller, TelegramChat
from channels.webhooks import sms_webhooks, telegram_webhooks
from console.wiring import TelegramBot
from settings import Settings


def provider_pages(settings: Settings, service: Service) -> list[Blueprint]:
    """Where providers post. While trying out, the token is one that nobody knows, so nothing there counts as signed."""
    reader = TwilioReader(settings.public_base_url, settings.auth_tokens or (token_hex(),))
    pages = [sms_webhooks(reader, service.inbox.receive, receipts(service).record)]
    if secret := settings.telegram_webhook_secret.get_secret_value():
        pages.append(telegram_webhooks(secret, telegram_incoming(service).take_in))
    return pages


def receipts(service: Service) -> Receipts:
    """Where providers' words on our messages are written down."""
    return Receipts(service.database, service.clock, Moving(service.catalogue, service.council).fall_back)


def telegram_incoming(service: Service) -> Incoming:
    """What takes in what Telegram hands over, by its webhook or by asking."""

    joining = Joining(service.database, service.catalogue, service.council, service.clock, service.outbox.wake)
    chat = service.channels.get("telegram")
    courtesies = Courtesies(chat.line) if isinstance(chat, TelegramChat) else None
    return Incoming(service.inbox.receive, joining.joined, joining.departed, courtesies)


def telegram_bot(service: Service) -> TelegramBot | None:
    """What the commands may do with the bot, where there is one."""
    chat = service.channels.get("telegram")
    if not isinstance(chat, TelegramChat):
        return None

    def poll(stop: threading.Event) -> None:
        with closing(chat):
            Poller(chat.line, telegram_incoming(service).take_in).run(stop)

    return TelegramBot(poll, chat.account.set_webhook, chat.account.remove_webhook)
