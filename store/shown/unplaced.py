"""Queries for the texts that were taken as the answer to no question, with what was going on when each of them came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, null, select
from sqlalchemy.orm import Session, aliased

from store.shown.doubts import (
    HOLDING,
    HOLDS_BACK,
    WHOLE,
    by_someone_else,
    in_doubt,
    in_wake_of_conduct,
    is_aside,
    while_held,
)
from store.shown.feedback import of_manager
from store.tables import Alert, Answer, Case, Conversation, Invitation, Message, Staff


class UnplacedText(NamedTuple):
    """A text that was taken as the answer to no question. All about the case is None where a stranger sent it.

    Attributes:
        is_opening: nothing had been answered in its conversation yet.
        is_paused: an alert about an earlier text of the conversation held the questions back. One about a worker's conduct
            does not count: whoever reads this is not to know of it.
        asked_next: the question that was answered next, if any.
        state: the state of its conversation as it stands now.
        sent_before: all that had been texted to the person in its conversation by then, one text a line.
        conduct: it is about a worker's conduct, or came in the wake of what is, and raised no alert of its own.
        in_doubt: as for a `store.feedback.AnswerRow`, or it came while the conversation was held for someone's safety.
        by_someone_else: whoever wrote it is not who was asked.
        is_aside: it came beside the conversation, such as an edited message.
    """

    message_id: int
    text: str
    at: datetime
    media_count: int
    is_opening: bool
    is_paused: bool
    closed_at: datetime | None
    asked_next: str | None
    state: str | None
    conversation_id: int | None
    sent_before: str
    case_reference: str | None
    stage: str | None
    stage_on: date | None
    survey_id: str | None
    survey_version: int | None
    audience: str | None
    age_band: str | None
    worker: str | None
    concern: str | None
    conduct: bool | None
    released_at: datetime | None
    in_doubt: bool
    by_someone_else: bool
    is_aside: bool


def unplaced_between(session: Session, manager_id: int, since: datetime, until: datetime) -> list[UnplacedText]:
    """The texts about a line manager's cases received from `since` up to `until` that answered no question."""
    return _texts(session, *of_manager(manager_id), Message.at >= since, Message.at < until)


def unplaced_about(session: Session, invitation_ids: Collection[int], until: datetime) -> list[UnplacedText]:
    """The texts about some invitations received up to `until` that answered no question."""
    return _texts(session, Invitation.id.in_(invitation_ids), Message.at < until)


def unplaced_among(session: Session, message_ids: Sequence[int]) -> list[UnplacedText]:
    """Those of some messages that answered no question."""
    return _texts(session, Message.id.in_(message_ids))


def _texts(session: Session, *conditions: ColumnElement[bool]) -> list[UnplacedText]:
    worker = aliased(Staff)
    rows = session.execute(
        select(
            Message.id,
            Message.text,
            Message.at,
            Message.media_count,
            *_going_on(),
            Case.reference,
            Invitation.stage,
            Invitation.stage_on,
            Conversation.survey_id,
            Conversation.survey_version,
            Invitation.audience,
            Invitation.age_band,
            worker.name,
            Alert.severity,
            func.coalesce(Alert.conduct, in_wake_of_conduct()),
            Alert.released_at,
            in_doubt(Message.conversation_id) | while_held(),
            by_someone_else(),
            is_aside(),
        )
        .outerjoin(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Invitation, Invitation.id == Conversation.invitation_id)
        .outerjoin(Case, Case.id == Invitation.case_id)
        .outerjoin(worker, worker.id == Invitation.worker_id)
        .outerjoin(Alert, (Alert.message_id == WHOLE) & HOLDS_BACK)
        .where(
            *conditions,
            Message.direction == "in",
            Message.status == "received",
            ~exists().where(Answer.message_id == WHOLE),
        )
        .order_by(Message.id)
    )
    found = [UnplacedText._make(row) for row in rows]
    sent = _sent(session, {text.conversation_id for text in found if text.conversation_id is not None})
    return [text._replace(sent_before=_before(text, sent)) for text in found]


def _sent(session: Session, conversation_ids: Collection[int]) -> dict[int | None, list[tuple[int, str]]]:
    """All that was texted in some conversations."""
    by_conversation: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    rows = session.execute(
        select(Message.conversation_id, Message.id, Message.text)
        .where(Message.conversation_id.in_(conversation_ids), Message.direction == "out")
        .order_by(Message.id)
    )
    for conversation_id, message_id, text in rows:
        by_conversation[conversation_id].append((message_id, text))
    return by_conversation


def _before(text: UnplacedText, sent: Mapping[int | None, list[tuple[int, str]]]) -> str:
    return "\n".join(words for message_id, words in sent.get(text.conversation_id, ()) if message_id < text.message_id)


def _going_on() -> tuple[Any, ...]:
    """What was going on when a text came: the columns from `is_opening` to `sent_before`."""
    earlier, later, holding = aliased(Answer), aliased(Answer), aliased(Alert)
    answered = exists().where(earlier.conversation_id == Message.conversation_id, earlier.message_id < Message.id)
    held = exists().where(
        holding.conversation_id == Message.conversation_id,
        holding.message_id < Message.id,
        holding.reason == "concern",
        holding.severity.in_(HOLDING),
        holding.conduct.is_(False),
        holding.released_at.is_(None) | (holding.released_at > Message.at),
    )
    answered_next = (
        select(later.question)
        .where(later.conversation_id == Message.conversation_id, later.message_id > Message.id)
        .order_by(later.id)
        .limit(1)
        .scalar_subquery()
    )
    return (~answered, held, Conversation.closed_at, answered_next, Conversation.state, Conversation.id, null())
