"""Queries for the digest and the inbox of managers: what people said, who was asked, what stands out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from store.shown import tagged
from store.shown.doubts import HOLDS_BACK, WHOLE, doubted_invitations, in_doubt
from store.shown.partners import is_of_districts
from store.shown.standing import HEARD, is_of_a_stage, standing
from store.tables import (
    Alert,
    Answer,
    Case,
    ContactPoint,
    Conversation,
    Invitation,
    Message,
    Person,
    Staff,
)


class AnswerRow(NamedTuple):
    """One answer with everything about it: where it stands, who gave it, what it was tagged, what holds it.

    In an open survey there is no case with its stage, worker and person: their texts are empty, the day is None.
    `in_doubt`: somebody else may have given it, and nobody has looked at that yet.
    `corrected`: a person had the last word on the tags.
    """

    id: int
    message_id: int
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
    stage_on: date | None
    answered_at: datetime
    case_reference: str
    audience: str
    age_band: str | None
    worker: str
    sentiment: str | None
    tone_score: float | None
    themes: str | None
    complaint: bool | None
    compliment: bool | None
    concern: str | None
    conduct: bool | None
    released_at: datetime | None
    in_doubt: bool
    corrected: bool


class CoverageCount(NamedTuple):
    """How many people at a stage stand where."""

    stage: str
    status: str
    not_asked_because: str | None
    people: int
    with_safe_channel: int


class DayCount(NamedTuple):
    """How many of those whose stage fell on a day were asked, and were heard."""

    day: date
    asked: int
    heard: int


_worker = aliased(Staff)
_is_whole_or_unanswered = Message.part_of.is_(None) | ~exists().where(Answer.message_id == WHOLE)
"""Whether a text is to be looked at by itself: of a reply in several parts, the last one stands for all."""


def _answers() -> Select[*tuple[Any, ...]]:
    return tagged.with_tags(
        select(
            Answer.id,
            Answer.message_id,
            Answer.conversation_id,
            Answer.question,
            Answer.metric,
            Answer.value,
            Answer.score,
            Answer.comment,
            Answer.flags,
            Answer.survey_id,
            Answer.survey_version,
            func.coalesce(Answer.stage, ""),
            Invitation.stage_on,
            Answer.answered_at,
            func.coalesce(Case.reference, ""),
            func.coalesce(Invitation.audience, ""),
            Invitation.age_band,
            func.coalesce(_worker.name, ""),
            tagged.SENTIMENT,
            tagged.SCORE,
            tagged.THEMES,
            tagged.COMPLAINT,
            tagged.COMPLIMENT,
            Alert.severity,
            Alert.conduct,
            Alert.released_at,
            in_doubt(Answer.conversation_id),
            tagged.CORRECTED,
        )
        .outerjoin(Invitation, Invitation.id == Answer.invitation_id)
        .outerjoin(Case, Case.id == Invitation.case_id)
        .outerjoin(_worker, _worker.id == Invitation.worker_id)
        .outerjoin(Alert, (Alert.message_id == Answer.message_id) & HOLDS_BACK)
    )


def of_manager(manager_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """The condition on invitations that keeps to one line manager's; none where all are wanted."""
    return () if manager_id is None else (Invitation.line_manager_id == manager_id,)


def read_by(manager_ids: Collection[int] | None, districts: Collection[str]) -> ColumnElement[bool]:
    """The condition on invitations that keeps to those of line managers' workers and of districts' partners; None: all."""
    if manager_ids is None:
        return true()
    return or_(Invitation.line_manager_id.in_(manager_ids), is_of_districts(districts))


def answers_between(session: Session, manager_id: int, since: datetime, until: datetime) -> list[AnswerRow]:
    """Every answer about a line manager's cases given from `since` up to `until`, conversation by conversation."""
    statement = (
        _answers()
        .where(*of_manager(manager_id), Answer.answered_at >= since, Answer.answered_at < until)
        .order_by(Answer.conversation_id, Answer.id)
    )
    return [AnswerRow._make(row) for row in session.execute(statement)]


def answers_about(session: Session, invitation_ids: Collection[int], until: datetime) -> list[AnswerRow]:
    """Every answer to some invitations given up to `until`, conversation by conversation."""
    statement = (
        _answers()
        .where(Answer.invitation_id.in_(invitation_ids), Answer.answered_at < until)
        .order_by(Answer.conversation_id, Answer.id)
    )
    return [AnswerRow._make(row) for row in session.execute(statement)]


def messages_with_words(
    session: Session,
    manager_ids: Collection[int] | None,
    before: int | None,
    limit: int,
    districts: Collection[str] = (),
) -> list[int]:
    """The latest texts that gave a comment or answered no question, newest first; with `before`, those older than that one.

    With line managers, those of their workers' cases and of the districts' partners; without, all of them, strangers' too.
    """
    answer = exists().where(Answer.message_id == Message.id)
    statement = select(Message.id).where(
        Message.direction == "in",
        Message.status == "received",
        ~answer | answer.where(Answer.comment.is_not(None)),
        _is_whole_or_unanswered,
    )
    if manager_ids is not None:
        statement = (
            statement.join(Conversation, Conversation.id == Message.conversation_id)
            .join(Invitation, Invitation.id == Conversation.invitation_id)
            .where(read_by(manager_ids, districts))
        )
    if before is not None:
        statement = statement.where(Message.id < before)
    return list(session.scalars(statement.order_by(Message.id.desc()).limit(limit)))


def answers_beside(session: Session, message_ids: Sequence[int]) -> list[AnswerRow]:
    """The answers given by some messages, with the others of their conversations, conversation by conversation."""
    talks = select(Answer.conversation_id).where(Answer.message_id.in_(message_ids))
    statement = _answers().where(Answer.conversation_id.in_(talks)).order_by(Answer.conversation_id, Answer.id)
    return [AnswerRow._make(row) for row in session.execute(statement)]


def coverage(session: Session, manager_id: int, since: date, until: date) -> list[CoverageCount]:
    """Where everyone stands whose stage fell between two days, by stage."""
    safe = Person.safe_contact.in_(("text", "discreet")) & exists().where(
        ContactPoint.person_id == Person.id, ContactPoint.channel == "sms", ContactPoint.closed_because.is_(None)
    )
    kinds = (Invitation.stage, standing(session), Invitation.not_asked_because)
    rows = session.execute(
        select(*kinds, func.count(), func.coalesce(func.sum(case((safe, 1), else_=0)), 0))
        .join(Person, Person.id == Invitation.person_id)
        .where(*of_manager(manager_id), *_reached_between(since, until))
        .group_by(*kinds)
    )
    return [CoverageCount._make(row) for row in rows]


def _reached_between(since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    return is_of_a_stage, Invitation.stage_on >= since, Invitation.stage_on < until


def silent_cases(session: Session, manager_id: int, since: date, until: date) -> list[str]:
    """The cases that reached a stage between two days and of which nobody has been heard at any stage."""
    other = aliased(Invitation)
    is_heard = other.status.in_(HEARD) & other.id.not_in(doubted_invitations())
    heard = exists().where(and_(other.case_id == Invitation.case_id, is_heard))
    return list(
        session.scalars(
            select(Case.reference)
            .join(Invitation, Invitation.case_id == Case.id)
            .where(*of_manager(manager_id), *_reached_between(since, until), ~heard)
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
            func.count().filter(standing(session).in_(HEARD)),
        )
        .where(*of_manager(manager_id), *_reached_between(since, until))
        .group_by(Invitation.stage_on)
        .order_by(Invitation.stage_on)
    )
    return [DayCount._make(row) for row in rows]
