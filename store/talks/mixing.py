"""Writing old anonymous conversations anew in an order of chance, so that no number of a row tells when it was written.

Numbers go up: what stands between two rows whose times are exact was written between those times, however its own are
rounded. Words, answers, tags and what people made of them are carried over as they are; our own messages and the link are
not, for both have served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Table, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from store.base import Base, UtcTime
from store.tables import Alert, Answer, Conversation, Correction, Link, Message, Notice, OpenSurvey, Tag

MIXED = "mixed-"
"""How the addresses of conversations that have been written anew begin."""


class Over(NamedTuple):
    """A conversation of an open survey that was begun on a day before."""

    id: int
    survey_id: str
    survey_version: int


class Blurring(NamedTuple):
    """What is left of times and of the kept state; each gives the same again for what it has given."""

    day: Callable[[datetime], datetime]
    state: Callable[[str], str]


def over(session: Session, *, begun_before: datetime, limit: int) -> list[Over]:
    """Conversations of open surveys that were begun before a moment, whether anybody has finished them or not.

    Those with an alert are left out: somebody may have to be found, and the alert keeps its time. So are those with parts
    of a reply that have not been taken up yet.
    """
    alerted = or_(
        Alert.conversation_id == Conversation.id,
        Alert.message_id.in_(select(Message.id).where(Message.conversation_id == Conversation.id)),
    )
    rows = session.execute(
        select(Conversation.id, Conversation.survey_id, Conversation.survey_version)
        .join(OpenSurvey, OpenSurvey.id == Conversation.open_survey_id)
        .where(
            Conversation.address.not_like(f"{MIXED}%"),
            Conversation.opened_at < begun_before,
            Conversation.settle_at.is_(None),
            ~exists().where(alerted),
        )
        .order_by(Conversation.id)
        .limit(limit)
    )
    return [Over._make(row) for row in rows]


def rewrite(session: Session, names: Mapping[int, str], blurring: Blurring) -> None:
    """Write conversations anew, in the order in which they are named, and delete what they were.

    Args:
        names: the new address of each, by its id; the old ones are locked in the order of their ids.
    """
    which = sorted(names)
    session.execute(
        select(Conversation.id).where(Conversation.id.in_(which)).order_by(Conversation.id).with_for_update()
    ).all()
    for conversation_id, name in names.items():
        _copy(session, conversation_id, name, blurring)
    _delete(session, which)


def _copy(session: Session, conversation_id: int, name: str, blurring: Blurring) -> None:
    day = blurring.day
    talk = _rows(session, Conversation, Conversation.id == conversation_id, day)[0]
    talk["closed_at"] = talk["closed_at"] or talk["opened_at"]
    talk |= {"address": name, "state": blurring.state(talk["state"]), "settle_at": None, "remind_at": None}
    new_id = _add(session, Conversation, talk)
    said = _rows(session, Message, (Message.conversation_id == conversation_id) & (Message.direction == "in"), day)
    messages: dict[int, int] = {}
    for place, row in enumerate(said):
        own = {"address": name, "provider_id": f"{name}:{place}", "conversation_id": new_id, "part_of": None}
        messages[row["id"]] = _add(session, Message, row | own)
    for row in said:
        if row["part_of"] in messages:
            changed = update(Message).where(Message.id == messages[row["id"]])
            session.execute(changed.values(part_of=messages[row["part_of"]]).execution_options(**_PLAIN))
    for row in _rows(session, Notice, Notice.message_id.in_(list(messages)), day):
        _add(session, Notice, row | {"message_id": messages[row["message_id"]]})
    for row in _rows(session, Answer, Answer.conversation_id == conversation_id, day):
        own = {"conversation_id": new_id, "message_id": messages[row["message_id"]]}
        answer_id = _add(session, Answer, row | own)
        for tag in _rows(session, Tag, Tag.answer_id == row["id"], day):
            session.execute(insert(Tag).values(tag | {"answer_id": answer_id}))
        for made in _rows(session, Correction, Correction.answer_id == row["id"], day):
            own = {"answer_id": answer_id, "message_id": messages[made["message_id"]]}
            _add(session, Correction, made | own)


_PLAIN = {"synchronize_session": False}


def _rows(
    session: Session,
    table: type[Base],
    condition: ColumnElement[bool],
    day: Callable[[datetime], datetime],
) -> list[dict[str, Any]]:
    """Rows of a table by the names of their columns, in their order, with times that tell the day only."""
    columns = cast("Table", table.__table__).columns
    times = {column.name for column in columns if isinstance(column.type, UtcTime)}
    key = next(column for column in columns if column.primary_key)
    found = session.execute(select(*columns).where(condition).order_by(key)).mappings()
    return [
        {name: day(value) if name in times and value is not None else value for name, value in row.items()}
        for row in found
    ]


def _add(session: Session, table: type[Base], row: Mapping[str, Any]) -> int:
    """Write a row under a number of its own; return that."""
    values = {name: value for name, value in row.items() if name != "id"}
    columns = cast("Table", table.__table__).c
    return int(session.execute(insert(table).values(values).returning(columns["id"])).scalar_one())


def _delete(session: Session, conversation_ids: Sequence[int]) -> None:
    talks = select(Conversation.address).where(Conversation.id.in_(conversation_ids))
    messages = select(Message.id).where(Message.conversation_id.in_(conversation_ids))
    answers = select(Answer.id).where(Answer.conversation_id.in_(conversation_ids))
    for table, condition in (
        (Correction, Correction.answer_id.in_(answers)),
        (Tag, Tag.answer_id.in_(answers)),
        (Answer, Answer.conversation_id.in_(conversation_ids)),
        (Notice, Notice.message_id.in_(messages)),
        (Message, Message.conversation_id.in_(conversation_ids)),
        (Link, Link.address.in_(talks) & Link.open_survey_id.is_not(None)),
        (Conversation, Conversation.id.in_(conversation_ids)),
    ):
        session.execute(delete(table).where(condition).execution_options(**_PLAIN))
