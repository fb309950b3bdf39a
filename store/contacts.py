"""Queries about contact points: where a person can be reached."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from store.tables import ContactPoint


def close(session: Session, channel: str, address: str, reason: str) -> None:
    """Note that an address is no longer used, and why, for everyone who has it."""
    session.execute(
        update(ContactPoint)
        .where(ContactPoint.channel == channel, ContactPoint.address == address, ContactPoint.closed_because.is_(None))
        .values(closed_because=reason)
        .execution_options(synchronize_session=False)
    )
