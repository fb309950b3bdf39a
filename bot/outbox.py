"""Sending what the transactions have decided: commit, send, commit.

The rows are the truth. A worker takes one under a lease, sends it with no transaction open, and writes down what became of
it. If it dies in between, the lease runs out and the next worker asks the provider first whether it has that text already.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Mapping
from datetime import timedelta

from bot import undeliverable
from bot.clock import Clock
from channels.base import Channel, Outgoing, Sent
from channels.errors import BadAddress, Final, OptedOut, SendError
from store import messages
from store import outbox as rows
from store.outbox import Claimed
from store.session import Database

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
FIRST_PAUSE = timedelta(seconds=4)
LONGEST_PAUSE = timedelta(minutes=15)
CLOCKS_DIFFER = timedelta(minutes=5)
MAX_ATTEMPTS = {"alert": 500}
USUAL_MAX_ATTEMPTS = 12


class Outbox:
    """Drains the messages that wait; any number of threads or processes may do so at once."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], clock: Clock, lease: timedelta) -> None:
        self._database = database
        self.channels = channels
        self._clock = clock
        self._lease = lease
        self._something_new = threading.Event()

    def wake(self) -> None:
        """Something was queued: a waiting worker looks at once."""
        self._something_new.set()

    def work(self, stop: threading.Event) -> None:
        """Send until told to stop; for a thread of its own."""
        while not stop.is_set():
            self._something_new.clear()
            try:
                busy = self.send_next()
            except Exception as fault:  # noqa: BLE001 - the worker must outlive a fault; the lease brings the row back
                log.error("outbox: %s, trying again", type(fault).__name__)  # noqa: TRY400 - values may hold words
                busy = False
            if not busy:
                self._something_new.wait(IDLE_SECONDS)

    def drain(self, limit: int = 1_000_000) -> int:
        """Send all that is due now; return how many messages were taken up."""
        return next((count for count in range(limit) if not self.send_next()), limit)

    def send_next(self) -> bool:
        """Take up one message that is due, or return False where none is."""
        with self._database.writing() as session:
            claimed = rows.claim(session, self._clock.now(), self._lease)
        if claimed is None:
            return False
        if claimed.opted_out and claimed.kind != "confirmation":
            self._give_up(claimed, "dropped", OptedOut("opted_out", "The person has said stop."))
            return True
        try:
            sent = self._send(claimed)
        except SendError as error:
            self._not_sent(claimed, error)
        else:
            with self._database.writing() as session:
                rows.record_sent(session, claimed.id, sent.provider_id, sent.status, self._clock.now())
        return True

    def _send(self, claimed: Claimed) -> Sent:
        channel = self.channels[claimed.channel]
        message = Outgoing(claimed.address, claimed.text, claimed.key, claimed.subject)
        if claimed.unsure:
            since = claimed.first_attempt_at - CLOCKS_DIFFER
            with self._database.reading() as session:
                known = messages.known_provider_ids(session, claimed.channel, claimed.address, since)
            if found := channel.find(message, since, known):
                log.info("outbox: message %d had been taken by the provider, adopted", claimed.id)
                return found
        return channel.send(message)

    def _not_sent(self, claimed: Claimed, error: SendError) -> None:
        log.warning("outbox: message %d on %s not sent: %s", claimed.id, claimed.channel, error.code)
        final = isinstance(error, Final) or claimed.attempts >= MAX_ATTEMPTS.get(claimed.kind, USUAL_MAX_ATTEMPTS)
        if final:
            status = "dropped" if isinstance(error, OptedOut) else "failed"
            self._give_up(claimed, status, error)
            return
        due = self._clock.now() + pause_after(claimed.attempts, error.retry_after)
        unsure = claimed.unsure or error.may_have_been_sent
        with self._database.writing() as session:
            rows.put_back(session, claimed.id, unsure=unsure, due=due, code=error.code, explanation=error.explanation)

    def _give_up(self, claimed: Claimed, status: str, error: SendError) -> None:
        with self._database.writing() as session:
            rows.give_up(session, claimed.id, status=status, code=error.code, explanation=error.explanation)
            undeliverable.follow_up(
                session,
                claimed,
                self._clock.now(),
                opted_out=isinstance(error, OptedOut),
                dead_address=isinstance(error, BadAddress),
            )


def pause_after(attempts: int, wanted: float | None) -> timedelta:
    """How long to wait before the next attempt: twice as long each time, never shorter than the provider asked for."""
    usual = min(FIRST_PAUSE * 2.0 ** min(attempts - 1, 20), LONGEST_PAUSE) * random.uniform(0.75, 1.25)
    return max(usual, timedelta(seconds=wanted or 0))
