"""Queries about campaigns: making them, their lists, and the invitations that they and triage decisions make."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new, insert_new
from store.tables import (
    Campaign,
    CampaignMember,
    Conversation,
    Invitation,
    InvitationStep,
    Participant,
    Person,
)
from surveys.stages import FAMILIES

OURS = ("one_off", "partners", "district_triage")
"""The kinds of campaign whose invitations name a person."""

WATCHED = (*OURS, "pulse")
"""The kinds of campaign that may be watched and paused."""


class NewCampaign(NamedTuple):
    """A campaign as it is first written; the columns of `store.tables.Campaign`."""

    name: str
    kind: str
    period: str | None
    survey_id: str
    audience: str
    opens_on: date
    closes_on: date
    reminders: int
    selection: str
    status: str
    made_at: datetime
    made_by: int | None = None
    started_at: datetime | None = None


class CampaignRow(NamedTuple):
    """A campaign as it stands."""

    id: int
    name: str
    kind: str
    survey_id: str
    audience: str
    opens_on: date
    closes_on: date
    reminders: int
    selection: str
    status: str
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


_ROW = select(*(getattr(Campaign, name) for name in CampaignRow._fields))


def add(session: Session, campaign: NewCampaign) -> int:
    """Write a campaign; return its id."""
    return int(session.execute(insert(Campaign).returning(Campaign.id), campaign._asdict()).scalar_one())


def keep(session: Session, campaign: NewCampaign) -> CampaignRow:
    """The one campaign of a kind and period, which is written where it is new."""
    session.execute(insert_if_new(session, Campaign), campaign._asdict())
    of_period = _ROW.where(Campaign.kind == campaign.kind, Campaign.period == campaign.period)
    return CampaignRow._make(session.execute(of_period).one())


def is_made(session: Session, kind: str, period: str) -> bool:
    """Whether the campaign of a kind and period is there."""
    return bool(session.scalar(select(exists().where(Campaign.kind == kind, Campaign.period == period))))


def find(session: Session, campaign_id: int) -> CampaignRow | None:
    """One campaign."""
    row = session.execute(_ROW.where(Campaign.id == campaign_id)).first()
    return CampaignRow._make(row) if row else None


def locked(session: Session, campaign_id: int, *, to_read: bool = False) -> CampaignRow | None:
    """One campaign, locked until this transaction ends.

    Args:
        to_read: any number may read it at once, and nobody may pause or end it meanwhile.
    """
    row = session.execute(_ROW.where(Campaign.id == campaign_id).with_for_update(read=to_read)).first()
    return CampaignRow._make(row) if row else None


def everyone(session: Session) -> list[CampaignRow]:
    """All campaigns that may be watched, the latest first."""
    rows = session.execute(_ROW.where(Campaign.kind.in_(WATCHED)).order_by(Campaign.id.desc()))
    return [CampaignRow._make(row) for row in rows]


def over(session: Session, today: date) -> list[int]:
    """The campaigns whose last day is over and that have not ended yet."""
    not_ended = (Campaign.status != "ended", Campaign.closes_on < today, Campaign.kind.in_(OURS))
    return list(session.scalars(select(Campaign.id).where(*not_ended).order_by(Campaign.id)))


def change(session: Session, campaign_id: int, **values: Any) -> None:  # noqa: ANN401 - the columns' own types
    """Note where a campaign stands now."""
    statement = update(Campaign).where(Campaign.id == campaign_id).values(**values)
    session.execute(statement.execution_options(synchronize_session=False))


def add_members(session: Session, campaign_id: int, people: Sequence[int]) -> int:
    """Put people on a campaign's list; return how many were new."""
    return insert_new(session, CampaignMember, [{"campaign_id": campaign_id, "person_id": each} for each in people])


def members(session: Session, campaign_id: int) -> list[int]:
    """Who is on a campaign's list."""
    of_campaign = CampaignMember.campaign_id == campaign_id
    return list(session.scalars(select(CampaignMember.person_id).where(of_campaign).order_by(CampaignMember.person_id)))


