"""Sending what the transactions have decided: commit, send, commit.

The rows are the truth. A worker takes one under a lease, sends it with no transaction open, and writes down what became of
it. If it dies in between, the lease runs out and the next worker asks the provider first whether it has that text already.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.sending import trying, undeliverable
from bot.sending.trying import Broken
from channels.base import Channel, Outgoing
from channels.errors import BadAddress, OptedOut, SendError
from store import messages
from store import outbox as rows
from store.outbox import Claimed, Recorded
from store.session import Database

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
CLOCKS_DIFFER = timedelta(minutes=5)
TWINS = 20
"""As many texts with the same words are asked for at the provider, to find the one that is not known yet."""


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

    def wait(self, seconds: float) -> None:
        """Wait until something is queued, at most so long; for whoever hands messages out instead of sending them."""
        self._something_new.wait(seconds)
        self._something_new.clear()

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

    def due(self, limit: int) -> list[int]:
        """The ids of messages that may be sent now, in order; those whose sender's lease is over among them."""
        with self._database.reading() as session:
            return rows.due(session, self._clock.now(), limit)

    def send_next(self) -> bool:
        """Take up one message that is due, or return False where none is."""
        return self._take_up(None)

    def send(self, message_id: int) -> bool:
        """Take up this one message, or return False where it is not due or may not go now."""
        return self._take_up(message_id)

    def _take_up(self, message_id: int | None) -> bool:
        with self._database.writing() as session:
            claimed = rows.claim(session, self._clock.now(), self._lease, message_id)
        if claimed is None:
            return False
        try:
            self._deal_with(claimed)
        except SendError as error:
            self._not_sent(claimed, error)
        except Exception as fault:  # noqa: BLE001 - whatever it was, it must not hold up an address for ever
            self._not_sent(claimed, Broken(type(fault).__name__))
        return True

    def _deal_with(self, claimed: Claimed) -> None:
        trying.check(claimed)
        if claimed.opted_out and claimed.kind != "confirmation":
            raise OptedOut("opted_out", "The person has said stop.")
        message = Outgoing(claimed.address, claimed.text, claimed.key, claimed.subject)
        channel = self.channels[claimed.channel]
        if claimed.unsure and self._adopt(channel, message, claimed):
            return
        sent = channel.send(message)
        if self._record(claimed, sent.provider_id, sent.status) == "not_ours":
            log.error("outbox: message %d was taken under the name of another message", claimed.id)
            self._record(claimed, None, sent.status)

    def _adopt(self, channel: Channel, message: Outgoing, claimed: Claimed) -> bool:
        """Look whether the provider has this text already, and write that down; what is another message's is not ours."""
        with self._database.reading() as session:
            known = set(messages.known_provider_ids(session, claimed.channel, claimed.address))
        for _ in range(TWINS):
            found = channel.find(message, claimed.first_attempt_at - CLOCKS_DIFFER, known)
            if found is None:
                return False
            if self._record(claimed, found.provider_id, found.status) != "not_ours":
                log.info("outbox: message %d had been taken by the provider, adopted", claimed.id)
                return True
            known.add(found.provider_id)
        return False

    def _record(self, claimed: Claimed, provider_id: str | None, status: str) -> Recorded:
        with self._database.writing() as session:
            recorded = rows.record_sent(session, claimed.id, provider_id, status, self._clock.now())
        if recorded == "settled":
            log.warning("outbox: message %d had been settled by another worker", claimed.id)
        return recorded

    def _not_sent(self, claimed: Claimed, error: SendError) -> None:
        log.warning("outbox: message %d on %s not sent: %s", claimed.id, claimed.channel, error.code)
        if trying.is_over(claimed, error):
            self._give_up(claimed, error)
            return
        due = self._clock.now() + trying.pause(claimed, error)
        unsure = claimed.unsure or error.may_have_been_sent
        with self._database.writing() as session:
            rows.put_back(session, claimed, unsure=unsure, due=due, code=error.code, explanation=error.explanation)

    def _give_up(self, claimed: Claimed, error: SendError) -> None:
        status = "dropped" if isinstance(error, OptedOut) else "failed"
        written = {"status": status, "code": error.code, "explanation": error.explanation}
        try:
            with self._database.writing() as session:
                if rows.give_up(session, claimed, **written) and not isinstance(error, Broken):
                    undeliverable.follow_up(
                        session,
                        claimed,
                        self._clock.now(),
                        opted_out=isinstance(error, OptedOut),
                        dead_address=isinstance(error, BadAddress),
                    )
        except Exception as fault:  # noqa: BLE001 - what should follow from it must not keep a message waiting for ever
            log.error("outbox: %s in what follows message %d", type(fault).__name__, claimed.id)  # noqa: TRY400
            with self._database.writing() as session:
                rows.give_up(session, claimed, **written)
