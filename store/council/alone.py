"""Queries about whether somebody of 11 to 15 can take part alone: each decision of a worker is kept, the latest counts."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from store.tables import TakingPartAlone


class Decision(NamedTuple):
    """What a worker has decided about a person, and why."""

    may: bool
    why: str
    staff_id: int
    decided_at: datetime


def add(session: Session, person_id: int, decision: Decision) -> None:
    """Keep a decision; the ones before it stay as history."""
    session.execute(insert(TakingPartAlone), {"person_id": person_id, **decision._asdict()})


def latest(session: Session, person_id: int) -> Decision | None:
    """The decision that counts; None where nobody has decided."""
    columns = [getattr(TakingPartAlone, name) for name in Decision._fields]
    row = session.execute(
        select(*columns).where(TakingPartAlone.person_id == person_id).order_by(TakingPartAlone.id.desc()).limit(1)
    ).first()
    return Decision._make(row) if row else None
