"""What providers tell us of messages that they have taken: forwards only, and perhaps before our own record."""

from __future__ import annotations

from bot.clock import Clock
from channels.base import Receipt
from store import outbox as rows
from store.session import Database


class Receipts:
    """The desk at which providers' receipts arrive."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, receipt: Receipt) -> None:
        """Move the message forwards, or keep the receipt until we know the message."""
        with self._database.writing() as session:
            moved = rows.move_on(session, receipt.channel, receipt.provider_id, receipt.status, receipt.error_code)
            if not moved and not rows.is_known(session, receipt.channel, receipt.provider_id):
                rows.keep_early(
                    session,
                    receipt.channel,
                    receipt.provider_id,
                    receipt.status,
                    receipt.error_code,
                    self._clock.now(),
                )
