"""Queries that plan what follows from events, for many cases at a time: few statements, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, insert, select, tuple_, update
from sqlalchemy.orm import Session

from store.tables import (
    Case,
    Conversation,
    Invitation,
    InvitationStep,
    Participant,
    Person,
    Staff,
    StageEvent,
    WorkerSpell,
)
from store.written import number, word
from surveys.stages import AgeBand, Audience


class Due(NamedTuple):
    """An event whose day has come, and what follows from it has not been done."""

    happened_on: date
    id: int
    case_id: int


class PlannedCase(NamedTuple):
    """A case that is being planned, locked until the transaction ends."""

    id: int
    unit_id: int
    worker_id: int
    status: str
    level: str


class EventRow(NamedTuple):
    """An event of a case."""

    id: int
    case_id: int
    stage: str
    happened_on: date
    is_applied: bool
    is_withdrawn: bool


class Taking(NamedTuple):
    """Someone's part in a case, with all that decides whether they are asked."""

    case_id: int
    person_id: int
    role: Audience
    left_on: date | None
    birth_date: date | None
    age_band: AgeBand | None
    safe_contact: str


class Spell(NamedTuple):
    """Whose case it was, from a day on."""

    case_id: int
    staff_id: int
    began_on: date
    ended_on: date | None


class UnaskedRow(NamedTuple):
    """An invitation about a stage whose person has not been asked; none that a worker holds back."""

    id: int
    case_id: int
    person_id: int
    stage_event_id: int
    status: str
    because: str | None


class OpenTalk(NamedTuple):
    """A conversation that is open about a stage of a case."""

    id: int
    case_id: int
    person_id: int
    stage_event_id: int


class Overtaken(NamedTuple):
    """An invitation that leads to no question any more, and why."""

    invitation_id: int
    because: str


_cases: BindParameter[Any] = bindparam("cases", expanding=True)
_READ = (
    select(Case.id, Case.unit_id, Case.worker_id, Case.status, Case.level).where(Case.id.in_(_cases)).order_by(Case.id)
)
_LOCK = _READ.with_for_update(skip_locked=True, key_share=True)
_LOCK_ONE = _READ.with_for_update(key_share=True)
_EVENTS = select(
    StageEvent.id,
    StageEvent.case_id,
    StageEvent.stage,
    StageEvent.happened_on,
    StageEvent.applied_at.is_not(None),
    StageEvent.withdrawn_at.is_not(None),
).where(StageEvent.case_id.in_(_cases))
_TAKING = (
    select(
        Participant.case_id,
        Participant.person_id,
        Participant.role,
        Participant.left_on,
        Person.birth_date,
        Person.age_band,
        Person.safe_contact,
    )
    .join(Person, Person.id == Participant.person_id)
    .where(Participant.case_id.in_(_cases))
    .order_by(Participant.id)
)
_SPELLS = (
    select(WorkerSpell.case_id, WorkerSpell.staff_id, WorkerSpell.began_on, WorkerSpell.ended_on)
    .where(WorkerSpell.case_id.in_(_cases))
    .order_by(WorkerSpell.case_id, WorkerSpell.began_on, WorkerSpell.id)
)
_LED_BY = select(Staff.id, Staff.line_manager_id).where(Staff.id.in_(bindparam("staff", expanding=True)))
_UNASKED = (
    select(
        Invitation.id,
        Invitation.case_id,
        Invitation.person_id,
        Invitation.stage_event_id,
        Invitation.status,
        Invitation.not_asked_because,
    )
    .where(
        Invitation.case_id.in_(_cases),
        Invitation.stage_event_id.is_not(None),
        Invitation.asked_at.is_(None),
        Invitation.held_by.is_(None),
    )
    .order_by(Invitation.id)
    .with_for_update()
)
_TALKS = (
    select(Conversation.id, Invitation.case_id, Invitation.person_id, Invitation.stage_event_id)
    .join(Invitation, Invitation.id == Conversation.invitation_id)
    .where(Invitation.case_id.in_(_cases), Invitation.stage_event_id.is_not(None), Conversation.closed_at.is_(None))
    .order_by(Conversation.id)
)
_APPLIED = (
    update(StageEvent)
    .where(StageEvent.id.in_(bindparam("events", expanding=True)), StageEvent.applied_at.is_(None))
    .values(applied_at=bindparam("now"))
    .execution_options(synchronize_session=False)
)
_STATUS = (
    update(Case.__table__)  # type: ignore[arg-type]
    .where(Case.__table__.c.id == bindparam("case"))
    .values(status=bindparam("new_status"))
)
_OVERTAKE = (
    update(Invitation.__table__)  # type: ignore[arg-type]
    .where(
        Invitation.__table__.c.id == bindparam("invitation"),
        Invitation.__table__.c.status == word("offered"),
        Invitation.__table__.c.asked_at.is_(None),
    )
    .values(status=word("not_asked"), not_asked_because=bindparam("reason"), settled_at=bindparam("now"))
)


