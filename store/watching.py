"""Queries for the simulated phones: who holds one, and what the service made of every message."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.tables import Alert, Answer, Case, Conversation, Invitation, Message, Person


class PhoneRow(NamedTuple):
    """A phone on which the service has said something."""

    conversation_id: int
    address: str
    name: str
    audience: str
    age_band: str | None
    case_reference: str


class TalkRow(NamedTuple):
    """What the latest conversation on a phone is about."""

    survey_id: str
    survey_version: int
    stage: str
    stage_on: date
    made_at: datetime
    status: str


class MessageRow(NamedTuple):
    """One message at an address, with the alert that it raised, if any."""

    id: int
    direction: str
    text: str
    at: datetime
    status: str
    reference: str | None
    severity: str | None
    reason: str | None


class GivenAnswer(NamedTuple):
    """What one message was taken to answer."""

    message_id: int
    question: str
    value: int | None
    score: int | None
    flags: str
    survey_id: str
    survey_version: int


def phones(session: Session, limit: int) -> list[PhoneRow]:
    """The phones with the latest conversations, one row a phone; those that are being asked now come first."""
    latest = (
        select(func.max(Conversation.id).label("id")).group_by(Conversation.channel, Conversation.address).subquery()
    )
    rows = session.execute(
        select(
            Conversation.id,
            Conversation.address,
            Person.name,
            Invitation.audience,
            Invitation.age_band,
            Case.reference,
        )
        .join(latest, latest.c.id == Conversation.id)
        .join(Person, Person.id == Conversation.person_id)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .join(Case, Case.id == Invitation.case_id)
        .where(Conversation.channel == "sms")
        .order_by(Conversation.closed_at.is_not(None), Conversation.id.desc())
        .limit(limit)
    )
    return [PhoneRow._make(row) for row in rows]


def last_words(session: Session, addresses: list[str]) -> dict[str, str]:
    """The latest words at each address."""
    latest = (
        select(func.max(Message.id))
        .where(Message.channel == "sms", Message.address.in_(addresses))
        .group_by(Message.address)
    )
    rows = session.execute(select(Message.address, Message.text).where(Message.id.in_(latest)))
    return {row.address: row.text for row in rows}


def latest_talk(session: Session, address: str) -> TalkRow | None:
    """What the latest conversation at an address is about."""
    row = session.execute(
        select(
            Conversation.survey_id,
            Conversation.survey_version,
            Invitation.stage,
            Invitation.stage_on,
            Invitation.made_at,
            Invitation.status,
        )
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .where(Conversation.channel == "sms", Conversation.address == address)
        .order_by(Conversation.id.desc())
        .limit(1)
    ).first()
    return TalkRow._make(row) if row else None


def messages_at(session: Session, address: str) -> list[MessageRow]:
    """Every message at an address, oldest first."""
    rows = session.execute(
        select(
            Message.id,
            Message.direction,
            Message.text,
            Message.at,
            Message.status,
            Alert.reference,
            Alert.severity,
            Alert.reason,
        )
        .outerjoin(Alert, Alert.message_id == Message.id)
        .where(Message.channel == "sms", Message.address == address)
        .order_by(Message.id)
    )
    return [MessageRow._make(row) for row in rows]


def answers_at(session: Session, address: str) -> list[GivenAnswer]:
    """What the messages from an address were taken to answer."""
    rows = session.execute(
        select(
            Answer.message_id,
            Answer.question,
            Answer.value,
            Answer.score,
            Answer.flags,
            Answer.survey_id,
            Answer.survey_version,
        )
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .where(Conversation.channel == "sms", Conversation.address == address)
        .order_by(Answer.id)
    )
    return [GivenAnswer._make(row) for row in rows]


def invited_addresses(session: Session) -> list[str]:
    """The phones on which a conversation has been opened and nothing said yet, the oldest first."""
    return list(
        session.scalars(
            select(Conversation.address)
            .where(
                Conversation.channel == "sms", Conversation.closed_at.is_(None), Conversation.last_heard_at.is_(None)
            )
            .order_by(Conversation.id)
        )
    )


def has_people(session: Session) -> bool:
    """Whether anybody has been imported."""
    return session.scalar(select(Person.id).limit(1)) is not None
