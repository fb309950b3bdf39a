"""One worker: Celery's processes, which take ids out of the queues and send."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from celery import signals
from celery.exceptions import CPendingDeprecationWarning

from bot.sending.workers.broker import TASK, Broker


def run(broker: Broker, send: Callable[[int], None], processes: int) -> int:
    """Take ids out and send them until told to stop (SIGTERM, Ctrl-C); what is being sent then is finished first.

    Args:
        send: sends the message with this id; must not raise, and is called in processes forked off this one.
        processes: how many messages are sent at the same time.

    Returns:
        An exit code.
    """
    warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)  # what is being sent is not to be broken off
    broker.celery.task(send_message_with(send), name=TASK)
    signals.setup_logging.connect(_leave_logging_as_it_is, weak=False)
    worker = broker.celery.Worker(
        concurrency=processes,
        pool="prefork",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def send_message_with(send: Callable[[int], None]) -> Callable[[int], None]:
    """The task."""

    def send_message(message_id: int) -> None:
        send(message_id)

    return send_message


def _leave_logging_as_it_is(**_: object) -> None:
    """Celery would set up logging of its own; it writes the messages of faults, which may hold a family's words."""
