"""Handing out the ids of what is due to workers elsewhere. Rows are the truth: what gets lost here is handed out again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.clock import Clock
from bot.outbox import Outbox
from bot.sending.taking import IDLE_SECONDS as LONGEST_TURN
from bot.sending.workers.broker import LATER, SOON
from store.sending import handing_out
from store.session import Database

log = logging.getLogger(__name__)

MOST_WAITING = 100
"""So many ids are enough in a queue: it is filled up long before workers have emptied it."""

FILL_UP_SECONDS, IDLE_SECONDS = 0.1, 1.0
FORGET_SECONDS = 30.0
MOST_TURNS = 50
"""So often a worker waits for the next turn of a channel that is held by its pace."""


class Line(Protocol):
    """A connection to the queues."""

    def waiting(self, queue: str) -> int: ...
    def put(self, queue: str, ids: Sequence[int]) -> None: ...


class Queues(Protocol):
    """Where ids are handed out: Redis, or a test's stand-in."""

    def line(self) -> AbstractContextManager[Line]: ...


class Dispatcher:
    """Hands out what is due. Any number of processes may do so at once: a row that is handed out twice is sent once."""

    def __init__(self, outbox: Outbox, database: Database, clock: Clock, queues: Queues) -> None:
        self._outbox = outbox
        self._database = database
        self._clock = clock
        self._queues = queues
        self._handed_out = {SOON: _HandedOut(), LATER: _HandedOut()}
        self._one_at_a_time = threading.Lock()

    def work(self, stop: threading.Event) -> None:
        """Hand out whatever is queued, at once, until told to stop; for a thread of its own."""
        while not stop.is_set():
            self.hand_out()
            is_full = any(queue.is_full for queue in self._handed_out.values())
            self._outbox.wait(FILL_UP_SECONDS if is_full else IDLE_SECONDS)

    def hand_out(self) -> int:
        """Hand out what is due, urgent things first; return how many. Never raises: what failed, the next run does."""
        with self._one_at_a_time:
            try:
                return self._hand_out()
            except Exception as fault:  # noqa: BLE001 - Redis or the database is away; nothing is lost by that
                log.warning("workers: nothing could be handed out (%s), trying again soon", type(fault).__name__)
                return 0

    def send(self, message_id: int) -> None:
        """Send a message, and hand out what waited for it at its address. Never raises."""
        try:
            if self._send_in_turn(message_id):
                self._hand_out_following(message_id)
        except Exception as fault:  # noqa: BLE001 - the lease brings the row back; values of the fault may hold words
            log.error("workers: %s over message %d", type(fault).__name__, message_id)  # noqa: TRY400

    def _send_in_turn(self, message_id: int) -> bool:
        """Send it, as soon as the pace of its channel allows it; False where it is not for us to send."""
        for _ in range(MOST_TURNS):
            if self._outbox.send(message_id):
                return True
            pause = self._outbox.seconds_to_turn()
            if pause >= LONGEST_TURN or not self._is_due(message_id):
                return False
            time.sleep(pause)
        return False

    def _is_due(self, message_id: int) -> bool:
        with self._database.reading() as session:
            return handing_out.is_due(session, message_id, self._clock.now())

    def _hand_out(self) -> int:
        for queue in self._handed_out.values():
            queue.is_full = False
        with self._queues.line() as line:
            waiting = line.waiting(SOON)
            if waiting > MOST_WAITING // 2:  # enough for now; looking up what is due costs more than looking here again
                self._handed_out[SOON].is_full = True
                return 0
            due = self._outbox.due(2 * MOST_WAITING)
            if not due:
                return 0
            with self._database.reading() as session:
                urgent = handing_out.urgent(session, due)
            soon = self._fill(line, SOON, waiting, [each for each in due if each in urgent])
            return soon + self._fill(line, LATER, line.waiting(LATER), [each for each in due if each not in urgent])

    def _fill(self, line: Line, queue: str, waiting: int, due: Sequence[int]) -> int:
        handed_out = self._handed_out[queue]
        handed_out.forget(everything=waiting == 0)
        ids = handed_out.new_of(due)[: max(MOST_WAITING - waiting, 0)]
        line.put(queue, ids)
        handed_out.note(ids)
        handed_out.is_full = waiting + len(ids) >= MOST_WAITING
        return len(ids)

    def _hand_out_following(self, message_id: int) -> None:
        with self._database.reading() as session:
            following = handing_out.following(session, message_id, self._clock.now())
            if following is None:
                return
            queue = SOON if handing_out.urgent(session, [following]) else LATER
        with self._queues.line() as line:
            line.put(queue, [following])


class _HandedOut:
    """What this process has put into one queue and believes to wait there still.

    Attributes:
        is_full: no more had room there, so that it is to be filled up soon.
    """

    def __init__(self) -> None:
        self.is_full = False
        self._when: dict[int, float] = {}

    def forget(self, *, everything: bool) -> None:
        """Forget what was put in long ago; everything where the queue is empty, for then it was taken out or lost."""
        oldest = time.monotonic() - FORGET_SECONDS
        self._when = {} if everything else {each: when for each, when in self._when.items() if when > oldest}

    def new_of(self, ids: Sequence[int]) -> list[int]:
        return [each for each in ids if each not in self._when]

    def note(self, ids: Sequence[int]) -> None:
        self._when.update(dict.fromkeys(ids, time.monotonic()))
