"""Queries that keep what happens in cases, each event once."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, bindparam, delete, exists, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new
from store.tables import Invitation, InvitationStep, StageEvent
from surveys.stages import STAGES

_NO_DAY = date(1, 1, 1)


class KeptEvent(NamedTuple):
    """An event as it is kept."""

    id: int
    case_id: int
    stage: str
    happened_on: date
    reference: str | None
    is_withdrawn: bool
    is_applied: bool
    is_listed: bool


_ANY: Select[int, int, str, date, str | None, bool, bool, bool] = select(
    StageEvent.id,
    StageEvent.case_id,
    StageEvent.stage,
    StageEvent.happened_on,
    StageEvent.reference,
    StageEvent.withdrawn_at.is_not(None),
    StageEvent.applied_at.is_not(None),
    StageEvent.is_listed,
)
_BY_ID = _ANY.where(StageEvent.id == bindparam("event"))
_BY_REFERENCE = _ANY.where(StageEvent.reference == bindparam("reference"))
_AT = _ANY.where(
    StageEvent.case_id == bindparam("case"),
    StageEvent.stage == bindparam("stage"),
    StageEvent.happened_on == bindparam("day"),
)
_OF_CASE = _ANY.where(StageEvent.case_id == bindparam("case")).order_by(StageEvent.happened_on, StageEvent.id)


def by_id(session: Session, event_id: int) -> KeptEvent | None:
    """The event of that number."""
    row = session.connection().execute(_BY_ID, {"event": event_id}).first()
    return KeptEvent._make(row) if row else None


def by_reference(session: Session, reference: str) -> KeptEvent | None:
    """The event that another system calls so."""
    row = session.connection().execute(_BY_REFERENCE, {"reference": reference}).first()
    return KeptEvent._make(row) if row else None


def at(session: Session, case_id: int, stage: str, day: date) -> KeptEvent | None:
    """The event of that kind in a case on a day."""
    row = session.connection().execute(_AT, {"case": case_id, "stage": stage, "day": day}).first()
    return KeptEvent._make(row) if row else None


def of_case(session: Session, case_id: int) -> list[KeptEvent]:
    """All events of a case, the earliest first, those that were withdrawn included."""
    return [KeptEvent._make(row) for row in session.connection().execute(_OF_CASE, {"case": case_id})]


def add(
    session: Session,
    case_id: int,
    stage: str,
    happened_on: date,
    *,
    reference: str | None,
    recorded_at: datetime,
    is_listed: bool = False,
) -> int | None:
    """Keep an event; None where one of that reference, or of that kind and day in the case, is kept already."""
    row = {
        "case_id": case_id,
        "stage": stage,
        "happened_on": happened_on,
        "reference": reference,
        "recorded_at": recorded_at,
        "is_listed": is_listed,
    }
    added: int | None = session.connection().execute(insert_if_new(session, StageEvent, returning="id"), row).scalar()
    return added


def move(session: Session, event_id: int, day: date, *, apply_again: bool) -> None:
    """Correct the day of an event. With `apply_again`, what follows from it is done when that day comes."""
    values = {"happened_on": day, "applied_at": None} if apply_again else {"happened_on": day}
    _change(session, event_id, **values)


def swap_days(session: Session, one: KeptEvent, other: KeptEvent) -> None:
    """Give each of two events of one kind in a case the day of the other, though no two may ever be on one day."""
    for event_id, day in ((other.id, _NO_DAY), (one.id, other.happened_on), (other.id, one.happened_on)):
        _change(session, event_id, happened_on=day)


def drop(session: Session, event_id: int) -> bool:
    """Forget an event that nobody was ever invited about; False where somebody was."""
    invited = exists().where(Invitation.stage_event_id == StageEvent.id)
    gone = session.execute(
        delete(StageEvent)
        .where(StageEvent.id == event_id, ~invited)
        .returning(StageEvent.id)
        .execution_options(synchronize_session=False)
    )
    return gone.first() is not None


def apply_again(session: Session, case_id: int) -> None:
    """Let what follows from the stages of a case be done once more, since other people take part in it now."""
    session.execute(
        update(StageEvent)
        .where(
            StageEvent.case_id == case_id,
            StageEvent.stage.in_(STAGES),
            StageEvent.applied_at.is_not(None),
            StageEvent.withdrawn_at.is_(None),
        )
        .values(applied_at=None)
        .execution_options(synchronize_session=False)
    )


def name(session: Session, event_id: int, reference: str) -> None:
    """Note what another system calls an event that we had not heard of from it."""
    _change(session, event_id, reference=reference)


def withdraw(session: Session, event_id: int, because: str, now: datetime) -> None:
    """Note that an event has not happened after all."""
    _change(session, event_id, withdrawn_at=now, withdrawn_because=because)


def revive(session: Session, event_id: int, reference: str, now: datetime) -> None:
    """Let an event that was withdrawn stand again, as one that has just been told."""
    values = {"withdrawn_at": None, "withdrawn_because": None, "applied_at": None}
    _change(session, event_id, reference=reference, recorded_at=now, **values)


def set_aside(session: Session, event_id: int) -> None:
    """Leave behind, about no stage any more, what was being asked when the event was withdrawn and was not answered.

    So there is room for an invitation of the same people about it. What was set aside still counts for when they were asked.
    """
    ended = exists().where(
        InvitationStep.invitation_id == Invitation.id,
        InvitationStep.after.in_(("lapsed", "unreachable")),
        InvitationStep.because.in_(("cancelled", "withdrawn")),
    )
    session.execute(
        update(Invitation)
        .where(Invitation.stage_event_id == event_id, Invitation.status.in_(("lapsed", "unreachable")), ended)
        .values(stage_event_id=None)
        .execution_options(synchronize_session=False)
    )


def _change(session: Session, event_id: int, **values: object) -> None:
    session.execute(
        update(StageEvent)
        .where(StageEvent.id == event_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
