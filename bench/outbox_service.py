"""The service with a provider that takes every message at once and notes when. `flask worker` finds it through FLASK_APP.

Notes go to a file, one line a message: the address, and the machine's monotonic time, which all processes share.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from datetime import datetime
from itertools import count
from pathlib import Path

from flask import Flask

from app import create_app as build_app
from bench.served import CHOSEN
from bot.clock import SystemClock
from bot.service import Service
from channels.base import Outgoing, Sent
from settings import Settings
from wiring.parts import build_service

NOTES = "BENCH_NOTES"
"""The variable that names the file."""

THREADS = 2


class Provider:
    """A channel that costs nothing."""

    name = "sms"

    def __init__(self, notes: Path) -> None:
        self._notes = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._names = count(1)

    def send(self, message: Outgoing) -> Sent:
        """Take it."""
        os.write(self._notes, f"{message.address} {time.monotonic()}\n".encode())
        return Sent(f"{os.getpid()}-{next(self._names)}")

    def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        """Nothing is ever lost on the way."""
        del message, since, known
        return None


def settings(database_url: str, redis_url: str = "") -> Settings:
    """What is chosen, with limits so high that none is met."""
    return Settings.from_environment(environment(database_url, redis_url))


def environment(database_url: str, redis_url: str) -> dict[str, str]:
    """The same for a process of its own."""
    high = {"SMS_A_SECOND": "1000", "SMS_A_DAY": "100000000", "POUNDS_A_DAY": "100000000"}
    return {
        **CHOSEN,
        **high,
        "OUTBOX_WORKERS": str(THREADS),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
    }


def service(database_url: str, notes: Path, redis_url: str = "") -> Service:
    """The service in this process."""
    channels = {"sms": Provider(notes)}
    return build_service(settings(database_url, redis_url), channels, SystemClock())


def create_app() -> Flask:
    """What `flask worker` runs."""
    return build_app(Settings.from_environment(), {"sms": Provider(Path(os.environ[NOTES]))})


def taken(notes: Path) -> dict[str, float]:
    """When the provider took the message to each address; of several to one, the last."""
    lines = notes.read_text(encoding="ascii").splitlines() if notes.exists() else []
    return {address: float(moment) for address, moment in (line.split() for line in lines)}
