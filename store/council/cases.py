"""Queries that keep cases and the stages they have reached. Core statements, built once: lists are long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new
from store.tables import Case, ContactPoint, Invitation, Participant, Person, Staff, StageEvent
from surveys.stages import AgeBand, Audience, Stage


class CaseFacts(NamedTuple):
    """What may change about a case."""

    level: str
    unit_id: int
    worker_id: int


class KnownCase(NamedTuple):
    """A case that is kept."""

    id: int
    facts: CaseFacts


class StageFor(NamedTuple):
    """A stage that a case has reached, and whether one person of the case has an invitation for it."""

    id: int
    stage: Stage
    happened_on: date
    is_invited: bool


class Concerned(NamedTuple):
    """Someone on a case, a stage of it, and whose case it is now."""

    person_id: int
    role: Audience
    birth_date: date | None
    age_band: AgeBand | None
    safe_contact: str
    has_mobile: bool
    case_id: int
    stage_event_id: int
    stage: Stage
    happened_on: date
    worker_id: int
    line_manager_id: int
    unit_id: int


class Unasked(NamedTuple):
    """Someone's invitation about a stage, as long as they have not been asked."""

    concerned: Concerned
    invitation_id: int
    status: str
    not_asked_because: str | None


_ALL = 1_000_000
_CASE = (
    select(Case.id, Case.level, Case.unit_id, Case.worker_id)
    .where(Case.reference == bindparam("reference"))
    .with_for_update()
)
_UPDATE_CASE = (
    update(Case)
    .where(Case.id == bindparam("case"))
    .values(level=bindparam("new_level"), unit_id=bindparam("new_unit"), worker_id=bindparam("new_worker"))
    .execution_options(synchronize_session=False)
)
_STAGES = (
    select(StageEvent.id, StageEvent.stage, StageEvent.happened_on, Invitation.id.is_not(None))
    .outerjoin(
        Invitation, and_(Invitation.stage_event_id == StageEvent.id, Invitation.person_id == bindparam("person"))
    )
    .where(StageEvent.case_id == bindparam("case"))
    .order_by(StageEvent.happened_on, StageEvent.id)
)
_HAS_MOBILE = (
    select(ContactPoint.id)
    .where(
        ContactPoint.person_id == Participant.person_id,
        ContactPoint.channel.in_(bindparam("channels", expanding=True)),
        ContactPoint.closed_because.is_(None),
    )
    .exists()
)
_CONCERNING: tuple[Any, ...] = (
    Participant.person_id,
    Participant.role,
    Person.birth_date,
    Person.age_band,
    Person.safe_contact,
    _HAS_MOBILE,
    StageEvent.case_id,
    StageEvent.id,
    StageEvent.stage,
    StageEvent.happened_on,
    Case.worker_id,
    Staff.line_manager_id,
    Case.unit_id,
)
_WITH_STAGES = (
    Participant.__table__.join(Person.__table__, Person.id == Participant.person_id)
    .join(Case.__table__, Case.id == Participant.case_id)
    .join(Staff.__table__, Staff.id == Case.worker_id)
    .join(StageEvent.__table__, StageEvent.case_id == Participant.case_id)
)
_INVITED = and_(Invitation.stage_event_id == StageEvent.id, Invitation.person_id == Participant.person_id)
_UNINVITED = (
    select(*_CONCERNING)
    .select_from(_WITH_STAGES.outerjoin(Invitation.__table__, _INVITED))
    .where(Invitation.id.is_(None), Staff.line_manager_id.is_not(None))
    .order_by(Participant.id, StageEvent.id)
    .limit(bindparam("at_most"))
)
_UNINVITED_OF_ONE = _UNINVITED.where(
    Participant.person_id == bindparam("person"), Participant.case_id == bindparam("case")
)
_UNASKED = (
    select(*_CONCERNING, Invitation.id, Invitation.status, Invitation.not_asked_because)
    .select_from(_WITH_STAGES.join(Invitation.__table__, _INVITED))
    .where(Participant.case_id == bindparam("case"), Invitation.asked_at.is_(None))
    .order_by(Invitation.id)
)
_MOVE_STAGE = (
    update(StageEvent)
    .where(StageEvent.id == bindparam("stage_event"))
    .values(happened_on=bindparam("day"))
    .execution_options(synchronize_session=False)
)


def find(session: Session, reference: str) -> KnownCase | None:
    """The case of that reference, locked until this transaction ends."""
    row = session.connection().execute(_CASE, {"reference": reference}).first()
    return KnownCase(row.id, CaseFacts(row.level, row.unit_id, row.worker_id)) if row else None


def add(session: Session, reference: str, facts: CaseFacts) -> None:
    """Add a case, unless its reference is there already."""
    session.connection().execute(insert_if_new(session, Case), {"reference": reference, **facts._asdict()})


def change(session: Session, case_id: int, facts: CaseFacts) -> None:
    """Keep what has changed about a case."""
    values = {
        "case": case_id,
        "new_level": facts.level,
        "new_unit": facts.unit_id,
        "new_worker": facts.worker_id,
    }
    session.connection().execute(_UPDATE_CASE, values)


def add_stages(session: Session, case_id: int, stages: Iterable[tuple[Stage, date]]) -> None:
    """Add those stages that are not there yet."""
    rows = [{"case_id": case_id, "stage": stage, "happened_on": happened_on} for stage, happened_on in stages]
    session.connection().execute(insert_if_new(session, StageEvent), rows)


def stages_for(session: Session, case_id: int, person_id: int) -> list[StageFor]:
    """All stages that a case has reached, the earliest first, as they concern one person of it."""
    rows = session.connection().execute(_STAGES, {"case": case_id, "person": person_id})
    return [StageFor._make(row) for row in rows]


def move_stage(session: Session, stage_event_id: int, day: date) -> None:
    """Correct the day on which a stage was reached."""
    session.connection().execute(_MOVE_STAGE, {"stage_event": stage_event_id, "day": day})


def uninvited(session: Session, channels: Sequence[str], at_most: int) -> list[Concerned]:
    """People and stages of their cases that no invitation brings together yet."""
    rows = session.connection().execute(_UNINVITED, {"channels": list(channels), "at_most": at_most})
    return [Concerned._make(row) for row in rows]


def uninvited_of(session: Session, channels: Sequence[str], case_id: int, person_id: int) -> list[Concerned]:
    """The same for one person of one case."""
    values = {"channels": list(channels), "case": case_id, "person": person_id, "at_most": _ALL}
    return [Concerned._make(row) for row in session.connection().execute(_UNINVITED_OF_ONE, values)]


def unasked(session: Session, channels: Sequence[str], case_id: int) -> list[Unasked]:
    """Everyone on a case who has an invitation about one of its stages and has not been asked."""
    rows = session.connection().execute(_UNASKED, {"channels": list(channels), "case": case_id})
    return [Unasked(Concerned._make(row[:-3]), row[-3], row[-2], row[-1]) for row in rows]


def add_participant(session: Session, case_id: int, person_id: int, role: str) -> None:
    """Note that a person takes part in a case."""
    values = {"case_id": case_id, "person_id": person_id, "role": role}
    session.connection().execute(insert(Participant), values)
