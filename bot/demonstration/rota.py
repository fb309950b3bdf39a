"""The demonstration's rota: two people share each working day, but for one afternoon in a fortnight that nobody has taken.

While trying out, no text waits for it (`Council.keeps_windows`): it is there to be looked at and filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.calendar import LONDON, is_working_day, local_day
from store.council import cover
from store.session import Session

DAYS_AHEAD = 28
_BEGINS, _NOON, _ENDS = time(8, 30), time(13), time(19)
_THURSDAY = 3


def keep(session: Session, morning: str, afternoon: str, now: datetime) -> None:
    """Fill the coming weeks, as far as they are not filled; what somebody has taken off the rota since stays off it.

    Args:
        morning: the address of whoever is on before noon; nobody is put on where there is no such person any more.
    """
    people = [cover.person(session, email) for email in (morning, afternoon)]
    for person, begins, ends in zip(people, (_BEGINS, _NOON), (_NOON, _ENDS), strict=True):
        if person is None:
            continue
        for day in _working_days(local_day(now)):
            ends_at = datetime.combine(day, ends, LONDON)
            if ends_at > now and not (begins == _NOON and _is_left_open(day)):
                cover.add(session, person.id, datetime.combine(day, begins, LONDON), ends_at, by=None, now=now)


def _working_days(today: date) -> Iterator[date]:
    days = (today + timedelta(days=later) for later in range(DAYS_AHEAD))
    return (day for day in days if is_working_day(day))


def _is_left_open(day: date) -> bool:
    return day.weekday() == _THURSDAY and day.isocalendar().week % 2 == 1
