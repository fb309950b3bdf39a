"""Sending by workers of their own, on any number of machines, with Celery on Redis. The rows stay the truth.

`broker` holds the queues, `dispatcher` hands ids out, `running` is what a worker does. Only this package knows of Celery.
"""

from __future__ import annotations

import threading
from datetime import timedelta

from bot.clock import Clock
from bot.outbox import Outbox
from bot.sending.workers.broker import Broker
from bot.sending.workers.dispatcher import Dispatcher
from bot.sending.workers.running import run
from store.sending.outbox import LEASES_OF_A_MAIL
from store.session import Database

__all__ = ["Workers"]


class Workers:
    """Those who send, as every process of the service sees them; one of them runs in `run`."""

    def __init__(self, outbox: Outbox, database: Database, clock: Clock, redis_url: str, lease: timedelta) -> None:
        """Prepare; nothing is connected yet.

        Args:
            redis_url: `redis://HOST:PORT/NUMBER`, the same for all of them.
            lease: how long a text may be held by whoever sends it.
        """
        self._broker = Broker(redis_url, longest=lease * LEASES_OF_A_MAIL)
        self._dispatcher = Dispatcher(outbox, database, clock, self._broker)

    def answers(self) -> bool:
        """Whether Redis answers within two seconds, so that what is due can be handed out. Never raises."""
        return self._broker.answers()

    def hand_out(self) -> int:
        """Hand out what is due, to whoever is there; return how many messages. Never raises."""
        return self._dispatcher.hand_out()

    def keep_handing_out(self, stop: threading.Event) -> None:
        """Hand out what is queued as soon as it is; for a thread of its own."""
        self._dispatcher.work(stop)

    def run(self, processes: int) -> int:
        """Be one of the workers until told to stop, with so many processes; returns an exit code."""
        return run(self._broker, self._dispatcher.send, processes)
