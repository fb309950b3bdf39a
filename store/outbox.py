"""Queries that drain the outbox: claiming a message under a lease, and writing down what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, and_, bindparam, case, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_new
from store.messages import UNSENT
from store.tables import EarlyReceipt, Message, OptOut

RANKS = {
    "queued": 0,
    "sending": 0,
    "accepted": 1,
    "kept": 1,
    "sent": 2,
    "delivered": 3,
    "undelivered": 3,
    "failed": 3,
    "dropped": 3,
    "read": 4,
}
"""How far each status is along the way; a status never gives way to one of the same rank or lower."""


class Claimed(NamedTuple):
    """A message that is ours to send until the lease runs out.

    Attributes:
        unsure: the provider may have taken it already; ask before sending.
        attempts: this one included.
        opted_out: the address has said stop since the message was written.
    """

    id: int
    channel: str
    address: str
    text: str
    subject: str | None
    key: str
    kind: str
    conversation_id: int | None
    unsure: bool
    attempts: int
    first_attempt_at: datetime
    opted_out: bool


_earlier = aliased(Message)
_due = or_(
    and_(Message.status == "queued", Message.next_attempt_at <= bindparam("now")),
    and_(Message.status == "sending", Message.lease_until < bindparam("now")),
)
_waits_for_earlier = exists().where(
    _earlier.status.in_(UNSENT),
    _earlier.channel == Message.channel,
    _earlier.address == Message.address,
    _earlier.id < Message.id,
    _earlier.not_before <= bindparam("now"),
)
_has_opted_out = exists().where(
    OptOut.channel == Message.channel, OptOut.address == Message.address, OptOut.ended_at.is_(None)
)
_NEXT = (
    select(Message, _has_opted_out)
    .where(Message.status.in_(UNSENT), _due, ~_waits_for_earlier)
    .order_by(Message.priority, Message.id)
    .limit(1)
    .with_for_update(of=Message, skip_locked=True)
)
_LEASE = (
    update(Message)
    .where(Message.id == bindparam("message"))
    .values(
        status="sending",
        lease_until=bindparam("until"),
        attempts=Message.attempts + 1,
        unsure=True,
        first_attempt_at=bindparam("first"),
    )
    .execution_options(synchronize_session=False)
)


def claim(session: Session, now: datetime, lease: timedelta) -> Claimed | None:
    """Take the next message that is due under a lease, or None where nothing is due.

    A message waits for the earlier ones to the same address. From here on, until the outcome is written down, nobody can
    tell whether the provider has taken it: `unsure` is set in the same transaction.
    """
    found = session.execute(_NEXT, {"now": now}).first()
    if found is None:
        return None
    message, opted_out = found
    first = message.first_attempt_at or now
    session.connection().execute(_LEASE, {"message": message.id, "until": now + lease, "first": first})
    return Claimed(
        id=message.id,
        channel=message.channel,
        address=message.address,
        text=message.text,
        subject=message.subject,
        key=message.key or "",
        kind=message.kind or "",
        conversation_id=message.conversation_id,
        unsure=message.unsure,
        attempts=message.attempts + 1,
        first_attempt_at=first,
        opted_out=opted_out,
    )


def record_sent(session: Session, message_id: int, provider_id: str, status: str, now: datetime) -> None:
    """The provider has taken the message. What it has told us of it in the meantime counts at once."""
    channel = session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(provider_id=provider_id, status=status, sent_at=now, unsure=False, lease_until=None)
        .returning(Message.channel)
    ).scalar_one()
    early = session.scalars(
        select(EarlyReceipt).where(EarlyReceipt.channel == channel, EarlyReceipt.provider_id == provider_id)
    ).all()
    for receipt in sorted(early, key=lambda receipt: RANKS[receipt.status]):
        move_on(session, channel, provider_id, receipt.status, receipt.error_code)
        session.delete(receipt)


def put_back(session: Session, message_id: int, *, unsure: bool, due: datetime, code: str, explanation: str) -> None:
    """The message was not taken, or nobody can tell; it is tried again at `due`."""
    _settle(
        session, message_id, status="queued", unsure=unsure, next_attempt_at=due, code=code, explanation=explanation
    )


def give_up(session: Session, message_id: int, *, status: str, code: str, explanation: str) -> None:
    """The message will not be sent: `failed` at the provider's hands, `dropped` by our own decision."""
    _settle(session, message_id, status=status, unsure=False, code=code, explanation=explanation)


def _settle(
    session: Session, message_id: int, *, code: str, explanation: str, **columns: str | bool | datetime
) -> None:
    session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(lease_until=None, error_code=code, error_explanation=explanation, **columns)
        .execution_options(synchronize_session=False)
    )


_rank = case(RANKS, value=Message.status)


def move_on(session: Session, channel: str, provider_id: str, status: str, error_code: str | None) -> bool:
    """Move a message's status forwards, never backwards; return whether it moved."""
    moved = session.execute(
        update(Message)
        .where(Message.channel == channel, Message.provider_id == provider_id, Message.direction == "out")
        .where(_rank < RANKS[status])
        .values(status=status, error_code=error_code)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", moved).rowcount == 1


def is_known(session: Session, channel: str, provider_id: str) -> bool:
    """Whether we have written down that the provider calls one of our messages this."""
    return (
        session.scalar(select(exists().where(Message.channel == channel, Message.provider_id == provider_id))) is True
    )


def keep_early(session: Session, channel: str, provider_id: str, status: str, code: str | None, now: datetime) -> None:
    """Keep the provider's word on a message that we do not know by this name yet."""
    row = {"channel": channel, "provider_id": provider_id, "status": status, "error_code": code, "at": now}
    insert_new(session, EarlyReceipt, [row])
