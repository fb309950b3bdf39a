"""How pages and commands reach the running service."""

from __future__ import annotations

from typing import cast

from flask import current_app

from bot.bounces import Bounces
from bot.mail_stops import MailStops
from bot.service import Service
from console.accounts import Passwords

EXTENSION = "heard"
PASSWORDS = "heard.passwords"
MAIL_STOPS = "heard.mail_stops"
BOUNCES = "heard.bounces"


def service() -> Service:
    """The service of the app at hand; `app.py` has put it there."""
    return cast("Service", current_app.extensions[EXTENSION])


def passwords() -> Passwords:
    """How this app hashes passwords; `console.pages.register` has put it there."""
    return cast("Passwords", current_app.extensions[PASSWORDS])


def mail_stops() -> MailStops:
    """How readers of our mails end them; `app.py` has put it there."""
    return cast("MailStops", current_app.extensions[MAIL_STOPS])


def bounces() -> Bounces:
    """Where mails that came back are written down; `app.py` has put it there."""
    return cast("Bounces", current_app.extensions[BOUNCES])
