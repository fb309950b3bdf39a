"""Working days and bank holidays of England, without network."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, as the library carries them; no network."""
    holidays = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    return frozenset(holiday["date"] for holiday in holidays)


def holidays_known_until() -> date:
    """The last bank holiday that the library knows; after it, a bank holiday would pass for a working day."""
    return max(bank_holidays())


def local_day(moment: datetime) -> date:
    """The day it is in London at that moment."""
    return moment.astimezone(LONDON).date()


def is_working_day(day: date) -> bool:
    """Monday to Friday, bank holidays left out."""
    return day.weekday() < 5 and day not in bank_holidays()


def is_eve_of_bank_holiday(day: date) -> bool:
    """Whether the next day is a bank holiday, so that nobody would read what comes in."""
    return day + ONE_DAY in bank_holidays()


def first_working_day(month: date) -> date:
    """The first working day of the month that `month` lies in."""
    day = month.replace(day=1)
    while not is_working_day(day):
        day += ONE_DAY
    return day


def months_earlier(moment: datetime, months: int) -> datetime:
    """The same hour in London so many months earlier; on the last day of the month where it is shorter."""
    here = moment.astimezone(LONDON)
    year, month = divmod(here.year * 12 + here.month - 1 - months, 12)
    then = here.replace(year=year, month=month + 1, day=min(here.day, monthrange(year, month + 1)[1]))
    return then.astimezone(moment.tzinfo)


def month_before(day: date) -> date:
    """The first day of the month before the one that `day` lies in."""
    return (day.replace(day=1) - ONE_DAY).replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after the one that `month` lies in."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def midnight(day: date) -> datetime:
    """The moment at which that day begins in London."""
    return datetime.combine(day, time(), LONDON)
