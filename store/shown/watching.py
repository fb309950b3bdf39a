"""Queries for the simulated phones: who holds one, and what the service made of every message."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from store.shown import tagged
from store.tables import Alert, Answer, Case, Conversation, Invitation, Message, OptOut, Person, Staff


class PhoneRow(NamedTuple):
    """A phone on which the service has said something: who is asked on it now, and the first conversation held on it.

    The first conversation never becomes another, so the phone can be told by it. Outside cases the reference is empty.
    """

    first_conversation_id: int
    address: str
    name: str
    audience: str
    age_band: str | None
    case_reference: str


class TalkRow(NamedTuple):
    """What the latest conversation on a phone is about."""

    survey_id: str
    survey_version: int
    stage: str | None
    stage_on: date
    made_at: datetime
    status: str


class MessageRow(NamedTuple):
    """One message at an address, with the alert that it raised, if any.

    `in_questions`: its conversation was open when it came.
    """

    id: int
    direction: str
    text: str
    at: datetime
    status: str
    reference: str | None
    severity: str | None
    reason: str | None
    released_at: datetime | None
    in_questions: bool


class GivenAnswer(NamedTuple):
    """What one message was taken to answer. `themes` is None until its words have been tagged."""

    message_id: int
    question: str
    value: int | None
    score: int | None
    flags: str
    survey_id: str
    survey_version: int
    stage: str | None
    stage_on: date
    comment: str | None
    worker: str
    sentiment: str | None
    tone_score: float | None
    themes: str | None
    compliment: bool | None


class Stop(NamedTuple):
    """From when until when an address had said stop."""

    began_at: datetime
    ended_at: datetime | None


def phones(session: Session, limit: int, search: str = "") -> tuple[list[PhoneRow], int]:
    """Phones, those that are being asked now first, and how many there are in all.

    Args:
        search: part of a name or of a case's reference; empty for any.
    """
    statement = _phones()
    if search:
        statement = statement.where(
            Person.name.icontains(search, autoescape=True) | Case.reference.icontains(search, autoescape=True)
        )
    how_many = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    found = statement.order_by(Conversation.closed_at.is_not(None), Conversation.id.desc()).limit(limit)
    return [PhoneRow._make(row) for row in session.execute(found)], how_many


def phone_at(session: Session, address: str) -> PhoneRow | None:
    """The phone of an address."""
    row = session.execute(_phones().where(Conversation.address == address)).first()
    return PhoneRow._make(row) if row else None


def address_of(session: Session, conversation_id: int) -> str | None:
    """The address at which a conversation was held."""
    return session.scalar(select(Conversation.address).where(Conversation.id == conversation_id))


def _phones() -> Select[*tuple[Any, ...]]:
    ends = (
        select(func.min(Conversation.id).label("first"), func.max(Conversation.id).label("latest"))
        .where(Conversation.channel == "sms")
        .group_by(Conversation.address)
        .subquery()
    )
    return (
        select(
            ends.c.first,
            Conversation.address,
            Person.name,
            Invitation.audience,
            Invitation.age_band,
            func.coalesce(Case.reference, ""),
        )
        .join(ends, ends.c.latest == Conversation.id)
        .join(Person, Person.id == Conversation.person_id)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .outerjoin(Case, Case.id == Invitation.case_id)
    )


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
            Alert.released_at,
            Conversation.id.is_not(None) & (Conversation.closed_at.is_(None) | (Conversation.closed_at > Message.at)),
        )
        .outerjoin(Alert, Alert.message_id == Message.id)
        .outerjoin(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.channel == "sms", Message.address == address)
        .order_by(Message.id)
    )
    return [MessageRow._make(row) for row in rows]


def answers_at(session: Session, address: str) -> list[GivenAnswer]:
    """What the messages from an address were taken to answer."""
    statement = tagged.with_tags(
        select(
            Answer.message_id,
            Answer.question,
            Answer.value,
            Answer.score,
            Answer.flags,
            Answer.survey_id,
            Answer.survey_version,
            Answer.stage,
            Invitation.stage_on,
            Answer.comment,
            func.coalesce(Staff.name, ""),
            tagged.SENTIMENT,
            tagged.SCORE,
            tagged.THEMES,
            tagged.COMPLIMENT,
        )
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .join(Invitation, Invitation.id == Answer.invitation_id)
        .outerjoin(Staff, Staff.id == Invitation.worker_id)
        .where(Conversation.channel == "sms", Conversation.address == address)
    )
    return [GivenAnswer._make(row) for row in session.execute(statement.order_by(Answer.id))]


def stops_at(session: Session, address: str) -> list[Stop]:
    """When an address had said stop."""
    rows = session.execute(
        select(OptOut.began_at, OptOut.ended_at).where(OptOut.channel == "sms", OptOut.address == address)
    )
    return [Stop._make(row) for row in rows]


class Line(NamedTuple):
    """Where a conversation is held."""

    channel: str
    address: str


def invited_lines(session: Session) -> list[Line]:
    """Where a conversation has been opened and nothing said yet: web chats, then phones, each the oldest first."""
    rows = session.execute(
        select(Conversation.channel, Conversation.address)
        .where(
            Conversation.channel.in_(("sms", "web")),
            Conversation.closed_at.is_(None),
            Conversation.last_heard_at.is_(None),
        )
        .order_by(Conversation.channel.desc(), Conversation.id)
    )
    return [Line._make(row) for row in rows]


def without_agreement(session: Session) -> list[tuple[int, int]]:
    """Young people whom nobody asks for want of a decision that they can take part alone, each with a worker of theirs."""
    rows = session.execute(
        select(Invitation.person_id, func.max(Invitation.worker_id))
        .where(Invitation.not_asked_because == "no_record_of_agreement", Invitation.worker_id.is_not(None))
        .group_by(Invitation.person_id)
        .order_by(Invitation.person_id)
    )
    return [(person_id, worker_id) for person_id, worker_id in rows if worker_id is not None]


def open_cases(session: Session, of_each: int) -> list[int]:
    """So many open cases of each line manager, the latest first."""
    rows = session.execute(
        select(Case.id, Staff.line_manager_id)
        .join(Staff, Staff.id == Case.worker_id)
        .where(Case.status == "open")
        .order_by(Case.id.desc())
    )
    chosen: dict[int | None, list[int]] = {}
    for case_id, manager_id in rows:
        if len(cases := chosen.setdefault(manager_id, [])) < of_each:
            cases.append(case_id)
    return [case_id for cases in chosen.values() for case_id in cases]


def has_people(session: Session) -> bool:
    """Whether anybody has been imported."""
    return session.scalar(select(Person.id).limit(1)) is not None
