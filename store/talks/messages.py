"""Queries about messages: keeping what comes in, and writing down what shall go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, case, func, insert, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new, insert_new
from store.tables import Answer, Message

PRIORITIES = {
    "reply": 0,
    "safety": 0,
    "alert": 1,
    "alarm": 1,
    "confirmation": 2,
    "invitation": 5,
    "reminder": 6,
    "request": 7,
    "digest": 7,
}
"""What goes first: an answer to a person, then an alert's companions, then what nobody waits for.

A safety message is the reply to a possible danger: help numbers, and when somebody reads. An alarm tells
whoever looks after the service that sending comes to a bound; an alert is about somebody's safety.
"""

LIFETIMES = {
    "reply": timedelta(days=1),
    "safety": timedelta(days=1),
    "confirmation": timedelta(days=1),
    "invitation": timedelta(days=4),
    "reminder": timedelta(days=2),
    "alert": timedelta(days=7),
    "alarm": timedelta(days=1),
    "request": timedelta(days=14),
    "digest": timedelta(days=14),
}
"""So long after its first moment a message still makes sense; later it is dropped. Four days bring an invitation over a
weekend without send windows; an alert's age is told on its page, so late is better than never."""

UNSENT = ("queued", "sending")


class Queued(NamedTuple):
    """One message to be sent.

    Attributes:
        kind: one of `PRIORITIES`; a `confirmation` is sent to someone who has just opted out, nothing else is.
        key: unique; a second message with the same key is not written.
        not_after: it is not sent later than that; left out, `LIFETIMES` after it may first be sent.
        choices: what may be pressed under it, as `bot.sending.choices` writes it.
    """

    channel: str
    address: str
    text: str
    kind: str
    key: str
    conversation_id: int | None = None
    subject: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    choices: str | None = None


LOST = frozenset({"failed", "undelivered", "dropped"})
"""Where a message of ours stands that did not reach anybody."""


class ThreadLine(NamedTuple):
    """One message of a thread; `mine` is True for the service's own, and then the last fault on its way may be told.

    `text` is None where it is held back from whoever looks.
    """

    id: int
    at: datetime
    mine: bool
    text: str | None
    status: str
    error_code: str | None
    explanation: str | None

    @property
    def is_lost(self) -> bool:
        """Whether it is ours and did not reach anybody."""
        return self.mine and self.status in LOST


_QUEUE = insert(Message.__table__)  # type: ignore[arg-type]  # a plain table keeps the ORM off the path of a message


def keep(session: Session, row: Mapping[str, Any]) -> int | None:
    """Keep an inbound message; return its id, or None where the provider has delivered it before."""
    statement = insert_if_new(session, Message, returning="id")
    result: int | None = (
        session.connection().execute(statement, {"direction": "in", "status": "received", **row}).scalar()
    )
    return result


def queue(session: Session, messages: Sequence[Queued], now: datetime) -> None:
    """Write messages into the outbox, in this order. None of their keys may be there yet."""
    if messages:
        session.connection().execute(_QUEUE, [_row(message, now) for message in messages])


def queue_once(session: Session, message: Queued, now: datetime) -> bool:
    """Write a message into the outbox unless its key is there already; return whether it is new."""
    return insert_new(session, Message, [_row(message, now)]) == 1


def _row(message: Queued, now: datetime) -> dict[str, Any]:
    due = message.not_before or now
    return {
        "direction": "out",
        "channel": message.channel,
        "address": message.address,
        "text": message.text,
        "at": now,
        "status": "queued",
        "conversation_id": message.conversation_id,
        "kind": message.kind,
        "subject": message.subject,
        "choices": message.choices,
        "key": message.key,
        "priority": PRIORITIES[message.kind],
        "not_before": due,
        "not_after": message.not_after or due + LIFETIMES[message.kind],
        "next_attempt_at": due,
    }


_ATTACH = (
    update(Message)
    .where(Message.id == bindparam("message"))
    .values(conversation_id=bindparam("conversation"))
    .execution_options(synchronize_session=False)
)


def attach(session: Session, message_id: int, conversation_id: int) -> None:
    """Note which conversation a message belongs to."""
    session.connection().execute(_ATTACH, {"message": message_id, "conversation": conversation_id})


def settle_later(session: Session, message_id: int) -> None:
    """Note that a message waits for what may follow it."""
    session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(status="settling")
        .execution_options(synchronize_session=False)
    )


class Part(NamedTuple):
    """One part of a reply that came in several."""

    id: int
    text: str
    media_count: int


