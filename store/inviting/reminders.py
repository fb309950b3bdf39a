"""Queries about whom a campaign reminds by mail: who was mailed, has said nothing yet, and waits for no other mail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from store.base import UtcTime
from store.tables import Campaign, ContactPoint, Conversation, Invitation, Message
from store.talks.messages import UNSENT
from store.written import number, word


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


_MAILS = func.count(Message.id)
_UNSENT = func.count(Message.id).filter(Message.status.in_(list(map(word, UNSENT))))
_SHOWN = (
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
_OF_OURS = (
    Message.channel == word("email"),
    Message.direction == word("out"),
    Message.kind.in_((word("invitation"), word("reminder"))),
)
_IN_USE = (ContactPoint.channel == word("email"), ContactPoint.closed_because.is_(None))
_DUE = (
    select(*_SHOWN, _MAILS, Invitation.asked_at)
    .join(Invitation, Invitation.campaign_id == Campaign.id)
    .join(Conversation, Conversation.invitation_id == Invitation.id)
    .join(Message, and_(Message.conversation_id == Conversation.id, *_OF_OURS))
    .join(ContactPoint, and_(ContactPoint.person_id == Invitation.person_id, *_IN_USE))
    .where(
        Campaign.status == word("running"),
        Campaign.closes_on >= bindparam("today"),
        Invitation.status.in_((word("asked"), word("started"))),
        Conversation.closed_at.is_(None),
        Conversation.last_heard_at.is_(None),
        Conversation.channel == word("web"),
    )
    .group_by(*_SHOWN, Invitation.asked_at, ContactPoint.id)
    .having(
        Campaign.reminders >= _MAILS,
        number(0) == _UNSENT,
        func.max(func.coalesce(Message.sent_at, Message.at)) < bindparam("latest_before", type_=UtcTime()),
    )
    .order_by(Conversation.id, ContactPoint.id.desc())
)
_ALL_DUE = _DUE.where(Invitation.audience.not_in(bindparam("but_for", expanding=True))).limit(bindparam("limit"))
_ONE_DUE = _DUE.where(Conversation.id == bindparam("conversation")).limit(number(1))


def due(
    session: Session, today: date, latest_before: datetime, limit: int, *, but_for: Collection[str] = ()
) -> list[int]:
    """The conversations of those who may be reminded, whose latest mail left before that moment.

    Args:
        but_for: audiences that wait for their hours.
    """
    wanted = {"today": today, "latest_before": latest_before, "but_for": list(but_for), "limit": limit}
    found = session.connection().execute(_ALL_DUE, wanted)
    return list(dict.fromkeys(row[0] for row in found))


def still_due(session: Session, today: date, latest_before: datetime) -> set[int]:
    """All of them, whatever their hours: who is still to be reminded has not left it unanswered yet."""
    found = session.connection().execute(_DUE, {"today": today, "latest_before": latest_before})
    return {row[0] for row in found}


def one(session: Session, conversation_id: int, today: date, latest_before: datetime) -> ToRemind | None:
    """One of them; None where they may not be reminded any more."""
    wanted = {"today": today, "latest_before": latest_before, "conversation": conversation_id}
    row = session.connection().execute(_ONE_DUE, wanted).first()
    return ToRemind._make(row) if row else None
