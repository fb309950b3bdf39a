"""What providers tell us of messages that they have taken: forwards only, and perhaps before our own record."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sending import failing
from bot.talks.moving import FallBack, nowhere
from channels.base import Receipt
from store.sending import outcomes
from store.sending.outcomes import Word
from store.session import Database, Session
from store.talks.messages import LOST

UNKNOWN_FOR = timedelta(days=14)
"""So long a provider's word waits for a message of ours to turn up."""


def forget_unknown(database: Database, now: datetime) -> int:
    """Forget what was said of messages that were never ours, such as those of another program; return how many."""
    with database.writing() as session:
        return outcomes.forget_early(session, now - UNKNOWN_FOR)


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
            receipt.opted_out,
        )
        now = self._clock.now()
        self._database.transact(lambda session: self._take_in(session, word, now))

    def _take_in(self, session: Session, word: Word, now: datetime) -> None:
        moved = outcomes.move_on(session, word) or outcomes.keep_early(session, word, now)
        if moved and (word.opted_out or word.permanent or word.status in LOST):
            what = {"permanent": word.permanent, "opted_out": word.opted_out}
            failing.heed(session, word.channel, word.provider_id, now, **what, fall_back=self._fall_back)