def take_parts(session: Session, conversation_id: int) -> list[Part]:
    """The parts that wait in a conversation, in the order in which they were sent; they wait no longer.

    The last of them stands for the whole from now on.
    """
    waiting = (Message.conversation_id == conversation_id) & (Message.status == "settling")
    rows = session.execute(
        select(Message.id, Message.text, Message.media_count)
        .where(waiting)
        .order_by(func.coalesce(Message.sent_at, Message.at), Message.id)
    ).all()
    if rows:
        whole = rows[-1].id
        session.execute(
            update(Message)
            .where(waiting)
            .values(status="received", part_of=case((Message.id != whole, whole)))
            .execution_options(synchronize_session=False)
        )
    return [Part._make(row) for row in rows]


def words_of(session: Session, message_id: int) -> str:
    """The words of a message, after those of its parts where it stands for several."""
    rows = session.scalars(
        select(Message.text)
        .where((Message.id == message_id) | (Message.part_of == message_id))
        .order_by(func.coalesce(Message.sent_at, Message.at), Message.id)
    )
    return " ".join(dict.fromkeys(rows))


def replace_answers(session: Session, conversation_id: int, questions: Sequence[str], message_id: int) -> None:
    """Note that an answer takes the place of those that earlier messages gave to the same questions."""
    earlier = select(Answer.message_id).where(
        Answer.conversation_id == conversation_id, Answer.question.in_(questions), Answer.message_id != message_id
    )
    session.execute(
        update(Message)
        .where(func.coalesce(Message.part_of, Message.id).in_(earlier), Message.conversation_id == conversation_id)
        .values(status="replaced")
        .execution_options(synchronize_session=False)
    )


def has_left(session: Session, conversation_id: int) -> bool:
    """Whether the latest of our messages in a conversation has been handed to its provider, or is being handed over."""
    status = session.connection().execute(_LATEST_STATUS, {"conversation": conversation_id}).scalar()
    return status != "queued"


_LATEST_STATUS = (
    select(Message.status)
    .where(Message.conversation_id == bindparam("conversation"), Message.direction == "out")
    .order_by(Message.id.desc())
    .limit(1)
)


def drop_unsent(session: Session, channel: str, address: str, reason: str) -> None:
    """Drop what waits for an address, saying why. What is being sent at this moment is past stopping."""
    drop_queued(session, (Message.channel == channel) & (Message.address == address), reason)


def drop_unsent_of(session: Session, conversation_id: int, reason: str) -> None:
    """Drop the questions, replies and reminders that wait in a conversation, saying why.

    What confirms a stop or answers a possible danger is left, for it is owed to its reader whatever has happened since.
    """
    kinds = ("invitation", "reminder", "reply")
    drop_queued(session, (Message.conversation_id == conversation_id) & Message.kind.in_(kinds), reason)


def drop_queued(session: Session, which: ColumnElement[bool], reason: str) -> None:
    """Drop those of these messages that wait, saying why; locked in their order, so that nobody waits in a ring."""
    waiting = select(Message.id).where(which, Message.status == "queued").order_by(Message.id).with_for_update()
    session.execute(
        update(Message)
        .where(Message.id.in_(waiting), Message.status == "queued")
        .values(status="dropped", error_code=reason, error_explanation=None)
        .execution_options(synchronize_session=False)
    )


def thread(session: Session, conversation_id: int) -> list[ThreadLine]:
    """All that was said in a conversation, oldest first."""
    return _lines(session, Message.conversation_id == conversation_id)


def thread_at(session: Session, channel: str, address: str) -> list[ThreadLine]:
    """All that went to and came from an address, oldest first."""
    return _lines(session, (Message.channel == channel) & (Message.address == address))


def _lines(session: Session, condition: Any) -> list[ThreadLine]:  # noqa: ANN401 - SQLAlchemy's expressions
    rows = session.execute(
        select(
            Message.id,
            Message.at,
            Message.direction,
            Message.text,
            Message.status,
            Message.error_code,
            Message.error_explanation,
        )
        .where(condition)
        .order_by(Message.id)
    )
    return [
        ThreadLine(row.id, row.at, row.direction == "out", row.text, row.status, row.error_code, row.error_explanation)
        for row in rows
    ]


def replies_since(session: Session, channel: str, address: str, since: datetime) -> int:
    """How many replies have been written to an address since a moment."""
    return session.scalars(
        select(func.count()).where(
            Message.channel == channel,
            Message.address == address,
            Message.kind.in_(("reply", "safety")),
            Message.at >= since,
        )
    ).one()
