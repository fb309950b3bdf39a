"""How pages and commands reach the running service."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from bot.sending.bounces import Bounces
from bot.sending.mail_stops import MailStops
from bot.service import Service
from console.accounts import Passwords

EXTENSION = "heard"
PASSWORDS = "heard.passwords"
TELEGRAM = "heard.telegram"
MAIL_STOPS = "heard.mail_stops"
BOUNCES = "heard.bounces"
BEGAN = "heard.began"


@dataclass(frozen=True)
class TelegramBot:
    """What the commands may do with the Telegram bot. Each raises `SendError` where Telegram does not go along.

    Attributes:
        poll: asks Telegram for what people write until the event is set.
        set_webhook: has Telegram post it to us, and returns where; raises ValueError where that cannot be.
        remove_webhook: has Telegram post nothing more.
    """

    poll: Callable[[threading.Event], None]
    set_webhook: Callable[[], str]
    remove_webhook: Callable[[], None]


def service() -> Service:
    """The service of the app at hand; `app.py` has put it there."""
    return cast("Service", current_app.extensions[EXTENSION])


def began_at() -> datetime:
    """When this process began; `console.pages.register` has put it there."""
    return cast("datetime", current_app.extensions[BEGAN])


def passwords() -> Passwords:
    """How this app hashes passwords; `console.pages.register` has put it there."""
    return cast("Passwords", current_app.extensions[PASSWORDS])


def telegram_bot() -> TelegramBot | None:
    """The Telegram bot of this app, where it has one; `app.py` has put it there."""
    return cast("TelegramBot | None", current_app.extensions.get(TELEGRAM))


def mail_stops() -> MailStops:
    """How readers of our mails end them; `app.py` has put it there."""
    return cast("MailStops", current_app.extensions[MAIL_STOPS])


def bounces() -> Bounces:
    """Where mails that came back are written down; `app.py` has put it there."""
    return cast("Bounces", current_app.extensions[BOUNCES])
