"""Queries about stops: where somebody has said that they want no more texts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import OptOut


def begin(session: Session, channel: str, address: str, now: datetime) -> None:
    """Note that an address has said stop; nothing changes where it had already."""
    insert_new(session, OptOut, [{"channel": channel, "address": address, "began_at": now, "ended_at": None}])


def end(session: Session, channel: str, address: str, now: datetime) -> None:
    """Note that the stop of an address is taken back."""
    session.execute(
        update(OptOut)
        .where(OptOut.channel == channel, OptOut.address == address, OptOut.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
