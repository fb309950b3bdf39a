"""What providers tell us of messages that they have taken: forwards only, and perhaps before our own record."""

from __future__ import annotations

from datetime import datetime

from bot.clock import Clock
from bot.sending import failing, undeliverable
from bot.talks.moving import FallBack, nowhere
from channels.base import Receipt
from store import outcomes
from store.outcomes import Word
from store.session import Database, Session


class Receipts:
    """The desk at which providers' receipts arrive."""

    def __init__(self, database: Database, clock: Clock, fall_back: FallBack = nowhere) -> None:
        self._database = database
        self._clock = clock
        self._fall_back = fall_back

    def record(self, receipt: Receipt) -> None:
        """Move the message forwards, or keep the receipt until we know the message.

        What it says for good about an address counts once, when the message moves on by it: a receipt that comes twice, or
        after another that had the last word, changes nothing.
        """
        word = Word(
            receipt.channel,
            receipt.provider_id,
            receipt.status,
            receipt.error_code,
            receipt.explanation,
            receipt.permanent,
        )
        now = self._clock.now()
        with self._database.writing() as session:
            moved = outcomes.move_on(session, word)
            if not moved and not outcomes.is_known(session, word.channel, word.provider_id):
                moved = outcomes.keep_early(session, word, now)
            if moved and receipt.opted_out:
                self._heed_stop(session, word, now)
            elif moved and word.permanent:
                failing.heed(session, word.channel, word.provider_id, now, fall_back=self._fall_back)

    def _heed_stop(self, session: Session, word: Word, now: datetime) -> None:
        """The person has told the provider to stop, which it tells us only now."""
        ours = outcomes.of_provider(session, word.channel, word.provider_id, now)
        if ours is not None:
            undeliverable.follow_up(session, ours.claimed, now, opted_out=True, dead_address=False)
