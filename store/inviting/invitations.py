"""Queries about invitations: making them once, finding those that are due, moving them on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_new
from store.tables import Conversation, Invitation, Person, Staff
from surveys.stages import Audience, Stage


class NewInvitation(NamedTuple):
    """An invitation as it is first written; the columns of `store.tables.Invitation`."""

    person_id: int
    case_id: int
    stage_event_id: int
    stage: str
    stage_on: date
    audience: str
    age_band: str | None
    survey_id: str | None
    worker_id: int
    line_manager_id: int
    unit_id: int
    status: str
    not_asked_because: str | None
    due_at: datetime
    made_at: datetime


def add(session: Session, invitations: Sequence[NewInvitation]) -> int:
    """Write those invitations that are not there yet (one per person and stage event); return how many were new."""
    return insert_new(session, Invitation, [invitation._asdict() for invitation in invitations])


class Revision(NamedTuple):
    """What may change about an invitation as long as nobody was asked."""

    stage_on: date
    age_band: str | None
    survey_id: str | None
    status: str
    not_asked_because: str | None
    due_at: datetime


def revise(session: Session, invitation_id: int, revision: Revision) -> None:
    """Make an invitation anew, unless its person has been asked in the meantime."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.asked_at.is_(None))
        .values(**revision._asdict(), settled_at=None)
        .execution_options(synchronize_session=False)
    )


class Invitee(NamedTuple):
    """Someone whose invitation is due, with all that asking needs. `age_band`: as it was when the invitation was made.

    Outside cases there is no stage, and the worker's name is empty.
    """

    invitation_id: int
    person_id: int
    person: str
    audience: Audience
    age_band: str | None
    stage: Stage | None
    survey_id: str
    worker: str
    first_contacted_at: datetime | None
    language: str


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """The invitations that are due, the oldest stage first."""
    return list(
        session.scalars(
            select(Invitation.id)
            .where(Invitation.status == "offered", Invitation.due_at <= now)
            .order_by(Invitation.stage_on, Invitation.id)
            .limit(limit)
        )
    )


_worker = aliased(Staff)
WHOM = (
    select(
        Invitation.id,
        Person.id,
        Person.name,
        Invitation.audience,
        Invitation.age_band,
        Invitation.stage,
        Invitation.survey_id,
        func.coalesce(_worker.name, ""),
        Person.first_contacted_at,
        Person.language,
    )
    .join(Person, Person.id == Invitation.person_id)
    .outerjoin(_worker, _worker.id == Invitation.worker_id)
)
"""Invitations as `Invitee` has them; whoever uses it says which."""


def invitee(session: Session, invitation_id: int) -> Invitee | None:
    """Who is to be asked, locked until this transaction ends; None where the invitation no longer waits."""
    waits = WHOM.where(Invitation.id == invitation_id, Invitation.status == "offered")
    row = session.execute(waits.with_for_update(of=Invitation)).first()
    return Invitee._make(row) if row else None


def asked_since(session: Session, person_id: int, moment: datetime) -> bool:
    """Whether a person has been asked anything since `moment`."""
    return bool(
        session.scalar(select(exists().where(Invitation.person_id == person_id, Invitation.asked_at >= moment)))
    )


def line_free_since(session: Session, channel: str, address: str, person_id: int) -> datetime | None:
    """When the latest conversation of somebody else at a person's address has closed; None where there was none."""
    return session.scalar(
        select(func.max(Conversation.closed_at)).where(
            Conversation.channel == channel,
            Conversation.address == address,
            Conversation.person_id != person_id,
        )
    )


def asked(session: Session, invitee: Invitee, survey_id: str, age_band: str | None, now: datetime) -> None:
    """Note that a person has been asked, what, and in which age band."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitee.invitation_id)
        .values(status="asked", asked_at=now, survey_id=survey_id, age_band=age_band)
    )
    if invitee.first_contacted_at is None:
        session.execute(update(Person).where(Person.id == invitee.person_id).values(first_contacted_at=now))


def postpone(session: Session, invitation_id: int, due_at: datetime) -> None:
    """Ask later."""
    session.execute(update(Invitation).where(Invitation.id == invitation_id).values(due_at=due_at))


def settle(session: Session, invitation_id: int, status: str, reason: str, now: datetime) -> None:
    """End an invitation before anybody was asked, with the reason."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id)
        .values(status=status, not_asked_because=reason, settled_at=now)
    )


def latest_id(session: Session) -> int:
    """The number of the latest invitation; 0 where there is none."""
    return session.scalar(select(func.max(Invitation.id))) or 0


def made_since(session: Session, invitation_id: int) -> dict[str | None, int]:
    """How many invitations have been made after that one, by the reason not to ask; None for those who are asked."""
    reason = Invitation.not_asked_because
    rows = session.execute(select(reason, func.count()).where(Invitation.id > invitation_id).group_by(reason))
    return {found: number for found, number in rows}  # noqa: C416 - rows are no pairs to mypy
