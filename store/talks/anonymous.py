"""Rounding the times of conversations that nobody shall be found by. The rows stay; no words are touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.orm import Session

from store.base import Base, UtcTime
from store.tables import Answer, Conversation, Correction, Link, Message, Notice, Tag


class Rounding(NamedTuple):
    """How times are rounded; each gives the same again for what it has rounded already.

    Attributes:
        hour: for what was said and done.
        day: for what was answered.
        state: for the moment that the conversation core keeps in its state.
    """

    hour: Callable[[datetime], datetime]
    day: Callable[[datetime], datetime]
    state: Callable[[str], str]


class Recent(NamedTuple):
    """A conversation of an open survey."""

    id: int
    survey_id: str
    survey_version: int


def recent(session: Session, since: datetime) -> list[Recent]:
    """The conversations of open surveys that were begun since a moment."""
    rows = session.execute(
        select(Conversation.id, Conversation.survey_id, Conversation.survey_version).where(
            Conversation.open_survey_id.is_not(None), Conversation.opened_at >= since
        )
    )
    return [Recent._make(row) for row in rows]


def round_off(session: Session, conversation_id: int, rounding: Rounding) -> bool:
    """Round every time of a conversation, its messages, answers, tags and link; return whether any was exact.

    Tags of words that have been replaced go: rounded times would not tell any more that they are out of date.
    """
    talk = session.execute(
        select(Conversation.address, Conversation.state).where(Conversation.id == conversation_id).with_for_update()
    ).one()
    messages = select(Message.id).where(Message.conversation_id == conversation_id)
    answers = select(Answer.id).where(Answer.conversation_id == conversation_id)
    outdated = answers.join(Tag, Tag.answer_id == Answer.id).where(Tag.tagged_at < Answer.answered_at)
    session.execute(delete(Tag).where(Tag.answer_id.in_(outdated)).execution_options(synchronize_session=False))
    changed = [
        _round(session, Conversation, Conversation.id == conversation_id, rounding.hour),
        _round(session, Message, Message.id.in_(messages), rounding.hour, leave=("lease_until",)),
        _round(session, Notice, Notice.message_id.in_(messages), rounding.hour),
        _round(session, Link, Link.address == talk.address, rounding.hour),
        _round(session, Answer, Answer.id.in_(answers), rounding.day),
        _round(session, Tag, Tag.answer_id.in_(answers), rounding.day),
        _round(session, Correction, Correction.answer_id.in_(answers), rounding.day),
    ]
    state = rounding.state(talk.state)
    if state != talk.state:
        session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(state=state)
            .execution_options(synchronize_session=False)
        )
    return any(changed) or state != talk.state


def _round(
    session: Session,
    table: type[Base],
    condition: ColumnElement[bool],
    rounded: Callable[[datetime], datetime],
    leave: tuple[str, ...] = (),
) -> bool:
    """Round every time in some rows of a table; return whether any was exact."""
    columns = cast("Table", table.__table__).columns
    times = [column for column in columns if isinstance(column.type, UtcTime) and column.name not in leave]
    key = next(column for column in columns if column.primary_key)
    changed = False
    for row in session.execute(select(key, *times).where(condition)).all():
        kept = {column.name: row[place] for place, column in enumerate(times, start=1) if row[place] is not None}
        exact = {name: rounded(moment) for name, moment in kept.items() if rounded(moment) != moment}
        if exact:
            session.execute(
                update(table).where(key == row[0]).values(exact).execution_options(synchronize_session=False)
            )
            changed = True
    return changed
