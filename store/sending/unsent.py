"""Queries about messages of ours that did not go out, for those who look after the service: no words, no addresses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.tables import Message
from store.talks.messages import LOST, UNSENT

SHOWN_FOR = timedelta(days=14)
FOR_WORK = ("alert", "alarm", "request", "digest")
_mail = aliased(Message)
HELD_UP_AFTER = timedelta(minutes=15)


class Trouble(NamedTuple):
    """Messages of one kind that have met the same fault.

    Attributes:
        is_over: they will not be tried again; else they still are, and have been for a while.
        latest: when the latest of them was tried last.
    """

    kind: str
    channel: str
    is_over: bool
    code: str | None
    explanation: str | None
    how_many: int
    latest: datetime


def troubles(session: Session, now: datetime, limit: int = 20) -> list[Trouble]:
    """What was given up in the last two weeks, and what is still tried in vain, the latest first.

    What somebody needs for their work counts that was dropped or not delivered, too, and so does whatever became too old
    while it waited; of other messages, coverage and the conversation tell that.
    """
    is_over = Message.status.not_in(UNSENT)
    tried_last = func.coalesce(Message.sent_at, Message.next_attempt_at, Message.at)
    given_up = and_(
        or_(
            Message.status == "failed",
            and_(Message.kind.in_(FOR_WORK), Message.status.in_(LOST)),
            and_(Message.status == "dropped", Message.error_code == "too_old"),
        ),
        Message.at >= now - SHOWN_FOR,
    )
    held_up = and_(
        Message.status.in_(UNSENT), Message.error_code.is_not(None), Message.first_attempt_at <= now - HELD_UP_AFTER
    )
    groups = (Message.kind, Message.channel, is_over, Message.error_code, Message.error_explanation)
    rows = session.execute(
        select(*groups, func.count(), func.max(tried_last))
        .where(Message.direction == "out", or_(given_up, held_up))
        .group_by(*groups)
        .order_by(func.max(tried_last).desc())
        .limit(limit)
    )
    return [
        Trouble(kind or "", channel, is_over=bool(over), code=code, explanation=why, how_many=how_many, latest=latest)
        for kind, channel, over, code, why, how_many, latest in rows
    ]


def may_have_left(session: Session, conversation_id: int) -> bool:
    """Whether anything was said in a conversation: something of ours has left or is leaving, or somebody has written.

    What stands on a page has not been said to whoever has yet to be led there by a mail.
    """
    is_mailed = exists().where(_mail.conversation_id == conversation_id, _mail.channel == "email")
    said = exists().where(
        Message.conversation_id == conversation_id,
        Message.status.not_in(("queued", "dropped", "failed")),
        (Message.direction == "in") | (Message.channel != "web") | ~is_mailed,
    )
    return session.scalar(select(said)) is True
