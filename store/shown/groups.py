"""Queries about answers that are shown for whole groups only: how many there are in each group, and whether it is over."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from store.tables import Alert, Answer, Campaign, Conversation, Message, OpenSurvey, Ticket, Unit

ENDED = "ended"
_SAYS_SOMETHING = or_(Answer.value.is_not(None), Answer.written.is_not(None), Answer.comment.is_not(None))


class Group(NamedTuple):
    """The answers in one open survey. `is_over`: no more will come, so that two looks at it show the same.

    `unit`: None where it is about no unit; `asked`: how many were sent a ticket, nought where anybody may answer.
    """

    open_survey_id: int
    unit: str | None
    answered: int
    asked: int
    is_over: bool


class Score(NamedTuple):
    """What one group has answered to one question: how many gave a score, and the sum of those (0-100 each)."""

    open_survey_id: int
    question: str
    how_many: int
    total: int


class Said(NamedTuple):
    """One comment in a group."""

    open_survey_id: int
    question: str
    words: str


_ANSWERED = (
    select(func.count(func.distinct(Answer.conversation_id)))
    .join(Conversation, Conversation.id == Answer.conversation_id)
    .where(Conversation.open_survey_id == OpenSurvey.id, _SAYS_SOMETHING)
    .correlate(OpenSurvey)
    .scalar_subquery()
)
_ASKED = select(func.count()).where(Ticket.open_survey_id == OpenSurvey.id).correlate(OpenSurvey).scalar_subquery()
_GROUPS = (
    select(
        OpenSurvey.id,
        Unit.name,
        _ANSWERED,
        _ASKED,
        or_(OpenSurvey.closed_at.is_not(None), func.coalesce(Campaign.status, "") == ENDED),
    )
    .outerjoin(Unit, Unit.id == OpenSurvey.unit_id)
    .outerjoin(Campaign, Campaign.id == OpenSurvey.campaign_id)
)


def behind(session: Session, message_ids: Collection[int]) -> dict[int, Group]:
    """The group of each of these messages that was said in an open survey."""
    rows = session.execute(
        select(Message.id, Conversation.open_survey_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id.in_(message_ids), Conversation.open_survey_id.is_not(None))
    )
    surveys = {row[0]: row[1] for row in rows}
    found = session.execute(_GROUPS.where(OpenSurvey.id.in_(set(surveys.values()))))
    groups = {row[0]: Group._make(row) for row in found}
    return {message_id: groups[open_survey_id] for message_id, open_survey_id in surveys.items()}


def of_campaign(session: Session, kind: str, period: str) -> list[Group]:
    """The groups of a campaign, by the name of their unit; those of no unit last."""
    rows = session.execute(
        _GROUPS.where(Campaign.kind == kind, Campaign.period == period).order_by(
            Unit.name.is_(None), Unit.name, OpenSurvey.id
        )
    )
    return [Group._make(row) for row in rows]


def scores(session: Session, open_survey_ids: Collection[int]) -> list[Score]:
    """What these groups have answered, question by question."""
    rows = session.execute(
        select(Conversation.open_survey_id, Answer.question, func.count(Answer.score), func.sum(Answer.score))
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .where(Conversation.open_survey_id.in_(open_survey_ids), Answer.score.is_not(None))
        .group_by(Conversation.open_survey_id, Answer.question)
    )
    return [Score(survey or 0, question, how_many, int(total or 0)) for survey, question, how_many, total in rows]


def said(session: Session, open_survey_ids: Collection[int]) -> list[Said]:
    """The comments of these groups, by their words, so that their order tells nothing; none that raised an alert."""
    rows = session.execute(
        select(Conversation.open_survey_id, Answer.question, Answer.comment)
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .where(
            Conversation.open_survey_id.in_(open_survey_ids),
            Answer.comment.is_not(None),
            ~exists().where(Alert.message_id == Answer.message_id),
        )
    )
    found = [Said(survey or 0, question, words or "") for survey, question, words in rows]
    return sorted(found, key=lambda each: (each.question, each.words.casefold(), each.words))
