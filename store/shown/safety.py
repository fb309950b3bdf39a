"""Queries about alerts and the concerns they carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, case, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_if_new, insert_new
from store.shown.sight import Sight, seen_by, with_invitation
from store.tables import (
    Alert,
    AlertStep,
    Answer,
    Case,
    Concern,
    Conversation,
    Invitation,
    Message,
    OpenSurvey,
    Person,
    Staff,
    Unit,
)

_MOST_SERIOUS_FIRST = case({"red_now": 0, "red_today": 1, "conduct": 2}, value=Alert.severity, else_=3)


class AlertRow(NamedTuple):
    """An alert in a list: nothing of what was said.

    Attributes:
        open_state: the state of its conversation while that is open.
        first_category, last_category: of its concerns, by the alphabet; both the same where there is only one.
    """

    reference: str
    severity: str
    reason: str
    raised_at: datetime
    acknowledged_at: datetime | None
    released_at: datetime | None
    open_state: str | None
    first_category: str | None
    last_category: str | None


class Raised(NamedTuple):
    """An alert that a message has raised before."""

    id: int
    reference: str
    reason: str
    severity: str
    conduct: bool


class AlertFacts(NamedTuple):
    """An alert with everything that the person who answers it needs to know.

    `door`, `unit`: the code of the open survey that it was said in, and its unit; `by_ticket`: by a link that was sent.
    """

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
    door: str | None
    unit: str | None
    by_ticket: bool | None


class StepTaken(NamedTuple):
    """Who did what about an alert, and when."""

    step: str
    at: datetime
    by: str | None
    note: str | None


def add_alert(session: Session, alert: Mapping[str, Any], concerns: Sequence[Mapping[str, Any]]) -> bool:
    """Write an alert with its concerns; False, and nothing written, where its message has raised one before."""
    alert_id: int | None = session.execute(insert_if_new(session, Alert, returning="id"), alert).scalar()
    if alert_id is None:
        return False
    add_concerns(session, alert_id, concerns)
    take_step(session, alert_id, "raised", alert["raised_at"])
    return True


def add_concerns(session: Session, alert_id: int, concerns: Sequence[Mapping[str, Any]]) -> None:
    """Write concerns beside those that an alert has already."""
    if concerns:
        session.execute(insert(Concern), [{"alert_id": alert_id, **concern} for concern in concerns])


def raised_by(session: Session, message_id: int) -> Raised:
    """The alert that a message has raised, locked until this transaction ends."""
    row = session.execute(
        select(Alert.id, Alert.reference, Alert.reason, Alert.severity, Alert.conduct)
        .where(Alert.message_id == message_id)
        .with_for_update()
    ).one()
    return Raised._make(row)


def worsen(session: Session, alert_id: int, severity: str, *, conduct: bool) -> None:
    """Set how serious an alert is, and whether it is about a worker's conduct."""
    session.execute(update(Alert).where(Alert.id == alert_id).values(severity=severity, conduct=conduct))


def take_step(
    session: Session, alert_id: int, step: str, at: datetime, staff_id: int | None = None, note: str | None = None
) -> bool:
    """Note a step about an alert; False where it had been taken before."""
    row = {"alert_id": alert_id, "step": step, "at": at, "staff_id": staff_id, "note": note}
    return insert_new(session, AlertStep, [row]) == 1


def mark(session: Session, alert_id: int, **columns: datetime) -> None:
    """Set `acknowledged_at` or `released_at` of an alert."""
    session.execute(update(Alert).where(Alert.id == alert_id).values(**columns))


def _category(which: Callable[[ColumnElement[str]], ColumnElement[str]]) -> ColumnElement[str | None]:
    column = cast("ColumnElement[str]", Concern.category)
    return select(which(column)).where(Concern.alert_id == Alert.id).scalar_subquery()


def lines(session: Session, sight: Sight, *, standing: bool, limit: int = 200) -> list[AlertRow]:
    """Alerts: those that nobody has acknowledged, most serious first and then oldest; or the latest ones, newest first."""
    statement = with_invitation(
        select(
            Alert.reference,
            Alert.severity,
            Alert.reason,
            Alert.raised_at,
            Alert.acknowledged_at,
            Alert.released_at,
            case((Conversation.closed_at.is_(None), Conversation.state)).label("open_state"),
            _category(func.min),
            _category(func.max),
        )
    ).where(seen_by(sight))
    if standing:
        statement = statement.where(Alert.acknowledged_at.is_(None)).order_by(_MOST_SERIOUS_FIRST, Alert.id)
    else:
        statement = statement.order_by(Alert.id.desc())
    return [AlertRow._make(row) for row in session.execute(statement.limit(limit))]


def facts(session: Session, reference: str, sight: Sight) -> AlertFacts | None:
    """One alert with all there is to know, or None where there is none that this person may see."""
    worker = aliased(Staff)
    row = session.execute(
        with_invitation(
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
                OpenSurvey.code,
                Unit.name,
                OpenSurvey.by_ticket,
            )
        )
        .join(Message, Message.id == Alert.message_id)
        .outerjoin(Person, Person.id == Conversation.person_id)
        .outerjoin(OpenSurvey, OpenSurvey.id == Conversation.open_survey_id)
        .outerjoin(Unit, Unit.id == OpenSurvey.unit_id)
        .outerjoin(Case, Case.id == Invitation.case_id)
        .outerjoin(worker, worker.id == Invitation.worker_id)
        .where(Alert.reference == reference, seen_by(sight))
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
