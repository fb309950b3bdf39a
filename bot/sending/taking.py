"""Which message is ours to send next: what is open, what is due, whose turn it is. Sends nothing itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.calendar import local_day
from bot.clock import Clock
from bot.sending.limits import Limits
from store.sending import outbox as rows
from store.sending import throttle
from store.sending.claimed import Claimed
from store.session import Database, Session

IDLE_SECONDS = 1.0


class _TurnTaken(Exception):
    """Others have taken the turn that the channel's pace allows, so that nothing of ours may be kept."""

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.channel = channel


class Taking:
    """Takes up messages under a lease; any number of threads or processes may do so at once."""

    def __init__(
        self, database: Database, clock: Clock, lease: timedelta, limits: Limits, channels: Collection[str]
    ) -> None:
        """Make ready.

        Args:
            lease: how long a message is ours once it is taken up.
            channels: those that are set up. What waits for another is taken up last, to be given up or tried again.
        """
        self._database, self._clock, self._lease, self._limits = database, clock, lease, limits
        self._channels = channels
        self._not_set_up = set(rows.CHANNELS) - set(channels)

    def take(self, message_id: int | None = None) -> Claimed | None:
        """Take up the next message, or the one that is named; None where there is none, or it may not go now."""
        left_out: set[str] = set()
        while True:
            try:
                with self._database.writing() as session:
                    return self._take(session, message_id, self._clock.now(), left_out)
            except _TurnTaken as taken:
                if message_id is not None:
                    return None
                left_out.add(taken.channel)

    def _take(
        self, session: Session, message_id: int | None, now: datetime, left_out: Collection[str]
    ) -> Claimed | None:
        bounds = throttle.bounds(session, local_day(now))
        for channels in (self._channels, self._not_set_up):
            lanes = self._limits.lanes([name for name in channels if name not in left_out], bounds, now)
            claimed = rows.claim(session, now, self._lease, message_id, lanes=lanes, spacing=self._limits.spacing)
            if claimed:
                self._take_turn(session, claimed.channel)
                return claimed
        return None

    def _take_turn(self, session: Session, channel: str) -> None:
        if not self._limits.has_pace(channel):
            return
        was_free_at = throttle.free_at(session, channel)
        now = self._clock.now()  # others may have kept us waiting for the row
        if was_free_at and was_free_at > now:
            raise _TurnTaken(channel)
        free_at = self._limits.next_turn(channel, was_free_at, now)
        if not throttle.take_turn(session, channel, was_free_at=was_free_at, free_at=free_at):
            raise _TurnTaken(channel)

    def due(self, limit: int) -> list[int]:
        """The ids of messages that may be sent now, in order; those whose sender's lease is over among them.

        The pace of a channel is not looked at: while it holds, the message cannot be taken up, and stays due.
        """
        now = self._clock.now()
        with self._database.reading() as session:
            every = {*self._channels, *self._not_set_up}
            lanes = self._limits.open_today(every, throttle.bounds(session, local_day(now)))
            return rows.due(session, now, limit, lanes)

    def seconds_to_turn(self) -> float:
        """How long until a channel that is held by its pace is free again; no more than a second."""
        if not self._limits.a_second:
            return IDLE_SECONDS
        now = self._clock.now()
        with self._database.reading() as session:
            bounds = throttle.bounds(session, local_day(now))
        return self._limits.seconds_to_turn(bounds, now, IDLE_SECONDS)
