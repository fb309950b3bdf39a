"""Queries about contact points: where a person can be reached, and whether they may be."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, select, true, update
from sqlalchemy.orm import Session

from store.tables import ContactPoint, OptOut, Person

_FOR_GOOD = ("wrong_number", "unsafe")
"""Why an address may be closed so that nothing is ever said to it again."""


def close(session: Session, channel: str, address: str, reason: str, *, person_id: int | None = None) -> None:
    """Note that an address is no longer used, and why: for one person, or for everyone who has it."""
    whose = ContactPoint.person_id == person_id if person_id is not None else true()
    session.execute(
        update(ContactPoint)
        .where(
            ContactPoint.channel == channel,
            ContactPoint.address == address,
            ContactPoint.closed_because.is_(None),
            whose,
        )
        .values(closed_because=reason)
        .execution_options(synchronize_session=False)
    )


def is_open(session: Session, channel: str, address: str, person_id: int, ways: Collection[str]) -> bool:
    """Whether an address is a person's still, without a stop on it, and the person may be contacted in one of these ways."""
    stop = exists().where(
        OptOut.channel == channel,
        OptOut.address == address,
        OptOut.ended_at.is_(None),
        OptOut.person_id.is_(None) | (OptOut.person_id == person_id),
    )
    point = (
        select(ContactPoint.id)
        .join(Person, Person.id == ContactPoint.person_id)
        .where(
            ContactPoint.channel == channel,
            ContactPoint.address == address,
            ContactPoint.person_id == person_id,
            ContactPoint.closed_because.is_(None),
            Person.safe_contact.in_(ways),
            ~stop,
        )
    )
    return session.scalar(point.limit(1)) is not None


def is_barred(session: Session, channel: str, address: str) -> bool:
    """Whether nothing may ever be said to an address again: it is a stranger's, or not safe, and nobody else has it."""
    at = (ContactPoint.channel == channel, ContactPoint.address == address)
    barred = exists().where(*at, ContactPoint.closed_because.in_(_FOR_GOOD))
    in_use = exists().where(*at, ContactPoint.closed_because.is_(None))
    return session.scalar(select(barred & ~in_use)) is True
