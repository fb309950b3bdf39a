"""Queries about open surveys: those that anybody may answer who has the code."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select, true, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import Answer, Campaign, Conversation, OpenSurvey, Unit


class Opened(NamedTuple):
    """An open survey.

    Attributes:
        unit: by its name; None where it is about no unit.
        entered, answered: how many have gone in, and how many of them have answered anything.
        campaign, opens_on: the name of the campaign that it belongs to, and its first day; None where it belongs to none.
        by_ticket: only who was sent a ticket may go in.
    """

    id: int
    code: str
    survey_id: str
    unit: str | None
    made_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    entered: int
    answered: int = 0
    campaign: str | None = None
    opens_on: date | None = None
    by_ticket: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether it has not been closed, be it open yet or not."""
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


class Place(NamedTuple):
    """A unit, and where it is; the same name may stand in several districts."""

    id: int
    service: str
    district: str
    name: str


_ENTERED = select(func.count()).where(Conversation.open_survey_id == OpenSurvey.id).scalar_subquery()
_HAS_ANSWERED = (
    exists()
    .where(
        Answer.conversation_id == Conversation.id,
        or_(Answer.value.is_not(None), Answer.written.is_not(None), Answer.comment.is_not(None)),
    )
    .correlate(Conversation)
)
_ANSWERED = select(func.count()).where(Conversation.open_survey_id == OpenSurvey.id, _HAS_ANSWERED).scalar_subquery()
_ALL = (
    select(
        OpenSurvey.id,
        OpenSurvey.code,
        OpenSurvey.survey_id,
        Unit.name,
        OpenSurvey.made_at,
        OpenSurvey.closes_at,
        OpenSurvey.closed_at,
        _ENTERED,
        _ANSWERED,
        Campaign.name,
        Campaign.opens_on,
        OpenSurvey.by_ticket,
    )
    .outerjoin(Unit, Unit.id == OpenSurvey.unit_id)
    .outerjoin(Campaign, Campaign.id == OpenSurvey.campaign_id)
)


def add(
    session: Session,
    code: str,
    survey_id: str,
    *,
    unit_id: int | None,
    now: datetime,
    closes_at: datetime | None,
    campaign_id: int | None = None,
) -> bool:
    """Open a survey under a code; False, and nothing written, where the code is taken."""
    row = {"code": code, "survey_id": survey_id, "unit_id": unit_id, "made_at": now, "closes_at": closes_at}
    row |= {"campaign_id": campaign_id, "closed_at": None}
    return insert_new(session, OpenSurvey, [row]) == 1


def campaigns(session: Session, called: str) -> list[int]:
    """The campaigns of that name that have not ended."""
    return list(session.scalars(select(Campaign.id).where(Campaign.name == called, Campaign.status != "ended")))


def find(session: Session, code: str) -> Opened | None:
    """The survey of that code that anybody may open, be it open still or not."""
    row = session.execute(_ALL.where(OpenSurvey.code == code, ~OpenSurvey.by_ticket)).first()
    return Opened._make(row) if row else None


def by_id(session: Session, open_survey_id: int) -> Opened:
    """The survey of that id, whoever may open it."""
    return Opened._make(session.execute(_ALL.where(OpenSurvey.id == open_survey_id)).one())


def everyone(session: Session) -> list[Opened]:
    """All of them, the latest first."""
    return [Opened._make(row) for row in session.execute(_ALL.order_by(OpenSurvey.id.desc()))]


def close(session: Session, code: str, now: datetime) -> bool:
    """Let nobody in any more; False where there is no such code, or it was closed before."""
    closed = session.scalar(
        update(OpenSurvey)
        .where(OpenSurvey.code == code, OpenSurvey.closed_at.is_(None))
        .values(closed_at=now)
        .returning(OpenSurvey.id)
        .execution_options(synchronize_session=False)
    )
    return closed is not None


def units(session: Session, limit: int, called: str | None = None) -> list[Place]:
    """The units of the case list by district and name, at most so many.

    Args:
        called: only those that are meant by NAME, DISTRICT/NAME or SERVICE/DISTRICT/NAME; all of them where left out.
    """
    in_district = Unit.district + "/" + Unit.name
    meant = or_(Unit.name == called, in_district == called, Unit.service + "/" + in_district == called)
    query = select(Unit.id, Unit.service, Unit.district, Unit.name).where(meant if called is not None else true())
    rows = session.execute(query.order_by(Unit.district, Unit.name, Unit.service).limit(limit))
    return [Place._make(row) for row in rows]
