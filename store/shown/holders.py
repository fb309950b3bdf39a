"""Whose case it was on the day of a stage, and who led them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.tables import Case, Invitation, Staff, StageEvent, WorkerSpell

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


def is_or_was_led(session: Session, worker_id: int, managers: Collection[int]) -> bool:
    """Whether a worker is led by any of these managers, or was on the day of a stage that somebody was invited about."""
    led_now = exists().where(Staff.id == worker_id, Staff.line_manager_id.in_(managers))
    led_then = exists().where(Invitation.worker_id == worker_id, Invitation.line_manager_id.in_(managers))
    return bool(session.scalar(select(or_(led_now, led_then))))
