"""Queries about what keeps sending within its bounds: the switch, the pace of each channel, and what a day has come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    CursorResult,
    bindparam,
    func,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.base import UtcTime
from store.insert import insert_new
from store.tables import Halt, Message, Pace, Tally
from store.talks.messages import UNSENT
from store.written import number, word

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Day(NamedTuple):
    """What has been handed to a provider on one day: messages, and the parts that are billed."""

    messages: int = 0
    parts: int = 0


@dataclass(frozen=True)
class Bounds:
    """What holds sending back at this moment.

    Attributes:
        halts: why all sending is stopped, if it is: the causes that stand.
        free_at: when the next message may leave, by channel; one without a moment is free.
        today: what each channel has come to.
    """

    halts: frozenset[str]
    free_at: Mapping[str, datetime]
    today: Mapping[str, Day]


_NO_TIME, _NONE = as_type(null(), UtcTime()), number(0)
_BOUNDS: CompoundSelect[Any] = union_all(
    select(word("pace").label("what"), Pace.scope, Pace.free_at, _NONE, _NONE),
    select(word("halt"), Halt.cause, _NO_TIME, _NONE, _NONE).where(Halt.ended_at.is_(None)),
    select(word("tally"), Tally.channel, _NO_TIME, Tally.messages, Tally.parts).where(Tally.day == bindparam("day")),
)


def bounds(session: Session, day: date) -> Bounds:
    """Look up what holds sending back; `day` is today in London."""
    halts, free_at, today = set[str](), dict[str, datetime](), dict[str, Day]()
    for what, name, moment, messages, parts in session.connection().execute(_BOUNDS, {"day": day}):
        if what == "halt":
            halts.add(name)
        elif what == "pace":
            free_at[name] = moment
        else:
            today[name] = Day(messages, parts)
    return Bounds(frozenset(halts), free_at, today)


def free_at(session: Session, channel: str) -> datetime | None:
    """When a channel is free; None where it has never had a turn. Nobody else takes its next turn in this transaction."""
    return session.connection().execute(_FREE_AT, {"scope": channel}).scalar()


_FREE_AT = select(Pace.free_at).where(Pace.scope == bindparam("scope")).with_for_update()


def take_turn(session: Session, channel: str, *, was_free_at: datetime | None, free_at: datetime) -> bool:
    """Take the next turn of a channel, which is free again at `free_at`; False where another worker was faster.

    Args:
        was_free_at: as it was read; None where the channel has never had a turn.
    """
    statement = _turn(session.get_bind().dialect.name)
    values = {"scope": channel, "free_at": free_at, "was_free_at": was_free_at}
    done = session.connection().execute(statement, values, execution_options={"preserve_rowcount": True})
    return done.rowcount == 1


def hold(session: Session, channel: str, until: datetime) -> None:
    """Let nothing more leave on a channel before `until`, whoever sends; what holds it for longer stays."""
    statement = _holding(session.get_bind().dialect.name)
    session.connection().execute(statement, {"scope": channel, "free_at": until})


@lru_cache
def _turn(dialect: str) -> Any:  # noqa: ANN401
    return _freeing(dialect, Pace.free_at == bindparam("was_free_at", type_=UtcTime()))


@lru_cache
def _holding(dialect: str) -> Any:  # noqa: ANN401
    return _freeing(dialect, Pace.free_at < bindparam("free_at", type_=UtcTime()))


def _freeing(dialect: str, where: ColumnElement[bool]) -> Any:  # noqa: ANN401 - the two dialects share no typed parent
    """Say when a channel is free next; where it has had a turn already, only if that holds of it."""
    freed = _INSERTS[dialect](Pace.__table__).values(scope=bindparam("scope"), free_at=bindparam("free_at"))
    return freed.on_conflict_do_update(index_elements=["scope"], set_={"free_at": freed.excluded.free_at}, where=where)


def count(session: Session, day: date, channel: str, parts: int) -> Day:
    """Count a message that a provider has taken; return what the day has come to on that channel."""
    statement = _counting(session.get_bind().dialect.name)
    row = session.connection().execute(statement, {"day": day, "channel": channel, "messages": 1, "parts": parts}).one()
    return Day(*row)


@lru_cache
def _counting(dialect: str) -> Any:  # noqa: ANN401
    one_more = _INSERTS[dialect](Tally.__table__)
    added = {name: Tally.__table__.c[name] + one_more.excluded[name] for name in ("messages", "parts")}
    counted = one_more.on_conflict_do_update(index_elements=["day", "channel"], set_=added)
    return counted.returning(Tally.messages, Tally.parts)


class Standing(NamedTuple):
    """A halt that stands."""

    cause: str
    began_at: datetime


def halt(session: Session, cause: str, now: datetime) -> bool:
    """Stop all sending; False where it was stopped for that cause already."""
    row = {"cause": cause, "began_at": now, "ended_at": None}
    return insert_new(session, Halt, [row]) == 1


def resume(session: Session, cause: str, now: datetime) -> bool:
    """Let messages go again; False where nothing had been stopped for that cause."""
    ended = session.execute(update(Halt).where(Halt.cause == cause, Halt.ended_at.is_(None)).values(ended_at=now))
    return cast("CursorResult[Any]", ended).rowcount > 0


def standing(session: Session) -> list[Standing]:
    """The halts that stand, the oldest first."""
    halts = select(Halt.cause, Halt.began_at).where(Halt.ended_at.is_(None)).order_by(Halt.began_at)
    rows = session.execute(halts)
    return [Standing(*row) for row in rows]


def waiting(session: Session) -> dict[str, int]:
    """How many messages wait to be sent, by kind."""
    rows = session.execute(select(Message.kind, func.count()).where(Message.status.in_(UNSENT)).group_by(Message.kind))
    return {kind or "": number for kind, number in rows}
