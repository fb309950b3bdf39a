"""Queries about time in conversations: what nobody has answered, whom to remind, what waits for its next part."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.orm import Session

from store.base import UtcTime
from store.tables import Campaign, Conversation, Invitation, Message
from store.talks.messages import UNSENT
from store.written import word

_IS_OPEN = Conversation.closed_at.is_(None)


def silent_since(session: Session, moment: datetime, reminded_since: datetime, *, on_web: bool) -> list[int]:
    """The open conversations in which nobody has said anything since `moment`: those on the web, or all others.

    Not where the person cannot have answered yet: words of ours still wait, or the first of them have left since then, or a
    reminder has since `reminded_since`, or one is still to come. Nor while their campaign is paused.
    """
    moments = {"moment": moment, "reminded_since": reminded_since}
    return list(session.scalars(_SILENT_ON_WEB if on_web else _SILENT_ELSEWHERE, moments))


_MOMENT = bindparam("moment", type_=UtcTime())
_IS_QUIET = or_(
    Conversation.last_heard_at.is_(None) & (Conversation.opened_at < _MOMENT), Conversation.last_heard_at < _MOMENT
)
_CANNOT_HAVE_ANSWERED = exists().where(
    Message.conversation_id == Conversation.id,
    Message.direction == word("out"),
    Message.channel != word("web"),  # what is said on a page is there as soon as it is written
    or_(
        Message.status.in_(list(map(word, UNSENT))),
        (Message.kind == word("invitation")) & (Message.sent_at >= _MOMENT),
        (Message.kind == word("reminder")) & (Message.sent_at >= bindparam("reminded_since", type_=UtcTime())),
    ),
)
_IS_PAUSED = exists().where(
    Invitation.id == Conversation.invitation_id,
    Campaign.id == Invitation.campaign_id,
    Campaign.status == word("paused"),
)
_SILENT = (
    select(Conversation.id).where(_IS_OPEN, _IS_QUIET, ~_CANNOT_HAVE_ANSWERED, ~_IS_PAUSED).order_by(Conversation.id)
)
_SILENT_ON_WEB = _SILENT.where(Conversation.channel == word("web"))
_SILENT_ELSEWHERE = _SILENT.where(Conversation.channel != word("web"), Conversation.remind_at.is_(None))


def opened_before(session: Session, moment: datetime) -> list[int]:
    """The open conversations that were begun before `moment`, whatever was heard since."""
    return list(
        session.scalars(
            select(Conversation.id).where(_IS_OPEN, Conversation.opened_at < moment).order_by(Conversation.id)
        )
    )


def to_remind(session: Session, now: datetime) -> list[int]:
    """The open conversations whose reminder is due; of a paused campaign they wait until it goes on."""
    return list(session.scalars(_TO_REMIND, {"moment": now}))


_TO_REMIND = (
    select(Conversation.id).where(_IS_OPEN, Conversation.remind_at <= _MOMENT, ~_IS_PAUSED).order_by(Conversation.id)
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
