"""Queries for the digest and the inbox of managers: what people said, who was asked, what stands out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from store.tables import Alert, Answer, Case, Conversation, Invitation, Message, Staff, Tag

HEARD = ("partly_answered", "answered")


class AnswerRow(NamedTuple):
    """One answer with everything about it: where it stands, who gave it, what it was tagged, what holds it."""

    id: int
    conversation_id: int
    question: str
    metric: str
    value: int | None
    score: int | None
    comment: str | None
    flags: str
    survey_id: str
    survey_version: int
    stage: str
    stage_on: date
    answered_at: datetime
    case_reference: str
    audience: str
    age_band: str | None
    worker: str
    sentiment: str | None
    themes: str | None
    complaint: bool | None
    compliment: bool | None
    concern: str | None
    conduct: bool | None
    released_at: datetime | None


class UnplacedText(NamedTuple):
    """A text that was taken as the answer to no question. All about the case is None where a stranger sent it."""

    message_id: int
    text: str
    at: datetime
    case_reference: str | None
    stage: str | None
    stage_on: date | None
    survey_id: str | None
    audience: str | None
    age_band: str | None
    worker: str | None
    concern: str | None
    conduct: bool | None
    released_at: datetime | None


class CoverageCount(NamedTuple):
    """How many people at a stage stand where."""

    stage: str
    status: str
    not_asked_because: str | None
    people: int


class DayCount(NamedTuple):
    """How many of those whose stage fell on a day were asked, and were heard."""

    day: date
    asked: int
    heard: int


_worker = aliased(Staff)


def _answers() -> Select[*tuple[object, ...]]:
    return (
        select(
            Answer.id,
            Answer.conversation_id,
            Answer.question,
            Answer.metric,
            Answer.value,
            Answer.score,
            Answer.comment,
            Answer.flags,
            Answer.survey_id,
            Answer.survey_version,
            Answer.stage,
            Invitation.stage_on,
            Answer.answered_at,
            Case.reference,
            Invitation.audience,
            Invitation.age_band,
            _worker.name,
            Tag.sentiment,
            Tag.themes,
            Tag.complaint,
            Tag.compliment,
            Alert.severity,
            Alert.conduct,
            Alert.released_at,
        )
        .join(Invitation, Invitation.id == Answer.invitation_id)
        .join(Case, Case.id == Invitation.case_id)
        .join(_worker, _worker.id == Invitation.worker_id)
        .outerjoin(Tag, Tag.answer_id == Answer.id)
        .outerjoin(Alert, Alert.message_id == Answer.message_id)
    )


def _of_manager(manager_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return () if manager_id is None else (Invitation.line_manager_id == manager_id,)


def answers_between(session: Session, manager_id: int, since: datetime, until: datetime) -> list[AnswerRow]:
    """Every answer about a line manager's cases given from `since` up to `until`, conversation by conversation."""
    statement = (
        _answers()
        .where(*_of_manager(manager_id), Answer.answered_at >= since, Answer.answered_at < until)
        .order_by(Answer.conversation_id, Answer.id)
    )
    return [AnswerRow._make(row) for row in session.execute(statement)]


def answers_beside_latest_comments(session: Session, manager_id: int | None, limit: int) -> list[AnswerRow]:
    """The latest answers with words, with the other answers of their conversations, newest conversation first."""
    latest = (
        select(Answer.conversation_id, func.max(Answer.id).label("last"))
        .join(Invitation, Invitation.id == Answer.invitation_id)
        .where(*_of_manager(manager_id), Answer.comment.is_not(None))
        .group_by(Answer.conversation_id)
        .order_by(func.max(Answer.id).desc())
        .limit(limit)
        .subquery()
    )
    statement = (
        _answers()
        .join(latest, latest.c.conversation_id == Answer.conversation_id)
        .order_by(latest.c.last.desc(), Answer.id)
    )
    return [AnswerRow._make(row) for row in session.execute(statement)]


def unplaced_texts(
    session: Session, manager_id: int | None, since: datetime, until: datetime, limit: int = 500
) -> list[UnplacedText]:
    """The texts received from `since` up to `until` that answered no question, newest first.

    With a line manager, those of his workers' cases; without, all of them, strangers' too.
    """
    rows = session.execute(
        select(
            Message.id,
            Message.text,
            Message.at,
            Case.reference,
            Invitation.stage,
            Invitation.stage_on,
            Conversation.survey_id,
            Invitation.audience,
            Invitation.age_band,
            _worker.name,
            Alert.severity,
            Alert.conduct,
            Alert.released_at,
        )
        .outerjoin(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Invitation, Invitation.id == Conversation.invitation_id)
        .outerjoin(Case, Case.id == Invitation.case_id)
        .outerjoin(_worker, _worker.id == Invitation.worker_id)
        .outerjoin(Alert, Alert.message_id == Message.id)
        .where(
            *_of_manager(manager_id),
            Message.direction == "in",
            Message.at >= since,
            Message.at < until,
            ~exists().where(Answer.message_id == Message.id),
        )
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return [UnplacedText._make(row) for row in rows]


def coverage(session: Session, manager_id: int, since: date, until: date) -> list[CoverageCount]:
    """Where everyone stands whose stage fell between two days, by stage."""
    rows = session.execute(
        select(Invitation.stage, Invitation.status, Invitation.not_asked_because, func.count())
        .where(*_of_manager(manager_id), Invitation.stage_on >= since, Invitation.stage_on < until)
        .group_by(Invitation.stage, Invitation.status, Invitation.not_asked_because)
    )
    return [CoverageCount._make(row) for row in rows]


def silent_cases(session: Session, manager_id: int, since: date, until: date) -> list[str]:
    """The cases that reached a stage between two days and of which nobody has been heard at any stage."""
    other = aliased(Invitation)
    heard = exists().where(and_(other.case_id == Invitation.case_id, other.status.in_(HEARD)))
    return list(
        session.scalars(
            select(Case.reference)
            .join(Invitation, Invitation.case_id == Case.id)
            .where(*_of_manager(manager_id), Invitation.stage_on >= since, Invitation.stage_on < until, ~heard)
            .distinct()
            .order_by(Case.reference)
        )
    )


def history(session: Session, manager_id: int, since: date, until: date) -> Sequence[DayCount]:
    """Day by day, how many people were asked and heard about a stage of that day."""
    rows = session.execute(
        select(
            Invitation.stage_on,
            func.count(Invitation.asked_at),
            func.count().filter(Invitation.status.in_(HEARD)),
        )
        .where(*_of_manager(manager_id), Invitation.stage_on >= since, Invitation.stage_on < until)
        .group_by(Invitation.stage_on)
        .order_by(Invitation.stage_on)
    )
    return [DayCount._make(row) for row in rows]
