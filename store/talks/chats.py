"""Queries for web chats: what a link leads to, what has been said there, and moving a conversation onto the web."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.inviting.invitations import WHOM, Invitee
from store.inviting.links import FoundLink
from store.tables import Conversation, Invitation, Message, OpenSurvey

WEB: Final = "web"


class Talk(NamedTuple):
    """The conversation that a link leads to, wherever it is held now.

    `door`: the code of its open survey; `by_ticket`: that door is not for anybody.
    """

    id: int
    channel: str
    address: str
    state: str
    survey_id: str
    survey_version: int
    is_over: bool
    door: str | None
    by_ticket: bool | None


class Words(NamedTuple):
    """One message of a web chat."""

    mine: bool
    text: str
    at: datetime


class Guest(NamedTuple):
    """Somebody whom an invitation is for, and where it stands."""

    invitee: Invitee
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
            OpenSurvey.by_ticket,
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
    """Whom an invitation is for; None where there is no survey for them.

    Args:
        locked: until this transaction ends, so that of two who begin at once the second sees what the first has done.
    """
    statement = WHOM.add_columns(Invitation.status, Invitation.not_asked_because).where(
        Invitation.id == invitation_id, Invitation.survey_id.is_not(None)
    )
    row = session.execute(statement.with_for_update(of=Invitation) if locked else statement).first()
    return Guest(Invitee._make(row[:-2]), row[-2], row[-1]) if row else None


def offer_again(session: Session, invitation_id: int) -> None:
    """Let an invitation wait to be asked whose person was not to be asked by text."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id)
        .values(status="offered", not_asked_because=None, settled_at=None)
        .execution_options(synchronize_session=False)
    )
