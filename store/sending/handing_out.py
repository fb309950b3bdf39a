"""Queries for handing rows of the outbox out to workers elsewhere. What may be sent, and by whom, `store.outbox` decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from store.tables import Message
from store.talks.messages import PRIORITIES
from store.written import word

_QUEUED = word("queued")

_before = aliased(Message)
_URGENT = select(Message.id).where(
    Message.id.in_(bindparam("ids", expanding=True)), Message.priority < PRIORITIES["invitation"]
)
_IS_DUE = select(Message.id).where(
    Message.id == bindparam("message"), Message.status == _QUEUED, Message.next_attempt_at <= bindparam("now")
)
_FOLLOWING = (
    select(Message.id)
    .where(
        Message.channel == select(_before.channel).where(_before.id == bindparam("message")).scalar_subquery(),
        Message.address == select(_before.address).where(_before.id == bindparam("message")).scalar_subquery(),
        Message.status == _QUEUED,
        Message.next_attempt_at <= bindparam("now"),
    )
    .order_by(Message.channel, Message.address, Message.id)  # as the index has it, lest every message be looked through
    .limit(1)
)


def urgent(session: Session, ids: Collection[int]) -> set[int]:
    """Those of these messages that a person waits for: replies, alerts and what confirms that someone has opted out."""
    return set(session.scalars(_URGENT, {"ids": list(ids)}))


def is_due(session: Session, message_id: int, now: datetime) -> bool:
    """Whether a message waits for nothing but its turn."""
    return session.scalar(_IS_DUE, {"message": message_id, "now": now}) is not None


def following(session: Session, message_id: int, now: datetime) -> int | None:
    """The next message that is due at the same address as this one, or None."""
    found: int | None = session.scalar(_FOLLOWING, {"message": message_id, "now": now})
    return found
