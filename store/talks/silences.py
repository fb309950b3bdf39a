"""Queries about time in conversations: what nobody has answered, whom to remind, what waits for its next part."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from store.tables import Conversation, Message
from store.talks.messages import UNSENT

_IS_OPEN = Conversation.closed_at.is_(None)


def silent_since(session: Session, moment: datetime, reminded_since: datetime, *, on_web: bool) -> list[int]:
    """The open conversations in which nobody has said anything since `moment`: those on the web, or all others.

    Not where the person cannot have answered yet: words of ours still wait, or the first of them have left since then, or a
    reminder has since `reminded_since`, or one is still to come.
    """
    quiet = (Conversation.last_heard_at.is_(None) & (Conversation.opened_at < moment)) | (
        Conversation.last_heard_at < moment
    )
    is_recent = exists().where(
        Message.conversation_id == Conversation.id,
        Message.direction == "out",
        Message.channel != "web",  # what is said on a page is there as soon as it is written
        Message.status.in_(UNSENT)
        | ((Message.kind == "invitation") & (Message.sent_at >= moment))
        | ((Message.kind == "reminder") & (Message.sent_at >= reminded_since)),
    )
    where = (
        Conversation.channel == "web" if on_web else (Conversation.channel != "web") & Conversation.remind_at.is_(None)
    )
    found = select(Conversation.id).where(_IS_OPEN, quiet, where, ~is_recent)
    return list(session.scalars(found.order_by(Conversation.id)))


def opened_before(session: Session, moment: datetime) -> list[int]:
    """The open conversations that were begun before `moment`, whatever was heard since."""
    return list(
        session.scalars(
            select(Conversation.id).where(_IS_OPEN, Conversation.opened_at < moment).order_by(Conversation.id)
        )
    )


def to_remind(session: Session, now: datetime) -> list[int]:
    """The open conversations whose reminder is due."""
    return list(
        session.scalars(
            select(Conversation.id).where(_IS_OPEN, Conversation.remind_at <= now).order_by(Conversation.id)
        )
    )


def remind_later(session: Session, conversation_id: int, moment: datetime | None) -> None:
    """Remind at another moment, or not at all."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(remind_at=moment)
        .execution_options(synchronize_session=False)
    )


def count_from(session: Session, conversation_id: int, moment: datetime, *, remind_at: datetime) -> None:
    """Let a conversation count as begun at that moment, since its first words leave only then."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(opened_at=moment, remind_at=remind_at)
        .execution_options(synchronize_session=False)
    )


def settled(session: Session, now: datetime) -> list[int]:
    """The conversations in which no further part of a long reply is awaited any more, closed ones among them."""
    return list(session.scalars(select(Conversation.id).where(Conversation.settle_at <= now).order_by(Conversation.id)))


def wait(session: Session, conversation_id: int, *, settle_at: datetime, heard_at: datetime) -> None:
    """Let further parts of a long reply come until `settle_at`, before a step is taken."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(settle_at=settle_at, last_heard_at=heard_at)
        .execution_options(synchronize_session=False)
    )
