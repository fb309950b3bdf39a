"""The running service as its pages and commands see it. Built once, by `app.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.council import Council
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.sending.workers import Workers
from channels.base import Channel
from store.session import Database
from surveys.catalogue import Catalogue


@dataclass(frozen=True)
class Service:
    """Everything that belongs together in one process.

    Attributes:
        workers: those elsewhere who send, by Celery on Redis; None where the threads of this process do.
    """

    council: Council
    database: Database
    catalogue: Catalogue
    channels: Mapping[str, Channel]
    clock: Clock
    inbox: Inbox
    outbox: Outbox
    trial: bool
    workers: Workers | None = None
