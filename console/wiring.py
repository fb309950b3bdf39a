"""How pages and commands reach the running service."""

from __future__ import annotations

from typing import cast

from flask import current_app

from bot.service import Service
from console.accounts import Passwords

EXTENSION = "heard"
PASSWORDS = "heard.passwords"


def service() -> Service:
    """The service of the app at hand; `app.py` has put it there."""
    return cast("Service", current_app.extensions[EXTENSION])


def passwords() -> Passwords:
    """How this app hashes passwords; `console.pages.register` has put it there."""
    return cast("Passwords", current_app.extensions[PASSWORDS])
