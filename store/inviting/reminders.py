"""Queries about whom a campaign reminds by mail: who was mailed, has said nothing yet, and waits for no other mail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from store.tables import Campaign, ContactPoint, Conversation, Invitation, Message
from store.talks.messages import UNSENT


class ToRemind(NamedTuple):
    """Somebody who may be reminded. `mails`: how many they have been sent already, the first one included."""

    conversation_id: int
    invitation_id: int
    person_id: int
    kind: str
    audience: str
    survey_id: str
    survey_version: int
    reminders: int
    closes_on: date
    address: str
    mails: int
    asked_at: datetime


def _due(today: date, latest_before: datetime) -> Select[*tuple[Any, ...]]:
    mails, unsent = func.count(Message.id), func.count(Message.id).filter(Message.status.in_(UNSENT))
    shown = (
        Conversation.id,
        Invitation.id,
        Invitation.person_id,
        Campaign.kind,
        Invitation.audience,
        Conversation.survey_id,
        Conversation.survey_version,
        Campaign.reminders,
        Campaign.closes_on,
        ContactPoint.address,
    )
    of_ours = (Message.channel == "email", Message.direction == "out", Message.kind.in_(("invitation", "reminder")))
    in_use = (ContactPoint.channel == "email", ContactPoint.closed_because.is_(None))
    return (
        select(*shown, mails, Invitation.asked_at)
        .join(Invitation, Invitation.campaign_id == Campaign.id)
        .join(Conversation, Conversation.invitation_id == Invitation.id)
        .join(Message, and_(Message.conversation_id == Conversation.id, *of_ours))
        .join(ContactPoint, and_(ContactPoint.person_id == Invitation.person_id, *in_use))
        .where(
            Campaign.status == "running",
            Campaign.closes_on >= today,
            Invitation.status.in_(("asked", "started")),
            Conversation.closed_at.is_(None),
            Conversation.last_heard_at.is_(None),
            Conversation.channel == "web",
        )
        .group_by(*shown, Invitation.asked_at, ContactPoint.id)
        .having(
            mails <= Campaign.reminders,
            unsent == 0,
            func.max(func.coalesce(Message.sent_at, Message.at)) < latest_before,
        )
        .order_by(Conversation.id, ContactPoint.id.desc())
    )


def due(
    session: Session, today: date, latest_before: datetime, limit: int, *, but_for: Collection[str] = ()
) -> list[int]:
    """The conversations of those who may be reminded, whose latest mail left before that moment.

    Args:
        but_for: audiences that wait for their hours.
    """
    found = session.execute(_due(today, latest_before).where(Invitation.audience.not_in(but_for)).limit(limit))
    return list(dict.fromkeys(row[0] for row in found))


def one(session: Session, conversation_id: int, today: date, latest_before: datetime) -> ToRemind | None:
    """One of them; None where they may not be reminded any more."""
    row = session.execute(_due(today, latest_before).where(Conversation.id == conversation_id).limit(1)).first()
    return ToRemind._make(row) if row else None
