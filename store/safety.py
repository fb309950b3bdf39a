"""Queries about alerts and the concerns they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, insert, select, true, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_new
from store.tables import Alert, AlertStep, Answer, Case, Concern, Conversation, Invitation, Message, Person, Staff


class Sight(NamedTuple):
    """Which alerts someone may see.

    Attributes:
        manager_id: only those about cases of this line manager's workers; None for all.
        conduct: what is about a worker's conduct too.
    """

    manager_id: int | None
    conduct: bool


class AlertLine(NamedTuple):
    """An alert in a list: nothing of what was said."""

    reference: str
    severity: str
    reason: str
    raised_at: datetime
    acknowledged_at: datetime | None
    released_at: datetime | None
    conversation_paused: bool


class AlertFacts(NamedTuple):
    """An alert with everything that the person who answers it needs to know."""

    id: int
    reference: str
    severity: str
    reason: str
    raised_at: datetime
    acknowledged_at: datetime | None
    released_at: datetime | None
    received_at: datetime
    words: str
    channel: str
    address: str
    message_id: int
    conversation_id: int | None
    person: str | None
    audience: str | None
    age_band: str | None
    stage: str | None
    survey_id: str | None
    survey_version: int | None
    case_reference: str | None
    worker: str | None


class StepTaken(NamedTuple):
    """Who did what about an alert, and when."""

    step: str
    at: datetime
    by: str | None
    note: str | None


def add_alert(session: Session, alert: Mapping[str, Any], concerns: Sequence[Mapping[str, Any]]) -> int:
    """Write an alert with its concerns; return its id."""
    alert_id = int(session.execute(insert(Alert).values(**alert).returning(Alert.id)).scalar_one())
    if concerns:
        session.execute(insert(Concern), [{"alert_id": alert_id, **concern} for concern in concerns])
    take_step(session, alert_id, "raised", alert["raised_at"])
    return alert_id


def take_step(
    session: Session, alert_id: int, step: str, at: datetime, staff_id: int | None = None, note: str | None = None
) -> bool:
    """Note a step about an alert; False where it had been taken before."""
    row = {"alert_id": alert_id, "step": step, "at": at, "staff_id": staff_id, "note": note}
    return insert_new(session, AlertStep, [row]) == 1


def mark(session: Session, alert_id: int, **columns: datetime) -> None:
    """Set `acknowledged_at` or `released_at` of an alert."""
    session.execute(update(Alert).where(Alert.id == alert_id).values(**columns))


_paused = (
    Alert.released_at.is_(None)
    & Conversation.closed_at.is_(None)
    & Alert.severity.in_(("red_now", "red_today", "conduct"))
)


def _seen_by(sight: Sight) -> ColumnElement[bool]:
    conduct = true() if sight.conduct else Alert.conduct.is_(False)
    own = true() if sight.manager_id is None else Invitation.line_manager_id == sight.manager_id
    return conduct & own


def _with_invitation(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.select_from(Alert)
        .outerjoin(Conversation, Conversation.id == Alert.conversation_id)
        .outerjoin(Invitation, Invitation.id == Conversation.invitation_id)
    )


def lines(session: Session, sight: Sight, *, standing: bool, limit: int = 200) -> list[AlertLine]:
    """Alerts: those that nobody has acknowledged, oldest first; or the latest ones, newest first."""
    statement = _with_invitation(
        select(
            Alert.reference,
            Alert.severity,
            Alert.reason,
            Alert.raised_at,
            Alert.acknowledged_at,
            Alert.released_at,
            (_paused & Conversation.id.is_not(None)).label("paused"),
        )
    ).where(_seen_by(sight))
    if standing:
        statement = statement.where(Alert.acknowledged_at.is_(None)).order_by(Alert.id)
    else:
        statement = statement.order_by(Alert.id.desc())
    return [AlertLine._make(row) for row in session.execute(statement.limit(limit))]


def facts(session: Session, reference: str, sight: Sight) -> AlertFacts | None:
    """One alert with all there is to know, or None where there is none that this person may see."""
    worker = aliased(Staff)
    row = session.execute(
        _with_invitation(
            select(
                Alert.id,
                Alert.reference,
                Alert.severity,
                Alert.reason,
                Alert.raised_at,
                Alert.acknowledged_at,
                Alert.released_at,
                Message.at,
                Message.text,
                Message.channel,
                Message.address,
                Message.id,
                Alert.conversation_id,
                Person.name,
                Invitation.audience,
                Invitation.age_band,
                Invitation.stage,
                Conversation.survey_id,
                Conversation.survey_version,
                Case.reference,
                worker.name,
            )
        )
        .join(Message, Message.id == Alert.message_id)
        .outerjoin(Person, Person.id == Conversation.person_id)
        .outerjoin(Case, Case.id == Invitation.case_id)
        .outerjoin(worker, worker.id == Invitation.worker_id)
        .where(Alert.reference == reference, _seen_by(sight))
    ).first()
    return AlertFacts._make(row) if row else None


def concerns_of(session: Session, alert_id: int) -> list[tuple[str, str, str]]:
    """Category, severity and words of each concern of an alert."""
    rows = session.execute(
        select(Concern.category, Concern.severity, Concern.words)
        .where(Concern.alert_id == alert_id)
        .order_by(Concern.id)
    )
    return [(row.category, row.severity, row.words) for row in rows]


def steps_of(session: Session, alert_id: int) -> list[StepTaken]:
    """Every step taken about an alert, in order."""
    rows = session.execute(
        select(AlertStep.step, AlertStep.at, Staff.name, AlertStep.note)
        .outerjoin(Staff, Staff.id == AlertStep.staff_id)
        .where(AlertStep.alert_id == alert_id)
        .order_by(AlertStep.id)
    )
    return [StepTaken(*row) for row in rows]


def question_answered_by(session: Session, message_id: int) -> str | None:
    """The id of the question that a message was taken as an answer to, if it was."""
    return session.scalar(select(Answer.question).where(Answer.message_id == message_id).limit(1))


def unreleased_holds(session: Session, conversation_id: int, besides: int) -> bool:
    """Whether another alert than `besides` still holds a conversation."""
    return (
        session.scalar(
            select(Alert.id)
            .where(
                Alert.conversation_id == conversation_id,
                Alert.id != besides,
                Alert.released_at.is_(None),
                Alert.severity.in_(("red_now", "red_today", "conduct")),
            )
            .limit(1)
        )
        is not None
    )
