"""Queries about limits on contact between two adults of a case: what we know of the one must not reach the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, Exists, Select, and_, exists, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_new
from store.tables import ContactLimit, ContactPoint, Person


class Limited(NamedTuple):
    """With whom of their case somebody's contact is limited, and why."""

    other_id: int
    other: str
    reason: str
    note: str | None


class Limit(NamedTuple):
    """A limit that stands: the two by what the system that told us of them calls them, and why."""

    person: str | None
    other: str | None
    reason: str


def add(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep a limit between two people of a case; False where one stands already."""
    return insert_new(session, ContactLimit, [row]) == 1


def change(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep why the limit between two people of a case stands; False where it was so already."""
    reason, note = ContactLimit.reason, ContactLimit.note
    differs = or_(reason != row["reason"], note.is_distinct_from(row["note"]))
    return _change(session, _between(row), differs, reason=row["reason"], note=row["note"])


def end(session: Session, row: Mapping[str, Any], *, on: date, by: int | None, because: str) -> bool:
    """End the limit between two people of a case; False where none stood."""
    return _change(session, _between(row), true(), ended_on=on, ended_by=by, ended_because=because)


def _between(row: Mapping[str, Any]) -> ColumnElement[bool]:
    """The limit that stands between the two people of a case."""
    pair = (getattr(ContactLimit, name) == row[name] for name in ("case_id", "person_id", "other_person_id"))
    return and_(*pair, ContactLimit.ended_on.is_(None))


def _change(session: Session, *conditions: ColumnElement[bool], **values: object) -> bool:
    changed = session.execute(
        update(ContactLimit).where(*conditions).values(**values).execution_options(synchronize_session=False)
    )
    return cast("CursorResult[tuple[()]]", changed).rowcount == 1


def of_case(session: Session, case_id: int) -> list[Limit]:
    """The limits that stand in a case."""
    one, other = aliased(Person), aliased(Person)
    rows = session.execute(
        select(one.reference, other.reference, ContactLimit.reason)
        .join(one, one.id == ContactLimit.person_id)
        .join(other, other.id == ContactLimit.other_person_id)
        .where(ContactLimit.case_id == case_id, ContactLimit.ended_on.is_(None))
        .order_by(ContactLimit.id)
    )
    return [Limit._make(row) for row in rows]


def others_of(person_id: int) -> Select[tuple[int]]:
    """Those with whom a person's contact is limited now, whichever of the two it was noted for."""
    one, other = ContactLimit.person_id, ContactLimit.other_person_id
    stands = ContactLimit.ended_on.is_(None)
    return select(other).where(one == person_id, stands).union_all(select(one).where(other == person_id, stands))  # type: ignore[return-value]


def of_person(session: Session, case_id: int, person_id: int) -> list[Limited]:
    """With whom of a case somebody's contact is limited now."""
    rows = session.execute(
        select(Person.id, Person.name, ContactLimit.reason, ContactLimit.note)
        .join(
            Person,
            or_(
                and_(ContactLimit.person_id == person_id, Person.id == ContactLimit.other_person_id),
                and_(ContactLimit.other_person_id == person_id, Person.id == ContactLimit.person_id),
            ),
        )
        .where(ContactLimit.case_id == case_id, ContactLimit.ended_on.is_(None))
        .order_by(ContactLimit.id)
    )
    return [Limited._make(row) for row in rows]


def has_other(session: Session, person_id: int, mobile: str) -> bool:
    """Whether somebody with whom this person's contact is limited has a number, be it in use or to be confirmed."""
    return session.scalar(select(_of_another(person_id, "sms", mobile))) is True


def is_anothers(session: Session, person_id: int, channel: str, address: str) -> bool:
    """Whether an address has been confirmed as that of somebody with whom this person's contact is limited."""
    of_another = _of_another(person_id, channel, address).where(ContactPoint.frozen_because.is_(None))
    return session.scalar(select(of_another)) is True


def _of_another(person_id: int, channel: str, address: str) -> Exists:
    return exists().where(
        ContactPoint.channel == channel,
        ContactPoint.address == address,
        ContactPoint.closed_because.is_(None),
        ContactPoint.person_id.in_(others_of(person_id)),
    )


def freeze_shared(session: Session, person_id: int, other_person_id: int, because: str) -> list[tuple[str, str]]:
    """Freeze the addresses that two people have in common, for both of them; return them, each with its channel."""
    mine, others = (
        select(ContactPoint.channel, ContactPoint.address)
        .where(ContactPoint.person_id == who, ContactPoint.closed_because.is_(None))
        .subquery()
        for who in (person_id, other_person_id)
    )
    same = and_(mine.c.channel == others.c.channel, mine.c.address == others.c.address)
    shared = [(row[0], row[1]) for row in session.execute(select(mine.c.channel, mine.c.address).join(others, same))]
    if not shared:
        return []
    at = or_(*(and_(ContactPoint.channel == channel, ContactPoint.address == address) for channel, address in shared))
    session.execute(
        update(ContactPoint)
        .where(ContactPoint.person_id.in_((person_id, other_person_id)), ContactPoint.closed_because.is_(None), at)
        .values(frozen_because=because)
        .execution_options(synchronize_session=False)
    )
    return shared
