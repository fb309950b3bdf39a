"""Queries about contact points: where a person can be reached."""

from __future__ import annotations

from sqlalchemy import true, update
from sqlalchemy.orm import Session

from store.tables import ContactPoint


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
