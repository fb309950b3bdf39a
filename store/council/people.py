"""Queries that keep people, found by their case, role and name, and the addresses at which they can be reached."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, distinct, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from store.tables import ContactPoint, Participant, Person
from surveys.stages import AgeBand


class PersonFacts(NamedTuple):
    """What may change about a person."""

    birth_date: date | None
    age_band: AgeBand | None
    language: str
    safe_contact: str
    safe_contact_note: str | None


class KnownPerson(NamedTuple):
    """A person who is kept."""

    id: int
    facts: PersonFacts


class KnownOne(NamedTuple):
    """A person who is kept, and what another system calls them, if it does."""

    id: int
    reference: str | None


class Address(NamedTuple):
    """An address of a person, and why it is no longer used, if it is not."""

    id: int
    address: str
    closed_because: str | None


_PERSON = (
    select(
        Person.id,
        Person.birth_date,
        Person.age_band,
        Person.language,
        Person.safe_contact,
        Person.safe_contact_note,
    )
    .join(Participant, Participant.person_id == Person.id)
    .where(
        Participant.case_id == bindparam("case"),
        Participant.role == bindparam("role"),
        Person.name == bindparam("name"),
    )
    .order_by(Person.id)
    .limit(1)
)
_ADD_PERSON = insert(Person).returning(Person.id)
_UPDATE_PERSON = (
    update(Person)
    .where(Person.id == bindparam("person"))
    .values({column: bindparam(f"new_{column}") for column in PersonFacts._fields})
    .execution_options(synchronize_session=False)
)
_ADDRESSES = (
    select(ContactPoint.id, ContactPoint.address, ContactPoint.closed_because)
    .where(ContactPoint.person_id == bindparam("person"), ContactPoint.channel == bindparam("channel"))
    .order_by(ContactPoint.id)
)
_MARK_ADDRESS = (
    update(ContactPoint)
    .where(ContactPoint.id == bindparam("point"))
    .values(
        closed_because=bindparam("because"),
        confirmed_at=func.coalesce(
            bindparam("confirmed", type_=ContactPoint.confirmed_at.type), ContactPoint.confirmed_at
        ),
    )
    .execution_options(synchronize_session=False)
)
_OF_MANY_CASES = (
    select(ContactPoint.address)
    .join(Participant, Participant.person_id == ContactPoint.person_id)
    .where(ContactPoint.channel == bindparam("channel"), ContactPoint.closed_because.is_(None))
    .group_by(ContactPoint.address)
    .having(func.count(distinct(Participant.case_id)) > bindparam("limit"))
)


def find(session: Session, case_id: int, role: str, name: str) -> KnownPerson | None:
    """The person of that role and name on a case."""
    row = session.connection().execute(_PERSON, {"case": case_id, "role": role, "name": name}).first()
    return KnownPerson(row[0], PersonFacts._make(row[1:])) if row else None


def at_numbers(
    session: Session, role: str, name: str, birth_date: date | None, numbers: Collection[str], but_left: Collection[str]
) -> list[KnownOne]:
    """Everyone of that role in any case, of that name, and born on that day or without one, at one of these mobiles.

    Args:
        but_left: why a number was closed that says nothing of whose it is.
    """
    found = (
        select(Person.id, Person.reference)
        .join(ContactPoint, ContactPoint.person_id == Person.id)
        .where(
            ContactPoint.channel == "sms",
            ContactPoint.address.in_(numbers),
            or_(ContactPoint.closed_because.is_(None), ContactPoint.closed_because.not_in(but_left)),
            Person.name == name,
            Person.birth_date.is_(None) if birth_date is None else Person.birth_date == birth_date,
            exists().where(Participant.person_id == Person.id, Participant.role == role),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [KnownOne._make(row) for row in session.execute(found)]


def add(session: Session, name: str, facts: PersonFacts) -> int:
    """Add a person; return the id."""
    return int(session.connection().execute(_ADD_PERSON, {"name": name, **facts._asdict()}).scalar_one())


def change(session: Session, person_id: int, facts: PersonFacts) -> None:
    """Keep what has changed about a person."""
    values = {f"new_{column}": value for column, value in facts._asdict().items()}
    session.connection().execute(_UPDATE_PERSON, {"person": person_id, **values})


def addresses(session: Session, person_id: int, channel: str) -> list[Address]:
    """All addresses of a person on a channel, those no longer used included."""
    rows = session.connection().execute(_ADDRESSES, {"person": person_id, "channel": channel})
    return [Address._make(row) for row in rows]


def add_address(
    session: Session, person_id: int, channel: str, address: str, *, confirmed_at: datetime | None = None
) -> None:
    """Add an address at which a person can be reached.

    Args:
        confirmed_at: when somebody knew that it is theirs; left out, the database's own time.
    """
    values: dict[str, object] = {"person_id": person_id, "channel": channel, "address": address}
    if confirmed_at is not None:
        values["confirmed_at"] = confirmed_at
    session.connection().execute(insert(ContactPoint), values)


def mark_address(
    session: Session, address_id: int, closed_because: str | None, *, confirmed_at: datetime | None = None
) -> None:
    """Note why an address is no longer used; None: it is used again.

    Args:
        confirmed_at: when somebody knew that it is theirs; left as it is where None.
    """
    values = {"point": address_id, "because": closed_because, "confirmed": confirmed_at}
    session.connection().execute(_MARK_ADDRESS, values)


def addresses_of_many_cases(session: Session, channel: str, limit: int) -> int:
    """How many addresses in use belong to people of more than `limit` cases."""
    counted = select(func.count()).select_from(_OF_MANY_CASES.subquery())
    return int(session.connection().execute(counted, {"channel": channel, "limit": limit}).scalar_one())
