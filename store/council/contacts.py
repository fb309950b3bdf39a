"""Queries about contact points: where a person can be reached, and whether they may be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, exists, or_, select, true, update
from sqlalchemy.orm import Session

from store.council.standing import PROVEN_DEAD, safe_contact_at
from store.council.standing import is_barred as nobody_may_write_to
from store.tables import ContactPoint, OptOut, Participant, Person

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
    """Whether an address is a person's still, has no stop on it, and all who have it may be contacted in one of these ways.

    Not where nobody may write to them at all, nor where the address waits for a worker to confirm it.
    """
    whose = {"channel": channel, "address": address, "person": person_id, "ways": list(ways)}
    return session.scalar(_OPEN, whose) is not None


has_stop = exists().where(
    OptOut.channel == ContactPoint.channel,
    OptOut.address == ContactPoint.address,
    OptOut.ended_at.is_(None),
    OptOut.person_id.is_(None) | (OptOut.person_id == ContactPoint.person_id),
)
"""Whether somebody has said stop at an address, for its person too."""
_OPEN = (
    select(ContactPoint.id)
    .where(
        ContactPoint.channel == bindparam("channel"),
        ContactPoint.address == bindparam("address"),
        ContactPoint.person_id == bindparam("person"),
        ContactPoint.closed_because.is_(None),
        ContactPoint.frozen_because.is_(None),
        safe_contact_at(ContactPoint.channel, ContactPoint.address).in_(bindparam("ways", expanding=True)),
        ~nobody_may_write_to(ContactPoint.person_id),
        ~has_stop,
    )
    .limit(1)
)


def is_barred(session: Session, channel: str, address: str) -> bool:
    """Whether nothing may ever be said to an address again: it is a stranger's, or not safe, and nobody else has it."""
    at = (ContactPoint.channel == channel, ContactPoint.address == address)
    barred = exists().where(*at, ContactPoint.closed_because.in_(_FOR_GOOD))
    in_use = exists().where(*at, ContactPoint.closed_because.is_(None))
    return session.scalar(select(barred & ~in_use)) is True


def confirm(session: Session, person_id: int, channel: str, address: str, now: datetime) -> bool:
    """Note that an address is a person's, which opens it again where it was frozen or had taken no messages.

    False where they have no such address, or where it is closed for another reason: a stranger's number stays closed.
    """
    confirmed = session.execute(
        update(ContactPoint)
        .where(
            ContactPoint.person_id == person_id,
            ContactPoint.channel == channel,
            ContactPoint.address == address,
            or_(ContactPoint.closed_because.is_(None), ContactPoint.closed_because == PROVEN_DEAD),
        )
        .values(confirmed_at=now, frozen_because=None, closed_because=None)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", confirmed).rowcount == 1


_HEARD = (
    update(ContactPoint)
    .where(
        ContactPoint.person_id == bindparam("person"),
        ContactPoint.channel == bindparam("its_channel"),
        ContactPoint.address == bindparam("its_address"),
        ContactPoint.closed_because.is_(None),
        ContactPoint.confirmed_at < bindparam("before"),
    )
    .values(confirmed_at=bindparam("now"))
    .execution_options(synchronize_session=False)
)


def note_heard(
    session: Session, person_id: int, channel: str, address: str, now: datetime, *, unless_since: datetime
) -> None:
    """Note that a person has answered from an address, unless it is known since that moment already.

    What waits for a worker goes on waiting.
    """
    values = {"person": person_id, "its_channel": channel, "its_address": address, "now": now, "before": unless_since}
    session.connection().execute(_HEARD, values)


def freeze(session: Session, case_id: int, because: str) -> list[int]:
    """Let the addresses of everyone on a case rest until a worker has confirmed them; return whose."""
    theirs = select(Participant.person_id).where(Participant.case_id == case_id, Participant.left_on.is_(None))
    return list(
        session.scalars(
            update(ContactPoint)
            .where(
                ContactPoint.person_id.in_(theirs),
                ContactPoint.closed_because.is_(None),
                ContactPoint.frozen_because.is_(None),
            )
            .values(frozen_because=because)
            .returning(ContactPoint.person_id)
            .execution_options(synchronize_session=False)
        )
    )


def close_for_families(session: Session, mobile: str, because: str, *, on_cases: bool = False) -> list[int]:
    """Use a number no more for anybody but partners' contacts, since it is no family's; return whose it was to be.

    Args:
        on_cases: only for whoever takes part in a case: who has told us of a family may be a partner's contact as well.
    """
    takes_part = exists().where(Participant.person_id == Person.id)
    families = select(Person.id).where(Person.organisation_id.is_(None), takes_part if on_cases else true())
    return list(
        session.scalars(
            update(ContactPoint)
            .where(
                ContactPoint.channel == "sms",
                ContactPoint.address == mobile,
                ContactPoint.closed_because.is_(None),
                ContactPoint.person_id.in_(families),
            )
            .values(closed_because=because)
            .returning(ContactPoint.person_id)
            .execution_options(synchronize_session=False)
        )
    )
