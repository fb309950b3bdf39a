"""When a job is due: every so often, or at times of the day in London. Pure.

At times of the day nothing is due between 01:00 and 02:00, an hour that London has twice or not at all on the days when
clocks change (APScheduler 3.11.3 fires a job of 01:30 twice on 25 October 2026). So each time comes once on every day.
What is due every so often is bound to no hour and goes on through the night: people wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.calendar import LONDON, local_day

REST_HOUR = 1
"""From 01:00 to 02:00 in London, nothing begins that has a time of the day; in October that rest takes two hours."""
_LONGEST_PAUSE = timedelta(minutes=30)
_ONE_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rests(moment: datetime) -> bool:
    """Whether it is the hour in which nothing begins that has a time of the day."""
    return moment.astimezone(LONDON).hour == REST_HOUR


@dataclass(frozen=True)
class Every:
    """Every so often, at any hour: at whole multiples of the pause since 1970, so that all processes mean the same times."""

    pause: timedelta

    def __post_init__(self) -> None:
        """Refuse what belongs to a time of the day.

        Raises:
            ValueError: the pause is shorter than a second or longer than half an hour.
        """
        if not timedelta(seconds=1) <= self.pause <= _LONGEST_PAUSE:
            raise ValueError("a pause is between one second and thirty minutes; for more, give times of the day")

    def last_due(self, moment: datetime) -> datetime:
        """The latest time at which it was due, up to and with `moment`."""
        return moment.astimezone(UTC) - (moment - _EPOCH) % self.pause

    def next_due(self, moment: datetime) -> datetime:
        """The first time after `moment` at which it is due."""
        return self.last_due(moment) + self.pause

    def may_begin(self, moment: datetime) -> bool:  # noqa: ARG002 - as times of the day are asked
        """Whether it may be begun then: at any hour."""
        return True

    def last_open(self, moment: datetime) -> datetime:
        """The latest moment at which it might have been begun, up to and with `moment`: that one."""
        return moment

    def __str__(self) -> str:
        """In words: `every 20 seconds`."""
        seconds = int(self.pause.total_seconds())
        number, unit = (seconds // 60, "minute") if seconds % 60 == 0 else (seconds, "second")
        return f"every {unit}" if number == 1 else f"every {number} {unit}s"


@dataclass(frozen=True)
class At:
    """At these times of every day, London time, in order.

    Attributes:
        until: what was missed is made up for between the first of the times and this one; at any hour where it is None.
    """

    times: tuple[time, ...]
    words: str
    until: time | None = None

    def __post_init__(self) -> None:
        """Refuse what London has twice or not at all.

        Raises:
            ValueError: there is no time, they are out of order, one lies between 01:00 and 02:00, or `until` is before them.
        """
        if not self.times or list(self.times) != sorted(set(self.times)):
            raise ValueError("give times of the day, each once and the earlier first")
        if any(each.hour == REST_HOUR for each in self.times):
            raise ValueError(
                "nothing is due between 01:00 and 02:00, which London has twice or not at all on some days"
            )
        if self.until is not None and self.until <= self.times[-1]:
            raise ValueError("what was missed is made up for until later than the last of the times")

    def last_due(self, moment: datetime) -> datetime:
        """The latest time at which it was due, up to and with `moment`."""
        day = local_day(moment)
        while True:
            for due in reversed(list(self._on(day))):
                if due <= moment:
                    return due
            day -= _ONE_DAY

    def next_due(self, moment: datetime) -> datetime:
        """The first time after `moment` at which it is due."""
        day = local_day(moment)
        while True:
            for due in self._on(day):
                if due > moment:
                    return due
            day += _ONE_DAY

    def may_begin(self, moment: datetime) -> bool:
        """Whether it may be begun then: not in the hour that rests, nor at night what keeps to hours."""
        wall = moment.astimezone(LONDON).time()
        return not rests(moment) and (self.until is None or self.times[0] <= wall < self.until)

    def last_open(self, moment: datetime) -> datetime:
        """The latest moment at which it might have been begun, up to and with `moment`; at night, when its hours ended."""
        if self.may_begin(moment):
            return moment
        ended = self.until or time(REST_HOUR)
        today, yesterday = (
            datetime.combine(local_day(moment) - back, ended, LONDON).astimezone(UTC)
            for back in (timedelta(0), _ONE_DAY)
        )
        return today if today <= moment else yesterday

    def _on(self, day: date) -> Iterator[datetime]:
        """In UTC: Python compares two times of one zone by what the clock on the wall says."""
        return (datetime.combine(day, each, LONDON).astimezone(UTC) for each in self.times)

    def __str__(self) -> str:
        """In words: `every day at 03:20`."""
        return self.words


When = Every | At


def every(*, minutes: int = 0, seconds: int = 0) -> Every:
    """Every so many minutes and seconds, at any hour."""
    return Every(timedelta(minutes=minutes, seconds=seconds))


def daily(*times: str, until: str | None = None) -> At:
    """At these times of every day: `daily("03:20")`; `daily("08:00", until="18:00")` is not made up for at night."""
    latest = time.fromisoformat(until) if until else None
    return At(tuple(map(time.fromisoformat, times)), f"every day at {' and '.join(times)}", latest)


def hourly(*, minute: int = 0, first: int = 0, last: int = 23) -> At:
    """Once an hour, at this minute of each from `first` to `last` but the one that rests; not made up for after that."""
    hours = [hour for hour in range(first, last + 1) if hour != REST_HOUR]
    times = tuple(time(hour, minute) for hour in hours)
    rest = f", not at {time(REST_HOUR, minute):%H:%M}" if first <= REST_HOUR <= last else ""
    words = f"every hour from {times[0]:%H:%M} to {times[-1]:%H:%M}{rest}"
    return At(times, words, None if last == 23 else time(last + 1))
