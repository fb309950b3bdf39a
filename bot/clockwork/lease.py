"""Which process is the clock: one at a time, by a lease in the database that it takes, renews and hands back.

All by the clock that is passed in, which on several machines must agree to within a few seconds. Where they do not, the one
that is ahead takes the lease and keeps it; until the other has noticed, at its next look, both may run a job, which is why
each job may be run twice.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from secrets import token_hex

from bot.clock import Clock
from store import clock as rows
from store.session import Database

LASTS = timedelta(seconds=20)
"""So long after its process was killed, another may take over."""
RENEWED_EVERY = timedelta(seconds=5)


def name_of_this_process() -> str:
    """A name that no other process has, nor this one after a restart."""
    return f"process {os.getpid()} on {socket.gethostname()} ({token_hex(4)})"


class Lease:
    """This process's hold on the clock. For one thread, but for `is_ours`."""

    def __init__(self, database: Database, clock: Clock, holder: str) -> None:
        """Hold nothing yet."""
        self._database, self._clock, self._holder = database, clock, holder
        self._taken_at: datetime | None = None

    def keep(self) -> bool:
        """Take the lease if nobody has it, renew it when it is time to, and say whether it is ours."""
        now = self._clock.now()
        if self._taken_at is not None and self._taken_at <= now < self._taken_at + RENEWED_EVERY:
            return True
        if self._taken_at is None and not self._is_free(now):
            return False
        self._taken_at = None
        is_ours = self._database.transact(lambda session: rows.take(session, self._holder, now=now, until=now + LASTS))
        self._taken_at = now if is_ours else None
        return is_ours

    def _is_free(self, now: datetime) -> bool:
        """Looked up without writing, for a process that waits does so every second."""
        with self._database.reading() as session:
            held = rows.held(session)
        return held is None or held.until <= now

    def is_ours(self) -> bool:
        """Whether it is still ours as the database has it, so that a process that was held up begins nothing more."""
        with self._database.reading() as session:
            held = rows.held(session)
        return held is not None and held.holder == self._holder and held.until > self._clock.now()

    def hand_back(self) -> None:
        """Let another take over at once."""
        self._taken_at = None
        now = self._clock.now()
        self._database.transact(lambda session: rows.give_back(session, self._holder, now))
