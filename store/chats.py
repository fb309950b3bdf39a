"""Queries for web chats: what a link leads to, what has been said there, and moving a conversation onto the web."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from store.links import FoundLink
from store.tables import Conversation, Invitation, Message, OpenSurvey, Person, Staff

WEB: Final = "web"


class Talk(NamedTuple):
    """The conversation that a link leads to, wherever it is held now. `door`: the code of its open survey."""

    id: int
    channel: str
    address: str
    state: str
    survey_id: str
    survey_version: int
    is_over: bool
    door: str | None


class Words(NamedTuple):
    """One message of a web chat."""

    mine: bool
    text: str
    at: datetime


class Guest(NamedTuple):
    """Somebody who may be asked on the web, and what is known of them."""

    invitation_id: int
    person_id: int
    person: str
    survey_id: str | None
    worker: str
    language: str
    first_contacted_at: datetime | None
    status: str
    not_asked_because: str | None


def talk_of(session: Session, link: FoundLink) -> Talk | None:
    """The conversation behind a link; None where nobody has begun one."""
    held = Conversation.address == link.address
    whose = held if link.invitation_id is None else Conversation.invitation_id == link.invitation_id
    row = session.execute(
        select(
            Conversation.id,
            Conversation.channel,
            Conversation.address,
            Conversation.state,
            Conversation.survey_id,
            Conversation.survey_version,
            Conversation.closed_at.is_not(None),
            OpenSurvey.code,
        )
        .outerjoin(OpenSurvey, OpenSurvey.id == Conversation.open_survey_id)
        .where(whose)
    ).first()
    return Talk._make(row) if row else None


def said(session: Session, conversation_id: int) -> list[Words]:
    """All that was said in a conversation on the web, oldest first; not what was dropped before it was said."""
    rows = session.execute(
        select(Message.direction == "in", Message.text, Message.at)
        .where(Message.conversation_id == conversation_id, Message.channel == WEB, Message.status != "dropped")
        .order_by(Message.id)
    )
    return [Words._make(row) for row in rows]


def guest(session: Session, invitation_id: int, *, locked: bool = False) -> Guest | None:
    """Whom an invitation is for.

    Args:
        locked: until this transaction ends, so that of two who begin at once the second sees what the first has done.
    """
    worker = aliased(Staff)
    statement = (
        select(
            Invitation.id,
            Person.id,
            Person.name,
            Invitation.survey_id,
            worker.name,
            Person.language,
            Person.first_contacted_at,
            Invitation.status,
            Invitation.not_asked_because,
        )
        .join(Person, Person.id == Invitation.person_id)
        .join(worker, worker.id == Invitation.worker_id)
        .where(Invitation.id == invitation_id)
    )
    row = session.execute(statement.with_for_update(of=Invitation) if locked else statement).first()
    return Guest._make(row) if row else None


def asked(session: Session, guest: Guest, now: datetime) -> None:
    """Note that somebody has been asked."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == guest.invitation_id)
        .values(status="asked", asked_at=now, not_asked_because=None, settled_at=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Person)
        .where(Person.id == guest.person_id, Person.first_contacted_at.is_(None))
        .values(first_contacted_at=now)
        .execution_options(synchronize_session=False)
    )


def move(session: Session, conversation_id: int, address: str) -> None:
    """Let a conversation go on in a web chat."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(channel=WEB, address=address)
        .execution_options(synchronize_session=False)
    )
