"""Queries that keep cases, and who holds them. Core statements, built once: lists are long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new, insert_new
from store.tables import Case, WorkerSpell


class CaseFacts(NamedTuple):
    """What may change about a case."""

    level: str
    unit_id: int
    worker_id: int


class KnownCase(NamedTuple):
    """A case that is kept."""

    id: int
    facts: CaseFacts
    status: str


SINCE_EVER = date(2000, 1, 1)
"""Since when a case counts as its worker's where nobody has said: no stage lies before that day."""

_CASE = (
    select(Case.id, Case.level, Case.unit_id, Case.worker_id, Case.status)
    .where(Case.reference == bindparam("reference"))
    .with_for_update(key_share=True)
)
_UPDATE_CASE = (
    update(Case)
    .where(Case.id == bindparam("case"))
    .values(level=bindparam("new_level"), unit_id=bindparam("new_unit"), worker_id=bindparam("new_worker"))
    .execution_options(synchronize_session=False)
)
_SPELL_NOW = select(WorkerSpell.id, WorkerSpell.staff_id, WorkerSpell.began_on).where(
    WorkerSpell.case_id == bindparam("case"), WorkerSpell.ended_on.is_(None)
)


def find(session: Session, reference: str) -> KnownCase | None:
    """The case of that reference, locked until this transaction ends."""
    row = session.connection().execute(_CASE, {"reference": reference}).first()
    return KnownCase(row.id, CaseFacts(row.level, row.unit_id, row.worker_id), row.status) if row else None


def add(session: Session, reference: str, facts: CaseFacts) -> None:
    """Add a case, unless its reference is there already."""
    row = {"reference": reference, **facts._asdict(), "status": "open"}
    session.connection().execute(insert_if_new(session, Case), row)


def change(session: Session, case_id: int, facts: CaseFacts) -> None:
    """Keep what has changed about a case."""
    values = {
        "case": case_id,
        "new_level": facts.level,
        "new_unit": facts.unit_id,
        "new_worker": facts.worker_id,
    }
    session.connection().execute(_UPDATE_CASE, values)


def hand_over(session: Session, case_id: int, staff_id: int, day: date, *, before: int | None) -> None:
    """Note that a case is somebody's from a day on. The case is locked.

    Args:
        before: whose it was until then, where that is known; it counts as theirs from the beginning if no spell says so.
    """
    now = session.connection().execute(_SPELL_NOW, {"case": case_id}).first()
    if now is None and before is not None:
        insert_new(session, WorkerSpell, [_spell(case_id, before, SINCE_EVER, day)])
    if now is not None and now.began_on >= day:  # handed over twice on one day: whoever has it in the evening counts
        session.execute(delete(WorkerSpell).where(WorkerSpell.id == now.id))
    elif now is not None:
        session.execute(
            update(WorkerSpell)
            .where(WorkerSpell.id == now.id)
            .values(ended_on=_day_before(day))
            .execution_options(synchronize_session=False)
        )
    insert_new(session, WorkerSpell, [_spell(case_id, staff_id, day, None)])


def _spell(case_id: int, staff_id: int, began_on: date, until: date | None) -> dict[str, object]:
    ended_on = _day_before(until) if until else None
    return {"case_id": case_id, "staff_id": staff_id, "began_on": began_on, "ended_on": ended_on}


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def open_references(session: Session) -> Iterable[str]:
    """The references of all cases that are open, in no order; read one by one."""
    return session.scalars(select(Case.reference).where(Case.status == "open").execution_options(yield_per=1000))
