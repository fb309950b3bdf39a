"""When each audience may be written to first, and when the duty desk reads.

A send window is a safeguarding control: most replies come within two hours, so nothing goes out unless somebody will be
there to read them (requirements, decision 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.calendar.days import LONDON, ONE_DAY, is_eve_of_bank_holiday, is_working_day, local_day
from bot.calendar.terms import is_school_holiday

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKING = frozenset(range(5))
_HOURS = re.compile(r"(?P<days>[a-z,-]+)\s+(?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True)
class Hours:
    """Hours of certain week days, London time. `days` counts from Monday = 0."""

    days: frozenset[int]
    opens: time
    closes: time

    @classmethod
    def parse(cls, words: str) -> Hours:
        """Read `mon-fri 09:00-17:00` or `mon,tue 10:00-15:00`.

        Raises:
            ValueError: with what to write instead.
        """
        try:
            wanted, opens, closes = _parts(words.strip().lower())
        except ValueError:
            raise ValueError("hours are written like mon-fri 09:00-17:00, or mon,tue 10:00-15:00") from None
        if opens >= closes:
            raise ValueError("hours end after they begin, on the same day, as in mon-fri 09:00-17:00")
        if not wanted & _WORKING:
            raise ValueError("hours hold a day from Monday to Friday, the earlier first, as in mon-fri 09:00-17:00")
        return cls(wanted, opens, closes)

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when they last on a day, the end left out; None on a day that is none of theirs or no working day."""
        if day.weekday() not in self.days or not is_working_day(day):
            return None
        return datetime.combine(day, self.opens, LONDON), datetime.combine(day, self.closes, LONDON)


def _parts(words: str) -> tuple[frozenset[int], time, time]:
    match = _HOURS.fullmatch(words)
    if match is None:
        raise ValueError
    return frozenset(_days(match["days"])), time.fromisoformat(match["opens"]), time.fromisoformat(match["closes"])


def _days(words: str) -> Iterable[int]:
    for part in words.split(","):
        first, _, last = part.partition("-")
        begin = DAY_NAMES.index(first)
        yield from range(begin, DAY_NAMES.index(last or first) + 1)


_AT_WORK = Hours.parse("tue-thu 09:30-16:00")
SEND_WINDOWS: Mapping[tuple[str, str | None], Hours] = {
    ("young_person", "11-15"): Hours.parse("mon-thu 15:45-16:45"),
    ("young_person", "16-25"): Hours.parse("mon-thu 12:00-16:45"),
    ("parent_carer", None): Hours.parse("mon-thu 10:00-15:00"),
    ("partner", None): _AT_WORK,
    ("notifier", None): _AT_WORK,
    ("staff", None): _AT_WORK,
}
"""When each audience may be written to first (surveys' policy). Replies are answered at once, at any hour.

Whoever has asked us to help a family is asked at work, as partners are."""

HOLIDAY_WINDOWS: Mapping[tuple[str, str | None], Hours] = {
    ("young_person", "11-15"): Hours.parse("mon-thu 12:00-16:45")
}
"""The same in the school holidays, where that is other: nobody is in a lesson then."""


def window_on(audience: str, band: str | None, day: date) -> Hours | None:
    """The hours in which an audience may be written to first, as they are on that day; None where it has none."""
    key = (audience, band)
    holidays = HOLIDAY_WINDOWS.get(key)
    return holidays if holidays and is_school_holiday(day) else SEND_WINDOWS.get(key)


def next_in(hours: Hours, moment: datetime) -> datetime:
    """The first moment from `moment` on that lies within `hours` on a working day."""
    day = local_day(moment)
    while True:
        stretch = hours.on(day)
        if stretch and moment < stretch[1]:
            return max(moment, stretch[0])
        day += ONE_DAY


def stretch_on(audience: str, band: str | None, day: date) -> tuple[datetime, datetime] | None:
    """From when to when an audience may be written to first on a day; None where it may not, or has no hours of its own.

    Never on bank holidays, and never on their eves: nobody would read the replies.
    """
    window = window_on(audience, band, day)
    return None if window is None or is_eve_of_bank_holiday(day) else window.on(day)


def in_window(audience: str, band: str | None, moment: datetime) -> datetime:
    """The first moment from `moment` on at which this audience may be written to first; any where it has no hours."""
    if (audience, band) not in SEND_WINDOWS:
        return moment
    day = local_day(moment)
    while True:
        stretch = stretch_on(audience, band, day)
        if stretch and moment < stretch[1]:
            return max(moment, stretch[0])
        day += ONE_DAY


def in_a_text(moment: datetime) -> str:
    """A moment of the next six days, short enough for a text: `Mon 9am`, `Tue 8:30am`."""
    local = moment.astimezone(LONDON)
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local:%a} {local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
