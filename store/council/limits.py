"""Queries about limits on contact between two adults of a case: what we know of the one must not reach the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, Exists, Select, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import ContactLimit, ContactPoint, Person


class Limited(NamedTuple):
    """With whom of their case somebody's contact is limited, and why."""

    other: str
    reason: str
    note: str | None


def add(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep a limit; False where that of these two is kept already."""
    return insert_new(session, ContactLimit, [row]) == 1


def others_of(person_id: int) -> Select[tuple[int]]:
    """Those with whom a person's contact is limited now, whichever of the two it was noted for."""
    one, other = ContactLimit.person_id, ContactLimit.other_person_id
    stands = ContactLimit.ended_on.is_(None)
    return select(other).where(one == person_id, stands).union_all(select(one).where(other == person_id, stands))  # type: ignore[return-value]


def of_person(session: Session, case_id: int, person_id: int) -> list[Limited]:
    """With whom of a case somebody's contact is limited now."""
    rows = session.execute(
        select(Person.name, ContactLimit.reason, ContactLimit.note)
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


def freeze_shared(session: Session, person_id: int, other_person_id: int, because: str) -> int:
    """Freeze the addresses that two people have in common, for both of them; return how many rows that were."""
    mine, others = (
        select(ContactPoint.channel, ContactPoint.address)
        .where(ContactPoint.person_id == who, ContactPoint.closed_because.is_(None))
        .subquery()
        for who in (person_id, other_person_id)
    )
    same = and_(mine.c.channel == others.c.channel, mine.c.address == others.c.address)
    shared = session.execute(select(mine.c.channel, mine.c.address).join(others, same)).all()
    if not shared:
        return 0
    at = or_(*(and_(ContactPoint.channel == channel, ContactPoint.address == address) for channel, address in shared))
    frozen = session.execute(
        update(ContactPoint)
        .where(ContactPoint.person_id.in_((person_id, other_person_id)), ContactPoint.closed_because.is_(None), at)
        .values(frozen_because=because)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[tuple[()]]", frozen).rowcount
