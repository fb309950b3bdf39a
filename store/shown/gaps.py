"""Case stages with no voice: those at which nobody has been heard, and for each person on them why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from store.shown.coverage import (
    Wanted,
    invited_stages,
    of_invitations,
    uninvited_stages,
)
from store.shown.doubts import by_someone_else
from store.shown.holders import worker_of_the_day
from store.shown.standing import progress, standing
from store.tables import Case, Conversation, Invitation, Message, Participant, Staff, StageEvent, Unit


class Gap(NamedTuple):
    """A stage at which nobody has been heard. `is_empty`: nobody takes part in its case."""

    event_id: int
    case_id: int
    case_reference: str
    stage: str
    happened_on: date
    worker: str
    unit: str
    district: str
    is_empty: bool


class Unheard(NamedTuple):
    """Somebody on such a stage, and where they stand. `by_someone_else`: words came, from somebody in their place."""

    event_id: int
    audience: str
    age_band: str | None
    status: str
    because: str | None
    is_held: bool
    by_someone_else: bool


_worker = aliased(Staff)


def silent(
    session: Session, wanted: Wanted, today: date, before: int | None = None, limit: int | None = None
) -> list[int]:
    """Ids of the stages up to today at which nobody of those wanted has been heard, the latest first.

    Args:
        before: the stage after which to go on; None for the first page.
        limit: how many at most; None for all.
    """
    invited = invited_stages(wanted, progress(session), func.max(Invitation.stage_event_id)).subquery()
    silent = [select(invited.c.event_id).where(invited.c.best < 2)]
    if not wanted.is_of_people:
        uninvited = uninvited_stages(wanted, StageEvent.id.expression, today).subquery()
        silent.append(select(uninvited.c.event_id))
    either = union_all(*silent).subquery()
    found = session.scalars(
        select(StageEvent.id)
        .join(either, either.c.event_id == StageEvent.id)
        .where(StageEvent.happened_on <= today, *_from(before))
        .order_by(StageEvent.happened_on.desc(), StageEvent.id.desc())
        .limit(limit)
    )
    return list(found)


def _from(before: int | None) -> list[ColumnElement[bool]]:
    if before is None:
        return []
    last = aliased(StageEvent)
    day = select(last.happened_on).where(last.id == before).scalar_subquery()
    same_day = and_(StageEvent.happened_on == day, StageEvent.id < before)
    return [or_(StageEvent.happened_on < day, same_day)]


def described(session: Session, event_ids: Sequence[int]) -> list[Gap]:
    """What is shown of these stages, the latest first."""
    of_stage = Invitation.stage_event_id == StageEvent.id
    worker = func.coalesce(select(func.max(Invitation.worker_id)).where(of_stage).scalar_subquery(), worker_of_the_day)
    unit = func.coalesce(select(func.max(Invitation.unit_id)).where(of_stage).scalar_subquery(), Case.unit_id)
    takes_part = exists().where(
        Participant.case_id == StageEvent.case_id,
        or_(Participant.left_on.is_(None), Participant.left_on > StageEvent.happened_on),
    )
    rows = session.execute(
        select(
            StageEvent.id,
            Case.id,
            Case.reference,
            StageEvent.stage,
            StageEvent.happened_on,
            _worker.name,
            Unit.name,
            Unit.district,
            ~takes_part,
        )
        .join(Case, Case.id == StageEvent.case_id)
        .join(_worker, _worker.id == worker)
        .join(Unit, Unit.id == unit)
        .where(StageEvent.id.in_(event_ids))
        .order_by(StageEvent.happened_on.desc(), StageEvent.id.desc())
    )
    return [Gap._make(row) for row in rows]


def unheard(session: Session, event_ids: Sequence[int], wanted: Wanted) -> list[Unheard]:
    """Everyone wanted on some stages without a voice, and where they stand."""
    someone_else = exists().where(
        Conversation.invitation_id == Invitation.id,
        Message.conversation_id == Conversation.id,
        by_someone_else(),
    )
    rows = session.execute(
        select(
            Invitation.stage_event_id,
            Invitation.audience,
            Invitation.age_band,
            standing(session),
            Invitation.not_asked_because,
            Invitation.held_by.is_not(None),
            someone_else,
        )
        .where(Invitation.stage_event_id.in_(event_ids), *of_invitations(wanted))
        .order_by(Invitation.stage_event_id, Invitation.audience, Invitation.id)
    )
    return [Unheard._make(row) for row in rows]
