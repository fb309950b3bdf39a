"""Queries about an open survey that is kept open always."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from store.tables import OpenSurvey

_KEPT_OPEN = (
    select(OpenSurvey.code)
    .where(
        OpenSurvey.survey_id == bindparam("survey"),
        OpenSurvey.closed_at.is_(None),
        OpenSurvey.closes_at.is_(None),
        OpenSurvey.unit_id.is_(None),
        OpenSurvey.campaign_id.is_(None),
        OpenSurvey.by_ticket.is_(False),
    )
    .order_by(OpenSurvey.id)
    .limit(1)
)


def kept_open(session: Session, survey_id: str) -> str | None:
    """The code under which a survey is open to anybody, with no end and about no unit; the oldest. None where it is not."""
    code: str | None = session.connection().execute(_KEPT_OPEN, {"survey": survey_id}).scalar()
    return code


def open_again(session: Session, code: str, survey_id: str) -> bool:
    """Open a survey again under the code that it had; False where none of that code asks it, about no unit."""
    opened = session.scalar(
        update(OpenSurvey)
        .where(
            OpenSurvey.code == code,
            OpenSurvey.survey_id == survey_id,
            OpenSurvey.unit_id.is_(None),
            OpenSurvey.by_ticket.is_(False),
        )
        .values(closed_at=None, closes_at=None)
        .returning(OpenSurvey.id)
        .execution_options(synchronize_session=False)
    )
    return opened is not None
