"""Queries about stops: where somebody has said that they want no more texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, exists, select, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import ContactPoint, OptOut


def begin(session: Session, channel: str, address: str, now: datetime) -> None:
    """Note that an address has said stop, for everyone who shares it; nothing changes where it had already."""
    insert_new(session, OptOut, [_row(channel, address, now)])


def begin_for(session: Session, person_id: int, now: datetime) -> None:
    """Note that a person has said stop, at every address that they have; nobody else who shares one has."""
    points = session.execute(
        select(ContactPoint.channel, ContactPoint.address).where(
            ContactPoint.person_id == person_id, ContactPoint.closed_because.is_(None)
        )
    )
    insert_new(session, OptOut, [_row(point.channel, point.address, now, person_id) for point in points])


def stands(session: Session, channel: str, address: str) -> bool:
    """Whether an address has said stop for everyone who shares it."""
    standing = (OptOut.channel == channel, OptOut.address == address)
    return bool(
        session.scalar(select(exists().where(*standing, OptOut.person_id.is_(None), OptOut.ended_at.is_(None))))
    )


def end_own(session: Session, person_id: int, now: datetime) -> None:
    """Note that a person takes back every stop that is theirs alone."""
    own = update(OptOut).where(OptOut.person_id == person_id, OptOut.ended_at.is_(None)).values(ended_at=now)
    session.execute(own.execution_options(synchronize_session=False))


def end(session: Session, channel: str, address: str, now: datetime, *, but_for: Iterable[int] = ()) -> None:
    """Note that the stop of an address is taken back.

    Args:
        but_for: the people who share the address and have not said so themselves: each keeps a stop of their own, if the
            address had one.
    """
    standing = update(OptOut).where(OptOut.channel == channel, OptOut.address == address, OptOut.ended_at.is_(None))
    standing = standing.values(ended_at=now).execution_options(synchronize_session=False)
    people = list(but_for)
    of_all = session.execute(standing.where(OptOut.person_id.is_(None)))
    session.execute(standing.where(OptOut.person_id.not_in(people)))
    if cast("CursorResult[Any]", of_all).rowcount:
        insert_new(session, OptOut, [_row(channel, address, now, person_id) for person_id in people])


def _row(channel: str, address: str, now: datetime, person_id: int | None = None) -> dict[str, object]:
    return {"channel": channel, "address": address, "person_id": person_id, "began_at": now, "ended_at": None}
