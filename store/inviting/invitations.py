"""Queries about invitations: making them once, finding those that are due, moving them on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_new
from store.inviting.moves import held_at
from store.tables import Campaign, Case, ContactPoint, Conversation, DoNotContact, Invitation, Message, Person, Staff
from store.written import word
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
    line_manager_id: int | None
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
    """Make an invitation anew, unless its person has been asked in the meantime, or a worker has held it back."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.asked_at.is_(None), Invitation.held_by.is_(None))
        .values(**revision._asdict(), settled_at=None)
        .execution_options(synchronize_session=False)
    )


class Invitee(NamedTuple):
    """Someone whose invitation is due, with all that asking needs. Outside cases there is no stage, and no worker's name.

    Attributes:
        age_band: as it was when the invitation was made.
        stage_on: the day of the stage; who asks about the oldest first goes by it, and then by the id.
        level: of the case; None outside cases.
        reminders: how many their campaign allows; None where it is none that asks them.
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
    stage_on: date
    level: str | None = None
    reminders: int | None = None


OFFERED = Invitation.status == word("offered")
ABOUT_A_STAGE = Invitation.campaign_id.is_(None) & Invitation.triage_decision_id.is_(None)
"""Invitations that a case stage has made; campaigns and triage ask in their own ways."""
REACHED = Invitation.status != "unreachable"
"""Of invitations whose people were asked: those whose words have not been found to reach nobody, or somebody else."""


def due(session: Session, now: datetime, limit: int, *, stage_before: date | None = None) -> list[int]:
    """The invitations about a stage that are due, the oldest stage first.

    Args:
        stage_before: only those whose stage was before that day.
    """
    query = select(Invitation.id).where(OFFERED, Invitation.due_at <= now, ABOUT_A_STAGE)
    if stage_before is not None:
        query = query.where(Invitation.stage_on < stage_before)
    return list(session.scalars(query.order_by(Invitation.stage_on, Invitation.id).limit(limit)))


_worker = aliased(Staff)
_BARRED = exists().where(DoNotContact.person_id == Invitation.person_id, DoNotContact.ended_at.is_(None))
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
        Invitation.stage_on,
        Case.level,
        Campaign.reminders,
    )
    .join(Person, Person.id == Invitation.person_id)
    .outerjoin(_worker, _worker.id == Invitation.worker_id)
    .outerjoin(Case, Case.id == Invitation.case_id)
    .outerjoin(Campaign, Campaign.id == Invitation.campaign_id)
)
"""Invitations as `Invitee` has them; whoever uses it says which."""


def invitee(session: Session, invitation_id: int) -> Invitee | None:
    """Who is to be asked; None where the invitation no longer waits.

    Invitation and person are locked until this transaction ends, so that no two invitations of one person are asked about
    at once, each unaware of the other.
    """
    row = session.connection().execute(_WAITS, {"invitation": invitation_id}).first()
    return Invitee._make(row) if row else None


_WAITS = WHOM.where(Invitation.id == bindparam("invitation"), OFFERED).with_for_update(
    of=(Invitation, Person), key_share=True
)
_OF_ANY = (Invitation.person_id.in_(bindparam("people", expanding=True)), REACHED)
_ASKED_AT = select(func.max(Invitation.asked_at)).where(*_OF_ANY)
_LEFT = (
    select(func.max(Message.sent_at))
    .join(Conversation, Conversation.id == Message.conversation_id)
    .join(Invitation, Invitation.id == Conversation.invitation_id)
    .where(*_OF_ANY, Message.kind == word("invitation"))
)
_LAST_ASKED = select(_ASKED_AT.scalar_subquery(), _LEFT.scalar_subquery())


def last_asked(session: Session, people: Collection[int]) -> datetime | None:
    """When any of some people was last asked what reached them, about a stage or in a campaign; None where nothing did.

    What had to wait counts from when it left.
    """
    found = session.connection().execute(_LAST_ASKED, {"people": list(people)}).one()
    return max((moment for moment in found if moment is not None), default=None)


class Line(NamedTuple):
    """How a line stands for one person.

    Attributes:
        talks: this person has a conversation open, wherever it is.
        taken: somebody else has one open that is there, or was (`moves.held_at`).
        free_since: when the latest such conversation of somebody else has closed; None where there was none.
    """

    talks: bool
    taken: bool
    free_since: datetime | None


def line(session: Session, channel: str, address: str, person_id: int) -> Line:
    """How an address stands for a person, all of it as of one moment."""
    line = {"channel": channel, "address": address, "person": person_id}
    talks, taken, free_since = session.connection().execute(_LINE, line).one()
    return Line(bool(talks), bool(taken), free_since)


_PERSON, _THERE = bindparam("person", type_=Integer()), held_at(bindparam("channel"), bindparam("address"))
_IS_OPEN = Conversation.closed_at.is_(None)
_LINE = select(
    exists().where(_IS_OPEN, Conversation.person_id == _PERSON),
    exists().where(_IS_OPEN, Conversation.person_id.is_distinct_from(_PERSON), _THERE),
    select(func.max(Conversation.closed_at)).where(_THERE, Conversation.person_id != _PERSON).scalar_subquery(),
)


class Elder(NamedTuple):
    """Somebody else's invitation about an older stage."""

    due_at: datetime
    audience: str
    age_band: str | None