def due(session: Session, today: date, after: tuple[date, int], limit: int) -> list[Due]:
    """Events that are due and stand, the oldest first, behind `after` (a day and an id)."""
    rows = session.execute(
        select(StageEvent.happened_on, StageEvent.id, StageEvent.case_id)
        .where(
            StageEvent.applied_at.is_(None),
            StageEvent.withdrawn_at.is_(None),
            StageEvent.happened_on <= today,
            tuple_(StageEvent.happened_on, StageEvent.id) > after,
        )
        .order_by(StageEvent.happened_on, StageEvent.id)
        .limit(number(limit))
    )
    return [Due._make(row) for row in rows]


def lock_cases(session: Session, case_ids: Collection[int]) -> list[PlannedCase]:
    """Lock those cases that nobody else holds at this moment; the others are left out."""
    rows = session.connection().execute(_LOCK, {"cases": sorted(case_ids)})
    return [PlannedCase._make(row) for row in rows]


def read_cases(session: Session, case_ids: Sequence[int]) -> list[PlannedCase]:
    """Some cases as they stand, without keeping anybody from changing them."""
    return [PlannedCase._make(row) for row in session.connection().execute(_READ, {"cases": case_ids})]


def lock_case(session: Session, case_id: int) -> PlannedCase | None:
    """Lock one case, waiting for whoever holds it; None where there is none."""
    row = session.connection().execute(_LOCK_ONE, {"cases": [case_id]}).first()
    return PlannedCase._make(row) if row else None


def events_of(session: Session, case_ids: Sequence[int]) -> list[EventRow]:
    """All events of some cases, those that were withdrawn included."""
    return [EventRow._make(row) for row in session.connection().execute(_EVENTS, {"cases": case_ids})]


def taking_part(session: Session, case_ids: Sequence[int]) -> list[Taking]:
    """Everyone who takes part in some cases, or has."""
    return [Taking._make(row) for row in session.connection().execute(_TAKING, {"cases": case_ids})]


def spells_of(session: Session, case_ids: Sequence[int]) -> list[Spell]:
    """Who has held some cases and when, case by case, the earliest first."""
    return [Spell._make(row) for row in session.connection().execute(_SPELLS, {"cases": case_ids})]


def line_managers_of(session: Session, staff_ids: Collection[int]) -> dict[int, int | None]:
    """The line manager of each of these members of staff."""
    return {row[0]: row[1] for row in session.connection().execute(_LED_BY, {"staff": sorted(staff_ids)})}


def unasked_of(session: Session, case_ids: Sequence[int]) -> list[UnaskedRow]:
    """The invitations about stages of some cases whose people have not been asked, locked until the transaction ends."""
    return [UnaskedRow._make(row) for row in session.connection().execute(_UNASKED, {"cases": case_ids})]


def open_talks(session: Session, case_ids: Sequence[int]) -> list[OpenTalk]:
    """The open conversations about stages of some cases."""
    return [OpenTalk._make(row) for row in session.connection().execute(_TALKS, {"cases": case_ids})]


def mark_applied(session: Session, event_ids: Sequence[int], now: datetime) -> None:
    """Note that what follows from these events has been done."""
    session.connection().execute(_APPLIED, {"events": event_ids, "now": now})


def set_statuses(session: Session, statuses: Iterable[tuple[int, str]]) -> None:
    """Keep the status of each of these cases."""
    rows = [{"case": case_id, "new_status": status} for case_id, status in statuses]
    if rows:
        session.connection().execute(_STATUS, rows)


def overtake(session: Session, invitations: Sequence[Overtaken], now: datetime) -> None:
    """Ask nobody by these invitations that wait still, saying why."""
    if not invitations:
        return
    rows = [{"invitation": one.invitation_id, "reason": one.because, "now": now} for one in invitations]
    session.connection().execute(_OVERTAKE, rows)
    steps = [
        {
            "invitation_id": one.invitation_id,
            "at": now,
            "before": "offered",
            "after": "not_asked",
            "because": one.because,
        }
        for one in invitations
    ]
    session.connection().execute(insert(InvitationStep), steps)
