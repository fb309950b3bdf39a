"""Queries about what partners and notifiers say: of which district it is, and who of them waits to hear from us."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from store.tables import (
    Answer,
    ContactPoint,
    Conversation,
    Invitation,
    PartnerOrganisation,
    Person,
    TriageDecision,
)


class Request(NamedTuple):
    """That somebody has given an answer with one of the `flags` that are looked for.

    `organisation`, `post`, `name`: None where they came by the open page, which asks nobody who they are.
    """

    answered_at: datetime
    flags: str
    survey_id: str
    district: str | None
    person_id: int | None
    organisation: str | None
    post: str | None
    name: str | None


_DISTRICT = func.coalesce(TriageDecision.district, PartnerOrganisation.district)


def is_of_districts(districts: Collection[str]) -> ColumnElement[bool]:
    """Whether an invitation is a partner's or a notifier's of one of these districts (in small letters)."""
    of_partner = (
        select(Person.id)
        .join(PartnerOrganisation, PartnerOrganisation.id == Person.organisation_id)
        .where(func.lower(PartnerOrganisation.district).in_(districts))
    )
    of_decision = select(TriageDecision.id).where(func.lower(TriageDecision.district).in_(districts))
    is_partner = Invitation.audience.in_(("partner", "notifier"))
    is_theirs = or_(
        Invitation.triage_decision_id.in_(of_decision),
        Invitation.triage_decision_id.is_(None) & Invitation.person_id.in_(of_partner),
    )
    return is_partner & is_theirs


def district_of(session: Session, conversation_id: int) -> str | None:
    """The district that a conversation with a partner or a notifier is about; None where none is known."""
    return session.scalar(
        select(_DISTRICT)
        .select_from(Conversation)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(PartnerOrganisation, PartnerOrganisation.id == Person.organisation_id)
        .outerjoin(TriageDecision, TriageDecision.id == Invitation.triage_decision_id)
        .where(Conversation.id == conversation_id)
    )


def requests(
    session: Session, flags: Collection[str], since: datetime, districts: Collection[str] | None
) -> list[Request]:
    """Who has given an answer with one of some flags since then, the newest first.

    Args:
        districts: in small letters; None for everybody, those of no district too.
    """
    statement = (
        select(
            Answer.answered_at,
            Answer.flags,
            Answer.survey_id,
            _DISTRICT,
            Person.id,
            PartnerOrganisation.name,
            Person.post,
            Person.name,
        )
        .outerjoin(Invitation, Invitation.id == Answer.invitation_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .outerjoin(PartnerOrganisation, PartnerOrganisation.id == Person.organisation_id)
        .outerjoin(TriageDecision, TriageDecision.id == Invitation.triage_decision_id)
        .where(
            Answer.answered_at >= since,
            or_(*((" " + Answer.flags + " ").contains(f" {flag} ") for flag in flags)),
        )
        .order_by(Answer.answered_at.desc(), Answer.id.desc())
    )
    if districts is not None:
        statement = statement.where(is_of_districts(districts))
    return [Request._make(row) for row in session.execute(statement)]


def addresses(session: Session, person_ids: Collection[int]) -> dict[int, list[str]]:
    """The addresses at which these people can be reached, mail first."""
    rows = session.execute(
        select(ContactPoint.person_id, ContactPoint.address)
        .where(ContactPoint.person_id.in_(person_ids), ContactPoint.closed_because.is_(None))
        .order_by(ContactPoint.channel, ContactPoint.id)
    )
    found: dict[int, list[str]] = {}
    for person_id, address in rows:
        found.setdefault(person_id, []).append(address)
    return found
