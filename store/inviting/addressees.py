"""Queries that keep people whom we ask and who take part in no case: partners' contacts, notifiers, staff.

Each is found by a reference of its own, so that a list read twice keeps them once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new, insert_new
from store.tables import ContactPoint, Participant, Person

REPLACED = "replaced"
"""Why an address is no longer used: the list that gave it gives another now."""
LEFT = "left"


class Addressee(NamedTuple):
    """Somebody as a list has them. `addresses`: by channel; a channel that is left out has none."""

    reference: str
    name: str
    addresses: Mapping[str, str]
    organisation_id: int | None = None
    post: str | None = None


class Kept(NamedTuple):
    """Somebody who is kept, and what that has changed."""

    person_id: int
    is_new: bool
    has_changed: bool


def keep(session: Session, addressee: Addressee, now: datetime) -> Kept:
    """Keep somebody with their addresses; an address that the list gives no more is used no more.

    One that was closed for another reason, such as a mail that came back, stays closed.
    """
    row = {
        "reference": addressee.reference,
        "name": addressee.name,
        "language": "en",
        "safe_contact": "text",
        "organisation_id": addressee.organisation_id,
        "post": addressee.post,
    }
    new_id = session.execute(insert_if_new(session, Person, returning="id"), row).scalar()
    found = session.execute(
        select(Person.id, Person.name, Person.post).where(Person.reference == addressee.reference).with_for_update()
    ).one()
    has_changed = new_id is None and (found.name, found.post) != (addressee.name, addressee.post)
    if has_changed:
        values = {"name": addressee.name, "post": addressee.post}
        session.execute(update(Person).where(Person.id == found.id).values(**values).execution_options(**_PLAIN))
    moved = _keep_addresses(session, found.id, addressee.addresses, now)
    return Kept(found.id, is_new=new_id is not None, has_changed=has_changed or moved)


_PLAIN = {"synchronize_session": False}


def _keep_addresses(session: Session, person_id: int, addresses: Mapping[str, str], now: datetime) -> bool:
    known = session.execute(
        select(ContactPoint.id, ContactPoint.channel, ContactPoint.address, ContactPoint.closed_because).where(
            ContactPoint.person_id == person_id
        )
    ).all()
    gone = [point.id for point in known if not point.closed_because and addresses.get(point.channel) != point.address]
    back = [
        point.id
        for point in known
        if point.closed_because in {REPLACED, LEFT} and addresses.get(point.channel) == point.address
    ]
    for ids, because in ((gone, REPLACED), (back, None)):
        if ids:
            close = update(ContactPoint).where(ContactPoint.id.in_(ids)).values(closed_because=because)
            session.execute(close.execution_options(**_PLAIN))
    rows = [
        {"person_id": person_id, "channel": channel, "address": address, "confirmed_at": now}
        for channel, address in addresses.items()
    ]
    return bool(insert_new(session, ContactPoint, rows) or gone or back)


def leave(session: Session, person_ids: Collection[int]) -> int:
    """Use no address of these people any more; return how many addresses that were."""
    closed = session.scalars(
        update(ContactPoint)
        .where(ContactPoint.person_id.in_(person_ids), ContactPoint.closed_because.is_(None))
        .values(closed_because=LEFT)
        .returning(ContactPoint.id)
        .execution_options(**_PLAIN)
    )
    return len(closed.all())


def of_a_family(session: Session, addresses: Mapping[str, str]) -> bool:
    """Whether one of these addresses, by channel, is in use for somebody who takes part in a case."""
    return any(
        session.scalar(select(exists().where(*_at(channel, address), Participant.person_id == ContactPoint.person_id)))
        for channel, address in addresses.items()
    )


def at(session: Session, addresses: Mapping[str, str]) -> int | None:
    """Who can be reached at one of these addresses, by channel, and takes part in no case; None where nobody can.

    A partner's contact comes first.
    """
    takes_part = exists().where(Participant.person_id == Person.id)
    for channel, address in addresses.items():
        found = session.scalar(
            select(Person.id)
            .join(ContactPoint, ContactPoint.person_id == Person.id)
            .where(*_at(channel, address), ~takes_part, Person.reference.not_like("staff:%"))
            .order_by(Person.organisation_id.is_(None), Person.id)
            .limit(1)
        )
        if found is not None:
            return found
    return None


def _at(channel: str, address: str) -> tuple[ColumnElement[bool], ...]:
    return (ContactPoint.channel == channel, ContactPoint.address == address, ContactPoint.closed_because.is_(None))
