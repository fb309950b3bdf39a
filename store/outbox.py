"""Queries that drain the outbox: claiming a message under a lease, and writing down what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, and_, bindparam, case, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from store.insert import insert_new
from store.messages import UNSENT
from store.tables import EarlyReceipt, Message, OptOut

LEASES_OF_A_MAIL = 2
"""A mail server answers in many steps, so a mail is leased for so many times as long."""

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


Recorded = Literal["recorded", "settled", "not_ours"]
"""What became of writing down that a message was sent: done; another worker had settled it before; or the provider's name
for it belongs to another message, so that this one was not what the provider had taken."""


class Claimed(NamedTuple):
    """A message that is ours to send until the lease runs out.

    Attributes:
        unsure: the provider may have taken it already; ask before sending.
        attempts: this one included. It names the lease: whoever takes the message over counts one more.
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


def _stands_alone(message: type[Message]) -> ColumnElement[bool]:
    """Whether a message is read by itself, so that nothing need come before it: a mail, or anything about an alert."""
    return or_(message.channel == "email", message.kind == "alert")


_waits_for_earlier = ~_stands_alone(Message) & exists().where(
    _earlier.status.in_(UNSENT),
    _earlier.channel == Message.channel,
    _earlier.address == Message.address,
    _earlier.id < Message.id,
    _earlier.not_before <= bindparam("now"),
    ~_stands_alone(_earlier),
)
_has_opted_out = exists().where(
    OptOut.channel == Message.channel,
    OptOut.address == Message.address,
    OptOut.person_id.is_(None),
    OptOut.ended_at.is_(None),
)
_NEXT = (
    select(Message, _has_opted_out)
    .where(Message.status.in_(UNSENT), _due, ~_waits_for_earlier)
    .order_by(Message.priority, Message.id)
    .limit(1)
    .with_for_update(of=Message, skip_locked=True)
)
_THIS = _NEXT.where(Message.id == bindparam("message"))
_DUE = (
    select(Message.id)
    .where(Message.status.in_(UNSENT), _due, ~_waits_for_earlier)
    .order_by(Message.priority, Message.id)
    .limit(bindparam("limit"))
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


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """The messages that may be sent now, in the order in which they should; those whose lease is over among them."""
    return list(session.scalars(_DUE, {"now": now, "limit": limit}))


def claim(session: Session, now: datetime, lease: timedelta, message_id: int | None = None) -> Claimed | None:
    """Take the next message that is due under a lease, or None where nothing is due.

    With `message_id`, that one alone is taken, if it may be sent now.

    A text waits for the earlier ones to the same address, for it is a part of what is being said there; a mail and a text
    about an alert wait for nothing. From here on, until the outcome is written down, nobody can
    tell whether the provider has taken it: `unsure` is set in the same transaction.
    """
    wanted = {} if message_id is None else {"message": message_id}
    found = session.execute(_THIS if wanted else _NEXT, {"now": now, **wanted}).first()
    if found is None:
        return None
    message, opted_out = found
    first = message.first_attempt_at or now
    until = now + lease * (LEASES_OF_A_MAIL if message.channel == "email" else 1)
    session.connection().execute(_LEASE, {"message": message.id, "until": until, "first": first})
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


_RECORD = (
    update(Message)
    .where(Message.id == bindparam("message"), Message.status.in_(UNSENT))
    .values(
        provider_id=bindparam("its_name"),
        status=bindparam("new_status"),
        sent_at=bindparam("now"),
        unsure=False,
        lease_until=None,
        error_code=None,
        error_explanation=None,
    )
    .returning(Message.channel)
    .execution_options(synchronize_session=False)
)


def record_sent(session: Session, message_id: int, provider_id: str | None, status: str, now: datetime) -> Recorded:
    """The provider has taken the message. What it has told us of it in the meantime counts at once.

    That it was taken is true whoever found it out, so it is written down even by a worker whose lease has run out; but what
    another worker has settled is left alone.
    """
    _shut_the_door(session, provider_id)
    values = {"message": message_id, "its_name": provider_id, "new_status": status, "now": now}
    try:
        with session.begin_nested():
            channel = session.execute(_RECORD, values).scalar_one_or_none()
    except IntegrityError:
        return "not_ours"
    if channel is None:
        return "settled"
    early = session.scalars(
        select(EarlyReceipt).where(EarlyReceipt.channel == channel, EarlyReceipt.provider_id == provider_id)
    ).all()
    for receipt in sorted(early, key=lambda receipt: RANKS[receipt.status]):
        move_on(session, channel, receipt.provider_id, receipt.status, receipt.error_code)
        session.delete(receipt)
    return "recorded"


def put_back(session: Session, claimed: Claimed, *, unsure: bool, due: datetime, code: str, explanation: str) -> bool:
    """The message was not taken, or nobody can tell; it is tried again at `due`. False where the lease was lost."""
    return _settle(
        session, claimed, status="queued", unsure=unsure, next_attempt_at=due, code=code, explanation=explanation
    )


def give_up(session: Session, claimed: Claimed, *, status: str, code: str, explanation: str) -> bool:
    """The message will not be sent: `failed` at the provider's hands, `dropped` by our own decision.

    False where the lease was lost, so that it is for another to say.
    """
    return _settle(session, claimed, status=status, unsure=False, code=code, explanation=explanation)


def _settle(
    session: Session, claimed: Claimed, *, code: str, explanation: str, **columns: str | bool | datetime
) -> bool:
    settled = session.execute(
        update(Message)
        .where(Message.id == claimed.id, Message.status == "sending", Message.attempts == claimed.attempts)
        .values(lease_until=None, error_code=code, error_explanation=explanation, **columns)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", settled).rowcount == 1


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
    """Keep the provider's word on a message that we do not know by this name, unless we have come to know it just now."""
    _shut_the_door(session, provider_id)
    if move_on(session, channel, provider_id, status, code) or is_known(session, channel, provider_id):
        return
    row = {"channel": channel, "provider_id": provider_id, "status": status, "error_code": code, "at": now}
    insert_new(session, EarlyReceipt, [row])


def _shut_the_door(session: Session, provider_id: str | None) -> None:
    """Let nobody else write down anything about this name until the transaction ends.

    Without it, a receipt and the record that it belongs to could pass each other unseen. SQLite has one writer anyway.
    """
    if provider_id is not None and session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(provider_id))))
