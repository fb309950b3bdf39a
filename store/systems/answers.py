"""The query of what a case system may know of answers: those about stages of cases that a person need not look at first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store.shown.doubts import may_be_told
from store.tables import Answer, Case, Invitation, Message
from surveys.stages import Audience


@dataclass(frozen=True)
class AnswerTold:
    """One answer about a stage of a case, as a case system is told of it. `score`: 0 to 100, higher is better, null where it
    does not count.

    `chosen`: a day, or the numbers of several options, where the value is no single number. `words` is null without the
    scope `results:words`, and where there were none.
    """

    id: int
    case: str
    stage: str
    stage_on: date
    audience: Audience
    survey: str
    survey_version: int
    question: str
    metric: str
    value: int | None
    chosen: str | None
    score: int | None
    words: str | None
    answered_at: datetime


def free(
    session: Session, since: datetime, after: tuple[datetime, int] | None, limit: int, *, for_groups: Collection[str]
) -> list[AnswerTold]:
    """Answers given at `since` or later, the one given longest ago first; after the one at `after`, where it is given.

    Left out is what a line manager may not see either: what is about a worker's conduct, what waits for a person to look
    at it, what somebody else may have given, and what a survey shows of whole groups only.

    Args:
        for_groups: the surveys that show whole groups only.
    """
    statement = (
        select(
            Answer.id,
            Case.reference,
            Answer.stage,
            Invitation.stage_on,
            Invitation.audience,
            Answer.survey_id,
            Answer.survey_version,
            Answer.question,
            Answer.metric,
            Answer.value,
            Answer.written,
            Answer.score,
            Answer.comment,
            Answer.answered_at,
        )
        .join(Invitation, Invitation.id == Answer.invitation_id)
        .join(Case, Case.id == Invitation.case_id)
        .join(Message, Message.id == Answer.message_id)
        .where(
            Answer.answered_at >= since,
            Answer.stage.is_not(None),
            Answer.survey_id.not_in(for_groups),
            *may_be_told(),
        )
    )
    if after is not None:
        moment, answer_id = after
        later = and_(Answer.answered_at == moment, Answer.id > answer_id)
        statement = statement.where(or_(Answer.answered_at > moment, later))
    statement = statement.order_by(Answer.answered_at, Answer.id).limit(limit)
    return [AnswerTold(*cast("tuple[Any, ...]", row)) for row in session.execute(statement)]
