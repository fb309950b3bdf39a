"""The rota as it counts for sending: the stretches of time in which somebody is on duty.

As long as no shift has ever been written down, the hours of the duty desk are the cover. From the first one on the rota
alone counts, and where it has a gap, or has run out, what would be sent first waits.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.access import DEALS_WITH_ALERTS
from bot.calendar import local_day, midnight
from store.council import cover as rows
from store.council.cover import Away, Shift
from store.session import Database, Session

COVER = timedelta(hours=2)
"""So long somebody must be there after anything is sent first: most replies come within it."""

ONE_DAY = timedelta(days=1)
MOST_DAYS = 60
"""So far ahead windows and cover are compared, before those that never meet are given up."""


class Span(NamedTuple):
    """A stretch of time, its end left out."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Rota:
    """When somebody is on duty.

    Attributes:
        is_kept: there is a rota at all; else the hours of the duty desk count.
        spans: in their order; none touches the next.
    """

    is_kept: bool
    spans: tuple[Span, ...] = ()

    def covers(self, moment: datetime) -> bool:
        """Whether somebody is on at that moment and for all of the two hours after it."""
        at = moment.astimezone(UTC)
        place = bisect_right(self.spans, at, key=lambda span: span.begins_at) - 1
        return place >= 0 and at + COVER <= self.spans[place].ends_at

    def covered_in(self, begins_at: datetime, ends_at: datetime) -> datetime | None:
        """The first moment of a stretch, its end left out, that is covered; None where none is."""
        begins, ends = begins_at.astimezone(UTC), ends_at.astimezone(UTC)
        for span in self.spans:
            first = max(begins, span.begins_at)
            if first >= ends:
                return None
            if first + COVER <= span.ends_at:
                return first
        return None

    def next_covered(self, moment: datetime) -> datetime | None:
        """The first moment from that one on which is covered; None where the rota knows of none."""
        return self.covered_in(moment, self.spans[-1].ends_at) if self.spans else None

    def next_on(self, moment: datetime) -> datetime | None:
        """The first moment from that one on at which somebody is on, for however long; None where the rota knows of none."""
        at = moment.astimezone(UTC)
        left = next((span for span in self.spans if at < span.ends_at), None)
        return left and (moment if left.begins_at <= at else left.begins_at)

    def missing_in(self, begins_at: datetime, ends_at: datetime) -> list[Span]:
        """The parts of a stretch in which nobody is on."""
        at, ends = begins_at.astimezone(UTC), ends_at.astimezone(UTC)
        missing = []
        for span in self.spans:
            if span.begins_at >= ends:
                break
            if span.begins_at > at:
                missing.append(Span(at, span.begins_at))
            at = max(at, span.ends_at)
        return [*missing, Span(at, ends)] if at < ends else missing


NO_ROTA = Rota(is_kept=False)
"""Where no shift has ever been written down."""


def read(session: Session, now: datetime, days: int = MOST_DAYS) -> Rota:
    """The rota from now on, for so many days: one that is planned for years is not read whole for each run of the clock."""
    if not rows.is_kept(session):
        return NO_ROTA
    shifts = rows.standing(session, now, now + (days + 1) * ONE_DAY)
    return Rota(is_kept=True, spans=joined(span for there in presences(session, shifts, now) for span in there[1]))


def is_on(session: Session, staff_id: int, now: datetime) -> bool:
    """Whether somebody is on duty by the rota at a moment: on a shift, and there."""
    shifts = [shift for shift in rows.standing(session, now, now + ONE_DAY) if shift.staff_id == staff_id]
    return any(begins <= now < ends for _, spans in presences(session, shifts, now) for begins, ends in spans)


def presences(session: Session, shifts: Sequence[Shift], since: datetime) -> list[tuple[Shift, list[Span]]]:
    """Each shift with the parts of it in which its person is there.

    Whoever has left, has not begun, is on leave or may not open alerts covers nobody.

    Args:
        since: the shifts end after it.
    """
    away: dict[int, list[Away]] = {}
    for leave in rows.away(session, {shift.staff_id for shift in shifts}, local_day(since) - ONE_DAY):
        away.setdefault(leave.staff_id, []).append(leave)
    return [(shift, _present(shift, away)) for shift in shifts]


def _present(shift: Shift, away: Mapping[int, Sequence[Away]]) -> list[Span]:
    if shift.role not in DEALS_WITH_ALERTS:
        return []
    begins, ends = shift.begins_at.astimezone(UTC), shift.ends_at.astimezone(UTC)
    if shift.began_on is not None:
        begins = max(begins, midnight(shift.began_on).astimezone(UTC))
    if shift.ended_on is not None:
        ends = min(ends, midnight(shift.ended_on + ONE_DAY).astimezone(UTC))
    leaves = joined(
        Span(midnight(leave.first_day).astimezone(UTC), midnight(leave.last_day + ONE_DAY).astimezone(UTC))
        for leave in away.get(shift.staff_id, ())
    )
    return Rota(is_kept=True, spans=leaves).missing_in(begins, ends) if begins < ends else []


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches in their order, those that touch or overlap made into one: one person hands over to the next."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.begins_at <= whole[-1].ends_at:
            whole[-1] = Span(whole[-1].begins_at, max(whole[-1].ends_at, span.ends_at))
        else:
            whole.append(span)
    return tuple(whole)


class RotaAtHand:
    """The rota for who takes or sends one message after the other: read again after a while, not each time."""

    def __init__(self, days: int = MOST_DAYS, fresh: timedelta = timedelta(seconds=1)) -> None:
        """Nothing has been read yet.

        Args:
            days: how far ahead it is looked at.
            fresh: how old it may be.
        """
        self._days, self._fresh = days, fresh
        self._lock = threading.Lock()
        self._read: tuple[datetime, Rota] | None = None

    def at(self, session: Session, now: datetime) -> Rota:
        """The rota as it is, or was a moment ago."""
        with self._lock:
            if self._read is None or abs(now - self._read[0]) >= self._fresh:
                self._read = now, read(session, now, self._days)
            return self._read[1]

    def looked_up(self, database: Database, now: datetime) -> Rota:
        """The same, for whoever has no transaction open."""
        with database.reading() as session:
            return self.at(session, now)
