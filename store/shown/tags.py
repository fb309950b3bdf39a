"""Queries about a machine's tags: which answers have words that it has not looked at, and what it made of them.

What people make of words stands beside it, in `store.shown.corrections`; nothing here touches that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from store.insert import insert_or_replace
from store.tables import Answer, Invitation, Tag


class Untagged(NamedTuple):
    """Words of one answer, and whose they are; `audience` is None in an open survey."""

    answer_id: int
    words: str
    audience: str | None
    question: str


class Wanted(NamedTuple):
    """By which method and version answers given from `since` up to `until` are to be tagged; None: without end."""

    method: str
    version: str
    since: datetime | None
    until: datetime | None


def waiting(session: Session, limit: int) -> list[Untagged]:
    """Answers with words and no tags of these words, oldest first: who goes back may answer in other words."""
    rows = session.execute(
        select(Answer.id, Answer.comment, Invitation.audience, Answer.metric)
        .outerjoin(Invitation, Invitation.id == Answer.invitation_id)
        .outerjoin(Tag, Tag.answer_id == Answer.id)
        .where(Answer.comment.is_not(None), Tag.answer_id.is_(None) | (Tag.tagged_at < Answer.answered_at))
        .order_by(Answer.id)
        .limit(limit)
    )
    return [Untagged._make(row) for row in rows]


def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write tags, in place of those of earlier words; return how many."""
    if rows:
        session.connection().execute(insert_or_replace(session, Tag, ("answer_id",)), list(rows))
    return len(rows)


def outdated(session: Session, wanted: Wanted, after: int, limit: int) -> list[Untagged]:
    """Answers that a machine of another method or version has tagged, by their numbers, from the one behind `after` on."""
    rows = session.execute(
        select(Answer.id, Answer.comment, Invitation.audience, Answer.metric)
        .join(Tag, Tag.answer_id == Answer.id)
        .outerjoin(Invitation, Invitation.id == Answer.invitation_id)
        .where(Answer.id > after, *_is_outdated(wanted))
        .order_by(Answer.id)
        .limit(limit)
    )
    return [Untagged._make(row) for row in rows]


def count_outdated(session: Session, wanted: Wanted) -> int:
    """How many answers `outdated` gives in all."""
    statement = select(func.count()).select_from(Answer).join(Tag, Tag.answer_id == Answer.id)
    return session.scalar(statement.where(*_is_outdated(wanted))) or 0


def _is_outdated(wanted: Wanted) -> list[ColumnElement[bool]]:
    bounds = []
    if wanted.since is not None:
        bounds.append(Answer.answered_at >= wanted.since)
    if wanted.until is not None:
        bounds.append(Answer.answered_at < wanted.until)
    is_other = or_(Tag.method != wanted.method, Tag.version != wanted.version)
    return [Answer.comment.is_not(None), is_other, *bounds]