class NewInvitation(NamedTuple):
    """An invitation outside the stages of a case as it is first written; exactly one of campaign and decision is given.

    Case, worker and line manager are given for families, of whom one is on record: the manager reads what they say.
    """

    person_id: int
    campaign_id: int | None
    triage_decision_id: int | None
    stage_on: date
    audience: str
    age_band: str | None
    survey_id: str
    unit_id: int | None
    status: str
    not_asked_because: str | None
    due_at: datetime
    made_at: datetime
    settled_at: datetime | None = None
    case_id: int | None = None
    worker_id: int | None = None
    line_manager_id: int | None = None


def invite(session: Session, invitations: Sequence[NewInvitation]) -> int:
    """Write those invitations that are not there yet; return how many were new."""
    return insert_new(session, Invitation, [invitation._asdict() for invitation in invitations])


def due(session: Session, now: datetime, today: date, limit: int) -> list[int]:
    """The invitations of running campaigns and of triage decisions that are due, the oldest first."""
    of_triage = Invitation.triage_decision_id.is_not(None)
    of_campaign = (Campaign.status == "running") & (Campaign.opens_on <= today)
    return list(
        session.scalars(
            select(Invitation.id)
            .outerjoin(Campaign, Campaign.id == Invitation.campaign_id)
            .where(Invitation.status == "offered", Invitation.due_at <= now, of_triage | of_campaign)
            .order_by(Invitation.stage_on, Invitation.id)
            .limit(limit)
        )
    )


class Errand(NamedTuple):
    """What an invitation is about."""

    campaign_id: int | None
    triage_decision_id: int | None
    stage_on: date


def errand(session: Session, invitation_id: int) -> Errand | None:
    """What an invitation is about; None where it is about a stage of a case."""
    row = session.execute(
        select(Invitation.campaign_id, Invitation.triage_decision_id, Invitation.stage_on).where(
            Invitation.id == invitation_id,
            Invitation.campaign_id.is_not(None) | Invitation.triage_decision_id.is_not(None),
        )
    ).first()
    return Errand._make(row) if row else None


class FamilyTalk(NamedTuple):
    """A conversation that a campaign has opened with somebody who takes part in a case, or has."""

    id: int
    case_id: int
    person_id: int
    has_left: bool


def open_with_families(session: Session, case_ids: Collection[int]) -> list[FamilyTalk]:
    """The open conversations of campaigns with the families of some cases, once for each of those cases."""
    rows = session.execute(
        select(Conversation.id, Participant.case_id, Participant.person_id, Participant.left_on.is_not(None))
        .join(Conversation, Conversation.person_id == Participant.person_id)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .where(
            Participant.case_id.in_(case_ids),
            Conversation.closed_at.is_(None),
            Invitation.campaign_id.is_not(None),
            Invitation.audience.in_(FAMILIES),
        )
        .order_by(Conversation.id, Participant.case_id)
    )
    return [FamilyTalk._make(row) for row in rows]


class Named(NamedTuple):
    """What the first words to a person need to know of them."""

    name: str
    language: str
    first_contacted_at: datetime | None


def named(session: Session, person_id: int) -> Named:
    """What the first words to a person need to know of them."""
    row = session.execute(
        select(Person.name, Person.language, Person.first_contacted_at).where(Person.id == person_id)
    ).one()
    return Named._make(row)


def withdraw(session: Session, which: Collection[int], because: str, now: datetime) -> int:
    """Ask these invitations no more that still wait, with the reason; return how many did."""
    taken = session.scalars(
        update(Invitation)
        .where(Invitation.id.in_(which), Invitation.status == "offered")
        .values(status="not_asked", not_asked_because=because, settled_at=now)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    ).all()
    steps = [{"invitation_id": each, "at": now, "before": "offered", "after": "not_asked"} for each in taken]
    if steps:
        session.execute(insert(InvitationStep), [{**step, "because": because} for step in steps])
    return len(taken)


def waiting(session: Session, campaign_id: int) -> list[int]:
    """The invitations of a campaign that still wait, locked until this transaction ends."""
    still = select(Invitation.id).where(Invitation.campaign_id == campaign_id, Invitation.status == "offered")
    return list(session.scalars(still.order_by(Invitation.id).with_for_update()))
