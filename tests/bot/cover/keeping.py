"""Short ways to a rota: people who may be on it, and their shifts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.calendar import LONDON
from bot.cover import shifts
from store.session import Database
from store.tables import Leave, Staff

DEE = "dee@council.example"
A_DAY = timedelta(days=1)


def at(words: str) -> datetime:
    """A moment of London's clock."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def add_duty(database: Database, email: str = DEE, *, role: str = "duty", ended_on: date | None = None) -> int:
    with database.writing() as session:
        person = Staff(email=email, name="Dee Duty", role=role, ended_on=ended_on, failed_sign_ins=0)
        session.add(person)
        session.flush()
        return person.id


def add_shift(database: Database, begins: str, ends: str, email: str = DEE) -> bool:
    """Put somebody on the rota, long before."""
    with database.writing() as session:
        early = at("2026-01-01 09:00")
        return shifts.add(session, email, at(begins), at(ends), by=None, now=early)


def add_leave(database: Database, staff_id: int, first: date, last: date) -> None:
    with database.writing() as session:
        session.add(Leave(staff_id=staff_id, first_day=first, last_day=last))
