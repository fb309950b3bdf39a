"""Queries about invitations that are still to be asked: those of somebody's own cases, and holding one back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.inviting.invitations import ABOUT_A_STAGE, OFFERED
from store.tables import Case, Invitation, Staff


class Holdable(NamedTuple):
    """An invitation as far as holding it back goes. `worker_id` and `manager_id` are those of its case today."""

    id: int
    case_id: int
    person_id: int
    case_reference: str
    stage: str
    audience: str
    status: str
    not_asked_because: str | None
    held_by: int | None
    stage_on: date
    due_at: datetime
    worker_id: int
    manager_id: int | None


_worker = aliased(Staff)
_FOUND = (
    select(
        Invitation.id,
        Case.id,
        Invitation.person_id,
        Case.reference,
        Invitation.stage,
        Invitation.audience,
        Invitation.status,
        Invitation.not_asked_because,
        Invitation.held_by,
        Invitation.stage_on,
        Invitation.due_at,
        Case.worker_id,
        _worker.line_manager_id,
    )
    .join(Case, Case.id == Invitation.case_id)
    .join(_worker, _worker.id == Case.worker_id)
    .where(ABOUT_A_STAGE)
)


def find(session: Session, invitation_id: int) -> Holdable | None:
    """An invitation about a stage, locked until this transaction ends; None where there is none of that number."""
    row = session.execute(_FOUND.where(Invitation.id == invitation_id).with_for_update(of=Invitation)).first()
    return Holdable._make(row) if row else None


def _theirs(staff_id: int, leads: Collection[int]) -> ColumnElement[bool]:
    return or_(Case.worker_id == staff_id, _worker.line_manager_id.in_({staff_id, *leads}))


def coming_up(session: Session, staff_id: int, leads: Collection[int], limit: int) -> list[Holdable]:
    """What is still to be asked about the cases of a worker, or of a manager's workers; what is due first stands first."""
    query = _FOUND.where(OFFERED, _theirs(staff_id, leads)).order_by(Invitation.due_at, Invitation.id).limit(limit)
    return [Holdable._make(row) for row in session.execute(query)]


def held(session: Session, staff_id: int, leads: Collection[int], limit: int) -> list[Holdable]:
    """What has been held back of the same cases, the latest stage first."""
    query = _FOUND.where(Invitation.held_by.is_not(None), Invitation.status == "not_asked", _theirs(staff_id, leads))
    rows = session.execute(query.order_by(Invitation.stage_on.desc(), Invitation.id.desc()).limit(limit))
    return [Holdable._make(row) for row in rows]


def hold(session: Session, invitation_id: int, reason: str, *, staff_id: int, now: datetime) -> None:
    """Note that an invitation is held back, why and by whom."""
    _change(session, invitation_id, status="not_asked", not_asked_because=reason, held_by=staff_id, settled_at=now)


def let_go(session: Session, invitation_id: int) -> None:
    """Let an invitation that was held back wait to be asked again."""
    _change(session, invitation_id, status="offered", not_asked_because=None, held_by=None, settled_at=None)


def _change(session: Session, invitation_id: int, **columns: object) -> None:
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )
