"""Queries that write down what became of a message: taken, put back, given up, or moved on by its provider's word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import CursorResult, Row, bindparam, case, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.sending import claimed as reading
from store.sending import outbox
from store.sending.claimed import Claimed
from store.tables import EarlyReceipt, Message
from store.talks.messages import LOST, UNSENT
from store.written import word

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

Recorded = Literal["recorded", "undelivered", "undeliverable", "opted_out", "settled"]
"""What became of writing down that a message was sent: done; done, and the provider has said meanwhile that it was not
delivered this time, that nothing can reach that address, or that its person has told it to stop; or another worker had
settled it before."""


class NotOurs(Exception):
    """The provider's name for a message belongs to another, so that this one was not what the provider had taken."""


class Word(NamedTuple):
    """The provider's word on one message.

    Attributes:
        permanent: it was not delivered, and nothing to that address will be.
        opted_out: it was not delivered, since its person has told the provider to stop.
    """

    channel: str
    provider_id: str
    status: str
    error_code: str | None = None
    explanation: str | None = None
    permanent: bool = False
    opted_out: bool = False


_RECORD = (
    update(Message)
    .where(Message.id == bindparam("message"), Message.status.in_(list(map(word, UNSENT))))
    .values(
        provider_id=bindparam("its_name"),
        status=bindparam("new_status"),
        sent_at=bindparam("now"),
        unsure=False,
        lease_until=None,
        error_code=bindparam("code"),
        error_explanation=bindparam("new_explanation"),
    )
    .execution_options(synchronize_session=False)
)
_EARLY = (
    select(
        EarlyReceipt.id,
        EarlyReceipt.status,
        EarlyReceipt.error_code,
        EarlyReceipt.explanation,
        EarlyReceipt.permanent,
        EarlyReceipt.opted_out,
    )
    .join(Message, Message.channel == EarlyReceipt.channel)
    .where(Message.id == bindparam("message"), EarlyReceipt.provider_id == bindparam("its_name"))
    .order_by(EarlyReceipt.id)
)


def record_sent(session: Session, message_id: int, provider_id: str | None, status: str, now: datetime) -> Recorded:
    """The provider has taken the message. What it has told us of it in the meantime counts at once.

    That it was taken is true whoever found it out, so it is written down even by a worker whose lease has run out; but what
    another worker has settled is left alone. Where a receipt and `status` say the same, the receipt says why.

    Raises:
        NotOurs: the provider's name for it is another message's. The transaction can do nothing more.
    """
    _shut_the_door(session, provider_id)
    connection = session.connection()
    early = connection.execute(_EARLY, {"message": message_id, "its_name": provider_id}).all()
    last = max(early, key=lambda receipt: RANKS[receipt.status], default=None)
    if last is not None and RANKS[last.status] < RANKS[status]:
        last = None
    values = {
        "message": message_id,
        "its_name": provider_id,
        "now": now,
        "new_status": last.status if last else status,
        "code": last.error_code if last else None,
        "new_explanation": last.explanation if last else None,
    }
    try:
        is_settled = connection.execute(_RECORD, values).rowcount == 0
    except IntegrityError:
        raise NotOurs from None
    if is_settled:
        return "settled"
    if early:
        session.execute(delete(EarlyReceipt).where(EarlyReceipt.id.in_([receipt.id for receipt in early])))
    return _what_follows(last)


def _what_follows(last: Row[*tuple[Any, ...]] | None) -> Recorded:
    if last is not None and last.opted_out:
        return "opted_out"
    if last is None or last.status not in LOST:
        return "recorded"
    return "undeliverable" if last.permanent else "undelivered"


def put_back(
    session: Session,
    claimed: Claimed,
    *,
    unsure: bool,
    due: datetime,
    code: str,
    explanation: str,
    is_fault: bool = False,
) -> bool:
    """The message was not taken, or nobody can tell; it is tried again at `due`, and what waits behind it then too.

    False where the lease was lost.

    Args:
        is_fault: it was our own program that failed.
    """
    columns = {"status": "queued", "unsure": unsure, "next_attempt_at": due, "faults": claimed.faults + is_fault}
    if not _settle(session, claimed, code=code, explanation=explanation, **columns):
        return False
    if claimed.channel != "email" and claimed.kind != "alert":
        outbox.hold(session, claimed.channel, claimed.address, due)
    return True


def postpone(session: Session, claimed: Claimed, *, until: datetime, code: str, explanation: str) -> bool:
    """The message was not to go yet: it was not even tried, and nothing waits for it. False where the lease was lost."""
    before = claimed.attempts - 1
    columns: dict[str, Any] = {"status": "queued", "unsure": False, "not_before": until, "next_attempt_at": until}
    columns |= {"attempts": before, "first_attempt_at": claimed.first_attempt_at if before else None}
    return _settle(session, claimed, code=code, explanation=explanation, **columns)


def give_up(session: Session, claimed: Claimed, *, status: str, code: str, explanation: str) -> bool:
    """The message will not be sent: `failed` at the provider's hands, `dropped` by our own decision.

    False where the lease was lost, so that it is for another to say.
    """
    return _settle(session, claimed, status=status, unsure=False, code=code, explanation=explanation)


def _settle(session: Session, claimed: Claimed, *, code: str, explanation: str, **columns: Any) -> bool:  # noqa: ANN401 - columns of every type
    settled = session.execute(
        update(Message)
        .where(Message.id == claimed.id, Message.status == "sending", Message.attempts == claimed.attempts)
        .values(lease_until=None, error_code=code, error_explanation=explanation, **columns)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", settled).rowcount == 1


def rewrite(session: Session, message_id: int, text: str) -> None:
    """Keep another text in the place of a message's own."""
    session.execute(
        update(Message).where(Message.id == message_id).values(text=text).execution_options(synchronize_session=False)
    )


_MOVE_ON = (
    update(Message)
    .where(
        Message.channel == bindparam("on_channel"),
        Message.provider_id == bindparam("its_name"),
        Message.direction == "out",
        case(RANKS, value=Message.status) < bindparam("rank"),
    )
    .values(
        status=bindparam("new_status"), error_code=bindparam("code"), error_explanation=bindparam("new_explanation")
    )
    .execution_options(synchronize_session=False)
)


def move_on(session: Session, word: Word) -> bool:
    """Move a message's status forwards, never backwards; return whether it moved. Its row is locked meanwhile."""
    values = {"on_channel": word.channel, "its_name": word.provider_id, "rank": RANKS[word.status]}
    values |= {"new_status": word.status, "code": word.error_code, "new_explanation": word.explanation}
    return session.connection().execute(_MOVE_ON, values).rowcount == 1


def is_known(session: Session, channel: str, provider_id: str) -> bool:
    """Whether we have written down that the provider calls one of our messages this."""
    return (
        session.scalar(select(exists().where(Message.channel == channel, Message.provider_id == provider_id))) is True
    )


def keep_early(session: Session, word: Word, now: datetime) -> bool:
    """Keep the provider's word on a message that we do not know by this name, unless we have come to know it just now.

    Whether we know it is looked up only here, where nobody can be writing it down in between.

    Returns:
        Whether a message moved on after all.
    """
    _shut_the_door(session, word.provider_id)
    if move_on(session, word):
        return True
    if not is_known(session, word.channel, word.provider_id):
        insert_new(session, EarlyReceipt, [{**word._asdict(), "at": now}])
    return False


def forget_early(session: Session, before: datetime) -> int:
    """Delete what a provider has said before that moment of messages that nobody has claimed since; return how many."""
    old = session.execute(delete(EarlyReceipt).where(EarlyReceipt.at < before))
    return cast("CursorResult[Any]", old).rowcount


def known_provider_ids(session: Session, channel: str, address: str) -> frozenset[str]:
    """The provider's ids of all that we know to have sent to an address.

    All of them: whatever the provider may list is compared with these, and neither the time at which a message was written
    nor our clock's says when the provider has taken it.
    """
    rows: Iterable[str | None] = session.scalars(
        select(Message.provider_id).where(
            Message.channel == channel,
            Message.address == address,
            Message.direction == "out",
            Message.provider_id.is_not(None),
        )
    )
    return frozenset(row for row in rows if row is not None)


class Ours(NamedTuple):
    """A message of ours that its provider has spoken of, with the fault that stands beside it."""

    claimed: Claimed
    error_code: str | None
    explanation: str | None


def of_provider(session: Session, channel: str, provider_id: str, now: datetime) -> Ours | None:
    """Our message that the provider calls this, as its worker had it in hand."""
    ours = reading.WITH_FACTS.add_columns(Message.error_code, Message.error_explanation).where(
        Message.channel == channel, Message.provider_id == provider_id
    )
    row = session.execute(ours).mappings().first()
    return Ours(reading.read(row, now), row["error_code"], row["error_explanation"]) if row else None


def anything_sent(session: Session, conversation_id: int, *, but_for: str | None = None) -> bool:
    """Whether a provider has taken anything of ours in a conversation.

    Args:
        but_for: a channel on which what is written counts as sent though nobody may have seen it.
    """
    taken = (
        Message.conversation_id == conversation_id,
        Message.direction == "out",
        Message.sent_at.is_not(None),
        Message.channel != (but_for or ""),
    )
    return session.scalar(select(exists().where(*taken))) is True


def _shut_the_door(session: Session, provider_id: str | None) -> None:
    """Let nobody else write down anything about this name until the transaction ends.

    Without it, a receipt and the record that it belongs to could pass each other unseen. SQLite has one writer anyway.
    """
    if provider_id is not None and session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(provider_id))))
