"""Queries about tags: which answers have words that nobody has looked at, and what was made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.insert import insert_or_replace
from store.tables import Answer, Invitation, Tag


class Untagged(NamedTuple):
    """Words of one answer, and whose they are; `audience` is None in an open survey."""

    answer_id: int
    words: str
    audience: str | None
    question: str


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
