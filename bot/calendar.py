"""Days and hours of the council: working days, when a family may be texted, when the duty desk reads.

All of it in Europe/London. A send window is a safeguarding control: most replies come within two hours, so nothing
goes out unless somebody will be there to read them (requirements, decision 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_DAY = timedelta(days=1)
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


SEND_WINDOWS = {
    ("young_person", "11-15"): Hours.parse("mon-thu 15:45-16:45"),
    ("young_person", "16-25"): Hours.parse("mon-thu 12:00-16:45"),
    ("parent_carer", None): Hours.parse("mon-thu 10:00-15:00"),
}
"""When each audience may be texted first (surveys' policy). Replies are answered at once, at any hour."""


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, as the library carries them; no network."""
    holidays = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    return frozenset(holiday["date"] for holiday in holidays)


def local_day(moment: datetime) -> date:
    """The day it is in London at that moment."""
    return moment.astimezone(LONDON).date()


def is_working_day(day: date) -> bool:
    """Monday to Friday, bank holidays left out."""
    return day.weekday() < 5 and day not in bank_holidays()


def first_working_day(month: date) -> date:
    """The first working day of the month that `month` lies in."""
    day = month.replace(day=1)
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def month_before(day: date) -> date:
    """The first day of the month before the one that `day` lies in."""
    return (day.replace(day=1) - _ONE_DAY).replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after the one that `month` lies in."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def midnight(day: date) -> datetime:
    """The moment at which that day begins in London."""
    return datetime.combine(day, time(), LONDON)


def next_in(hours: Hours, moment: datetime, *, skip_eves: bool = False) -> datetime:
    """The first moment from `moment` on that lies within `hours` on a working day.

    Args:
        skip_eves: leave out the eves of bank holidays too, since nobody would read the replies.
    """
    day = local_day(moment)
    while True:
        opens, closes = (datetime.combine(day, edge, LONDON) for edge in (hours.opens, hours.closes))
        is_eve = skip_eves and day + _ONE_DAY in bank_holidays()
        if day.weekday() in hours.days and is_working_day(day) and not is_eve and moment < closes:
            return max(moment, opens)
        day += _ONE_DAY


def in_window(audience: str, band: str | None, moment: datetime) -> datetime:
    """The first moment from `moment` on at which this audience may be texted first; any where it has no hours of its own."""
    window = SEND_WINDOWS.get((audience, band))
    return next_in(window, moment, skip_eves=True) if window else moment


def next_open(desk: Hours, moment: datetime) -> str | None:
    """None while the duty desk reads; else when it reads next, short enough for a text: `Mon 9am`, `Tue 8:30am`."""
    opening = next_in(desk, moment)
    if opening == moment:
        return None
    local = opening.astimezone(LONDON)
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local:%a} {local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
