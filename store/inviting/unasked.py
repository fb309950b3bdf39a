"""Queries about the invitations of one person who has not been asked yet."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from store.tables import Case, Conversation, Invitation, Participant, Person
from surveys.stages import AgeBand, Audience, Stage


class UnaskedStage(NamedTuple):
    """An invitation about a stage of a case whose person has not been asked, and how the person is known now."""

    invitation_id: int
    status: str
    not_asked_because: str | None
    audience: Audience
    birth_date: date | None
    age_band: AgeBand | None
    safe_contact: str
    case_id: int
    stage_event_id: int
    stage: Stage
    stage_on: date
    worker_id: int
    line_manager_id: int
    unit_id: int


def about_stages(session: Session, person_id: int) -> list[UnaskedStage]:
    """A person's invitations about stages on which they have not been asked, locked until this transaction ends.

    Left out: those that a worker holds back, those of a case that this person has left, and those of a case that social
    care has now.
    """
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.status,
            Invitation.not_asked_because,
            Invitation.audience,
            Person.birth_date,
            Person.age_band,
            Person.safe_contact,
            Invitation.case_id,
            Invitation.stage_event_id,
            Invitation.stage,
            Invitation.stage_on,
            Invitation.worker_id,
            Invitation.line_manager_id,
            Invitation.unit_id,
        )
        .join(Person, Person.id == Invitation.person_id)
        .join(Case, Case.id == Invitation.case_id)
        .join(
            Participant,
            (Participant.case_id == Invitation.case_id) & (Participant.person_id == Invitation.person_id),
        )
        .where(
            Invitation.person_id == person_id,
            Invitation.status.in_(("offered", "not_asked")),
            Invitation.asked_at.is_(None),
            Invitation.held_by.is_(None),
            Invitation.stage_event_id.is_not(None),
            Participant.left_on.is_(None),
            Case.status != "stepped_up",
        )
        .order_by(Invitation.id)
        .with_for_update(of=Invitation)
    )
    return [UnaskedStage._make(row) for row in rows]


def offered(session: Session, person_id: int) -> list[int]:
    """Everything that a person is to be asked and has not been, of whatever kind, locked until this transaction ends."""
    waiting = select(Invitation.id).where(Invitation.person_id == person_id, Invitation.status == "offered")
    return list(session.scalars(waiting.order_by(Invitation.id).with_for_update()))


def being_asked(session: Session, person_id: int) -> list[int]:
    """The conversations with a person that are open."""
    going_on = select(Conversation.id).where(Conversation.person_id == person_id, Conversation.closed_at.is_(None))
    return cast("list[int]", list(session.scalars(going_on.order_by(Conversation.id))))


def born_between(session: Session, first: date, last: date) -> list[int]:
    """Young people born from the first to the last of these days whom something has kept from being asked."""
    held = exists().where(
        Invitation.person_id == Person.id,
        Invitation.audience == "young_person",
        Invitation.status == "not_asked",
        Invitation.asked_at.is_(None),
    )
    return list(
        session.scalars(select(Person.id).where(Person.birth_date.between(first, last), held).order_by(Person.id))
    )
