"""Queries for what waits for an owner: said about a case whose worker nobody led, and nobody leads yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.shown.standing import is_of_a_stage
from store.tables import Alert, Case, Conversation, Invitation, Message, Staff, Unit


class Waiting(NamedTuple):
    """One invitation to which somebody has replied, and which belongs to no line manager; nothing of what was said."""

    invitation_id: int
    unit_id: int
    worker_id: int | None
    case_reference: str
    stage: str
    stage_on: date
    unit: str
    worker: str


def waiting(session: Session, before: datetime) -> list[Waiting]:
    """What waits for an owner of all that came before a moment, the oldest stage first.

    Texts about a worker's conduct do not count, here as everywhere where a line manager looks.
    """
    conduct = exists().where(Alert.message_id == Message.id, Alert.conduct)
    replied = exists().where(
        Conversation.invitation_id == Invitation.id,
        Message.conversation_id == Conversation.id,
        Message.direction == "in",
        Message.status == "received",
        Message.at < before,
        ~conduct,
    )
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.unit_id,
            Invitation.worker_id,
            Case.reference,
            Invitation.stage,
            Invitation.stage_on,
            Unit.name,
            func.coalesce(Staff.name, ""),
        )
        .join(Case, Case.id == Invitation.case_id)
        .join(Unit, Unit.id == Invitation.unit_id)
        .outerjoin(Staff, Staff.id == Invitation.worker_id)
        .where(Invitation.line_manager_id.is_(None), is_of_a_stage, replied)
        .order_by(Invitation.stage_on, Invitation.id)
    )
    return [Waiting._make(row) for row in rows]


def districts(session: Session) -> dict[int, str]:
    """The district of every unit."""
    return {row[0]: row[1] for row in session.execute(select(Unit.id, Unit.district))}


def found_owners(session: Session) -> dict[int, int]:
    """Who owns by now what belonged to nobody: the line manager of each invitation without one.

    That is whoever leads the worker of the day by now, else whoever leads the one who holds the case now; never the worker
    of the day themselves.
    """
    rows = session.execute(_FOUND)
    owners = {
        invitation_id: next((each for each in leads if each is not None and each != worker_id), None)
        for invitation_id, worker_id, *leads in rows
    }
    return {invitation_id: owner for invitation_id, owner in owners.items() if owner is not None}


_then, _now = aliased(Staff), aliased(Staff)
_FOUND = (
    select(Invitation.id, Invitation.worker_id, _then.line_manager_id, _now.line_manager_id)
    .join(Case, Case.id == Invitation.case_id)
    .outerjoin(_then, _then.id == Invitation.worker_id)
    .join(_now, _now.id == Case.worker_id)
    .where(
        Invitation.line_manager_id.is_(None),
        or_(_then.line_manager_id.is_not(None), _now.line_manager_id.is_not(None)),
    )
)


def hand_over(session: Session, invitation_id: int, line_manager_id: int) -> None:
    """Give what belonged to nobody to a line manager."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.line_manager_id.is_(None))
        .values(line_manager_id=line_manager_id)
        .execution_options(synchronize_session=False)
    )
