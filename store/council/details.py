"""Queries that keep what is known of one person, whoever has told us of them: by hand, or another system."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.insert import insert_if_new
from store.tables import Person
from surveys.stages import AgeBand


class Details(NamedTuple):
    """What is kept of a person besides their addresses; the columns of `store.tables.Person`."""

    reference: str | None
    name: str
    birth_date: date | None
    age_band: AgeBand | None
    language: str
    easy_read: bool
    safe_contact: str
    safe_contact_note: str | None
    preferred_channel: str | None


def has_age(details: Details) -> bool:
    """Whether anything tells how old they are."""
    return details.birth_date is not None or details.age_band is not None


def of(session: Session, person_id: int) -> Details | None:
    """What is kept of a person; None where there is no such person. Their row is not locked: whoever asks them does that."""
    columns = [getattr(Person, name) for name in Details._fields]
    row = session.execute(select(*columns).where(Person.id == person_id)).first()
    return Details._make(row) if row else None


def add(session: Session, details: Details) -> int | None:
    """Add a person and return the id; None where the reference is somebody else's."""
    added = session.execute(insert_if_new(session, Person, returning="id"), details._asdict()).scalar()
    return cast("int | None", added)


def change(session: Session, person_id: int, details: Details) -> bool:
    """Keep what is known of a person now; False, and nothing changed, where the reference is somebody else's."""
    statement = update(Person).where(Person.id == person_id).values(**details._asdict())
    try:
        with session.begin_nested():
            session.execute(statement.execution_options(synchronize_session=False))
    except IntegrityError:
        return False
    return True
