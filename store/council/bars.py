"""Queries about people to whom nobody may write, whatever else is recorded of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import DoNotContact


class Bar(NamedTuple):
    """That nobody may write to a person: why, who has said so, since when."""

    reason: str
    note: str | None
    staff_id: int | None
    began_at: datetime


def begin(session: Session, person_id: int, bar: Bar) -> bool:
    """Let nobody write to a person; False where one stands already, which is left as it is."""
    return insert_new(session, DoNotContact, [{"person_id": person_id, **bar._asdict(), "ended_at": None}]) == 1


def end(session: Session, person_id: int, now: datetime) -> bool:
    """Let people write to them again; False where nothing stood in the way."""
    ended = session.execute(
        update(DoNotContact)
        .where(DoNotContact.person_id == person_id, DoNotContact.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", ended).rowcount == 1


def standing(session: Session, person_id: int) -> Bar | None:
    """What stands in the way of writing to a person now; None where nothing does."""
    columns = [getattr(DoNotContact, name) for name in Bar._fields]
    row = session.execute(
        select(*columns).where(DoNotContact.person_id == person_id, DoNotContact.ended_at.is_(None))
    ).first()
    return Bar._make(row) if row else None
