"""Queries that drain the outbox: which message is next, and taking it under a lease.

Messages wait in lanes, one for each channel and priority. A lane is an index of its own kind, so that finding the next one
costs the same whether ten rows wait or a million: what is postponed lies further on in it, and a lane that is held back is
not looked into at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session, aliased

from store.base import UtcTime
from store.sending import claimed as reading
from store.sending.claimed import Claimed
from store.tables import Message
from store.talks.messages import PRIORITIES
from store.written import number, word

LEASES_OF_A_MAIL = 2
"""A mail server answers in many steps, so a mail is leased for so many times as long."""
CHANNELS = ("sms", "telegram", "web", "email")
MOST_HELD = 20
"""So many messages are moved on at once, to addresses that were written to a moment ago, before we look again later."""


_QUEUED, _SENDING, _OUT, _EMAIL, _ALERT = map(word, ("queued", "sending", "out", "email", "alert"))
_ONE = number(1)
_NOW = bindparam("now", type_=UtcTime())


class Lane(NamedTuple):
    """Where messages of one priority wait for one channel."""

    priority: int
    channel: str


_earlier, _mate, _named = aliased(Message), aliased(Message), aliased(Message)


def _stands_alone(message: type[Message]) -> ColumnElement[bool]:
    """Whether a message is read by itself, so that nothing need come before it: a mail, or anything about an alert."""
    return or_(message.channel == _EMAIL, message.kind == _ALERT)


def lanes_of(channels: Collection[str]) -> tuple[Lane, ...]:
    """Every lane of these channels, the most urgent first; those of a channel that is not known here too."""
    return tuple(sorted(Lane(priority, channel) for channel in channels for priority in set(PRIORITIES.values())))


ALL_LANES = lanes_of(CHANNELS)


def _are_whole(lanes: Sequence[Lane]) -> bool:
    """Whether nothing of the channels in these lanes is held back."""
    return len(lanes) == len(lanes_of({lane.channel for lane in lanes}))


def _is_in(lanes: Sequence[Lane], message: type[Message]) -> ColumnElement[bool]:
    """Told by both columns in one, so that SQLite does not look for its rows by channel: those of a lane are few."""
    lane = message.channel.concat(cast(message.priority, String))
    return lane.in_([word(f"{channel}{priority}") for priority, channel in lanes])


def _waits(lanes: Sequence[Lane], *, for_any: bool) -> ColumnElement[bool]:
    """Whether a message must wait for an earlier one to the same address; what is held back altogether holds nothing up.

    Args:
        for_any: else it waits for one that cannot be taken up now, or is at least as urgent; what is less urgent and
            earlier goes in its stead.
    """
    first = [
        _earlier.status.in_((_QUEUED, _SENDING)),
        _earlier.channel == Message.channel,
        _earlier.address == Message.address,
        _earlier.id < Message.id,
        _earlier.not_before <= _NOW,
        ~_stands_alone(_earlier),
    ]
    if not _are_whole(lanes):
        first.append(_is_in(lanes, _earlier))
    if not for_any:
        under_lease = and_(_earlier.status == _SENDING, _earlier.lease_until >= _NOW)
        put_back = and_(_earlier.status == _QUEUED, _earlier.next_attempt_at > _NOW)
        first.append(or_(_earlier.priority <= Message.priority, under_lease, put_back))
    return ~_stands_alone(Message) & exists().where(*first)


_IS_DUE = and_(Message.status == _QUEUED, Message.next_attempt_at <= _NOW)
_LEASE_IS_OVER = and_(Message.status == _SENDING, Message.lease_until < _NOW)


def _queue(lane: Lane, lanes: Sequence[Lane]) -> Select[Any]:
    priority, channel = number(lane.priority), word(lane.channel)
    return (
        select(Message.id)
        .where(Message.channel == channel, Message.priority == priority, _IS_DUE, ~_waits(lanes, for_any=False))
        .order_by(Message.next_attempt_at, Message.id)
    )


def _left_lying(lanes: Sequence[Lane]) -> Select[Any]:
    waits = _waits(lanes, for_any=True)
    return select(Message.id).where(_LEASE_IS_OVER, _is_in(lanes, Message), ~waits).order_by(Message.lease_until)


def _head(lanes: Sequence[Lane], message_id: ColumnElement[int]) -> Select[Any]:
    """What is to be said first to the address of a message; nothing where it stands alone."""
    return (
        select(_mate.id)
        .join(_named, and_(_named.channel == _mate.channel, _named.address == _mate.address, _named.id >= _mate.id))
        .where(_named.id == message_id, _mate.status.in_((_QUEUED, _SENDING)), _mate.not_before <= _NOW)
        .where(~_stands_alone(_mate), ~_stands_alone(_named), true() if _are_whole(lanes) else _is_in(lanes, _mate))
        .order_by(_mate.id)
        .limit(_ONE)
    )


class _Statements(NamedTuple):
    """What is asked while certain lanes are open; built once for each set of them.

    Attributes:
        next_one: the message to take up, what is to be said first to its address; of two workers that ask at once, each
            gets another.
        this_one: whether it may be that message.
        head: what is to be said first to the address of a message.
    """

    next_one: Select[Any]
    this_one: Select[Any]
    head: Select[Any]
    queues: tuple[Select[Any], ...]


@lru_cache(maxsize=64)
def _statements(lanes: tuple[Lane, ...]) -> _Statements:
    queues = (_left_lying(lanes), *(_queue(lane, lanes) for lane in lanes))
    each = [queue.limit(_ONE).with_for_update(of=Message, skip_locked=True).scalar_subquery() for queue in queues]
    by_id = Message.id == bindparam("message")
    this_one = select(Message.id).where(by_id, or_(_IS_DUE, _LEASE_IS_OVER), ~_waits(lanes, for_any=True))
    found = select(func.coalesce(*each, None).label("id")).subquery("found")
    return _Statements(
        next_one=select(func.coalesce(_head(lanes, found.c.id).scalar_subquery(), found.c.id)),
        this_one=this_one.where(_is_in(lanes, Message)),
        head=_head(lanes, bindparam("message")),
        queues=tuple(queue.limit(bindparam("limit")) for queue in queues),
    )


_TAKE = reading.WITH_FACTS.where(Message.id == bindparam("message"), or_(_IS_DUE, _LEASE_IS_OVER)).with_for_update(
    of=Message, skip_locked=True
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


def due(session: Session, now: datetime, limit: int, lanes: tuple[Lane, ...] = ALL_LANES) -> list[int]:
    """The messages that may be sent now, in the order in which they should; those whose lease is over among them.

    What comes first at the same address stands for what comes after it.
    """
    connection, found = session.connection(), dict[int, None]()
    statements = _statements(lanes)
    for queue in statements.queues:
        rest = limit - len(found)
        for message_id in connection.execute(queue, {"now": now, "limit": rest}).scalars().all():
            head = connection.execute(statements.head, {"now": now, "message": message_id}).scalar()
            found[head or message_id] = None
        if len(found) >= limit:
            break
    return list(found)


def claim(
    session: Session,
    now: datetime,
    lease: timedelta,
    message_id: int | None = None,
    *,
    lanes: tuple[Lane, ...] = ALL_LANES,
    spacing: timedelta | None = None,
) -> Claimed | None:
    """Take the next message that is due under a lease, or None where nothing is due.

    A text waits for the earlier ones to the same address, for it is a part of what is being said there; a mail and a text
    about an alert wait for nothing. From here on, until the outcome is written down, nobody can
    tell whether the provider has taken it: `unsure` is set in the same transaction.

    Args:
        message_id: take that one alone, if it may be sent now.
        lanes: those that are open; what waits in others stays where it is.
        spacing: so much time lies between two messages to the same Telegram chat.
    """
    for _ in range(MOST_HELD):
        wanted = _choose(session, now, message_id, lanes)
        if wanted is None:
            return None
        row = session.connection().execute(_TAKE, {"now": now, "message": wanted}).mappings().first()
        if row is None:  # another worker is taking it up at this moment
            return None
        free_at = _free_at(session, row["channel"], row["address"], spacing)
        if free_at is None or free_at <= now:
            taken = reading.read(row, now)
            until = now + lease * (LEASES_OF_A_MAIL if taken.channel == "email" else 1)
            values = {"message": taken.id, "until": until, "first": taken.first_attempt_at}
            session.connection().execute(_LEASE, values)
            return taken
        hold(session, row["channel"], row["address"], free_at)
        if message_id is not None:
            return None
    return None


def _choose(session: Session, now: datetime, message_id: int | None, lanes: tuple[Lane, ...]) -> int | None:
    if not lanes:
        return None
    statements = _statements(lanes)
    one = statements.next_one if message_id is None else statements.this_one
    chosen: int | None = session.connection().execute(one, {"now": now, "message": message_id}).scalar()
    return chosen


_LATEST = (
    select(Message.sent_at)
    .where(
        Message.channel == bindparam("channel"),
        Message.address == bindparam("address"),
        Message.direction == _OUT,
        Message.sent_at.is_not(None),
    )
    .order_by(Message.id.desc())
    .limit(_ONE)
)


def _free_at(session: Session, channel: str, address: str, spacing: timedelta | None) -> datetime | None:
    """When the next message may go to an address; None where nothing keeps it waiting."""
    if spacing is None or channel != "telegram":
        return None
    latest = session.connection().execute(_LATEST, {"channel": channel, "address": address}).scalar()
    return latest + spacing if latest else None


_TO_HOLD = (
    select(_mate.id)
    .where(
        _mate.status.in_((_QUEUED, _SENDING)),  # names the index; what is being sent is left alone all the same
        _mate.status == _QUEUED,
        _mate.channel == bindparam("at_channel"),
        _mate.address == bindparam("at_address"),
        _mate.next_attempt_at < bindparam("until"),
        ~_stands_alone(_mate),
    )
    .with_for_update(skip_locked=True)  # what somebody takes up at this moment is looked at there
)
_HOLD = (
    update(Message)
    .where(Message.id.in_(_TO_HOLD))
    .values(next_attempt_at=bindparam("until"))
    .execution_options(synchronize_session=False)
)


def hold(session: Session, channel: str, address: str, until: datetime) -> None:
    """Look at what waits for an address no earlier than `until`: before that it could not go anyway."""
    session.connection().execute(_HOLD, {"at_channel": channel, "at_address": address, "until": until})