def elders(session: Session, channel: str, address: str, invitee: Invitee, before: datetime) -> list[Elder]:
    """What others at an address are to be asked about older stages, and falls due before that moment."""
    older = (Invitation.stage_on < invitee.stage_on) | (
        (Invitation.stage_on == invitee.stage_on) & (Invitation.id < invitee.invitation_id)
    )
    found = (
        select(Invitation.due_at, Invitation.audience, Invitation.age_band)
        .join(ContactPoint, ContactPoint.person_id == Invitation.person_id)
        .where(
            ContactPoint.channel == channel,
            ContactPoint.address == address,
            ContactPoint.closed_because.is_(None),
            ContactPoint.frozen_because.is_(None),
            ContactPoint.person_id != invitee.person_id,
            OFFERED,
            ABOUT_A_STAGE,
            Invitation.due_at < before,
            older,
            ~_BARRED,
        )
        .order_by(Invitation.due_at)
    )
    return [Elder._make(row) for row in session.execute(found)]


def asked(session: Session, invitee: Invitee, survey_id: str, age_band: str | None, now: datetime) -> None:
    """Note that a person has been asked, what, and in which age band."""
    values = {"invitation": invitee.invitation_id, "now": now, "survey": survey_id, "band": age_band}
    session.connection().execute(_NOTE_ASKED, values)
    if invitee.first_contacted_at is None:
        session.execute(update(Person).where(Person.id == invitee.person_id).values(first_contacted_at=now))


_NOTE_ASKED = (
    update(Invitation)
    .where(Invitation.id == bindparam("invitation"))
    .values(status="asked", asked_at=bindparam("now"), survey_id=bindparam("survey"), age_band=bindparam("band"))
    .execution_options(synchronize_session=False)
)


def forget_first_contact(session: Session, invitation_id: int) -> None:
    """Let whom an invitation has not reached be told who we are the next time, unless another has reached them."""
    whose = select(Invitation.person_id).where(Invitation.id == invitation_id).scalar_subquery()
    was_reached = exists().where(Invitation.person_id == Person.id, Invitation.asked_at.is_not(None), REACHED)
    session.execute(
        update(Person)
        .where(Person.id == whose, ~was_reached)
        .values(first_contacted_at=None)
        .execution_options(synchronize_session=False)
    )


def postpone(session: Session, invitation_id: int, due_at: datetime) -> None:
    """Ask later."""
    session.execute(update(Invitation).where(Invitation.id == invitation_id, OFFERED).values(due_at=due_at))


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
