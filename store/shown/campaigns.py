"""Queries for those who watch campaigns: how far each has come, and that partners were invited. No words, no addresses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from store.inviting.partners import KIND, WAS_ASKED
from store.tables import Campaign, Conversation, Invitation, Message, PartnerOrganisation, Person


class Standing(NamedTuple):
    """How many invitations of a campaign stand where."""

    campaign_id: int
    status: str
    not_asked_because: str | None
    people: int


def standings(session: Session, campaign_ids: Collection[int]) -> list[Standing]:
    """Where the invitations of these campaigns stand."""
    shown = (Invitation.campaign_id, Invitation.status, Invitation.not_asked_because)
    rows = session.execute(
        select(*shown, func.count()).where(Invitation.campaign_id.in_(campaign_ids)).group_by(*shown)
    )
    return [Standing(of or 0, status, because, people) for of, status, because, people in rows]


def waiting_mails(session: Session, campaign_id: int) -> int:
    """How many messages of a campaign wait to be sent: held by a pause, or for hours in which they may go."""
    return session.scalars(
        select(func.count())
        .select_from(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .where(
            Invitation.campaign_id == campaign_id,
            Message.status == "queued",
            Message.kind.in_(("invitation", "reminder")),
        )
    ).one()


class Organisation(NamedTuple):
    """A partner organisation in the register, with its contacts who can be reached."""

    name: str
    kind: str
    level: str | None
    district: str | None
    added_on: date
    left_on: date | None
    contacts: int
    asked_at: datetime | None


def organisations(session: Session) -> list[Organisation]:
    """The register, by name; `asked_at`: when any contact was asked last in the partners' own survey, and got it."""
    contacts = (
        select(func.count()).where(Person.organisation_id == PartnerOrganisation.id).correlate(PartnerOrganisation)
    ).scalar_subquery()
    asked = (
        select(func.max(Invitation.asked_at))
        .join(Person, Person.id == Invitation.person_id)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(
            Person.organisation_id == PartnerOrganisation.id, Campaign.kind == KIND, Invitation.status.in_(WAS_ASKED)
        )
        .correlate(PartnerOrganisation)
    ).scalar_subquery()
    rows = session.execute(
        select(
            PartnerOrganisation.name,
            PartnerOrganisation.kind,
            PartnerOrganisation.level,
            PartnerOrganisation.district,
            PartnerOrganisation.added_on,
            PartnerOrganisation.left_on,
            contacts,
            asked,
        ).order_by(PartnerOrganisation.name)
    )
    return [Organisation._make(row) for row in rows]


class Proof(NamedTuple):
    """That a partner organisation was invited: when, who by their post, by which channel, and what became of it.

    `way`: how far the first message has come, as `console.words.WAY` words it; None where nobody was asked.
    """

    organisation: str
    kind: str
    level: str | None
    district: str | None
    post: str | None
    campaign: str
    status: str
    not_asked_because: str | None
    asked_at: datetime | None
    channel: str | None
    way: str | None
    settled_at: datetime | None

    @property
    def invited_at(self) -> datetime | None:
        """When they were invited; None where the invitation came back, for that is none."""
        return self.asked_at if self.status in WAS_ASKED else None


_first = aliased(Message)


def proofs(session: Session, *, limit: int | None = None) -> list[Proof]:
    """Every invitation of a partner organisation in the partners' own survey, the latest first."""
    first = (
        select(func.min(_first.id))
        .where(
            _first.conversation_id == Conversation.id,
            _first.kind == "invitation",
            _first.channel.in_(("email", "sms")),
        )
        .correlate(Conversation)
        .scalar_subquery()
    )
    statement = (
        select(
            PartnerOrganisation.name,
            PartnerOrganisation.kind,
            PartnerOrganisation.level,
            PartnerOrganisation.district,
            Person.post,
            Campaign.name,
            Invitation.status,
            Invitation.not_asked_because,
            Invitation.asked_at,
            Message.channel,
            Message.status,
            Invitation.settled_at,
        )
        .join(Person, Person.id == Invitation.person_id)
        .join(PartnerOrganisation, PartnerOrganisation.id == Person.organisation_id)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .outerjoin(Conversation, Conversation.invitation_id == Invitation.id)
        .outerjoin(Message, Message.id == first)
        .where(Campaign.kind == KIND)
        .order_by(Invitation.stage_on.desc(), PartnerOrganisation.name, Person.post)
    )
    return [Proof._make(row) for row in session.execute(statement.limit(limit) if limit else statement)]
