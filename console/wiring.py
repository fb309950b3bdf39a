"""How pages and commands reach the running service."""

from __future__ import annotations

from typing import cast

from flask import current_app

from bot.service import Service

EXTENSION = "heard"


def service() -> Service:
    """The service of the app at hand; `app.py` has put it there."""
    return cast("Service", current_app.extensions[EXTENSION])
