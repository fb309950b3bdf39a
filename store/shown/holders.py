"""Whose case it was on the day of a stage."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from store.tables import Case, StageEvent, WorkerSpell

_spell = aliased(WorkerSpell)
worker_of_the_day = func.coalesce(
    select(func.max(_spell.staff_id))
    .where(
        _spell.case_id == StageEvent.case_id,
        _spell.began_on <= StageEvent.happened_on,
        or_(_spell.ended_on.is_(None), _spell.ended_on >= StageEvent.happened_on),
    )
    .scalar_subquery(),
    Case.worker_id,
)
"""Whose case it was on the day of a stage, as far as is known; else whose it is now."""
