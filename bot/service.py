"""The running service as its pages and commands see it. Built once, by `app.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.council import Council
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.sending.workers import Workers
from channels.base import Channel, Finding
from store.session import Database
from surveys.catalogue import Catalogue

Checks = Mapping[str, Callable[[], Sequence[Finding]]]
"""By name, what can be looked at before the first family is asked: see `channels.base.Checked`."""


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
    checks: Checks = field(default_factory=dict)
    workers: Workers | None = None
