"""Which alerts somebody may see, and which messages they may not read for the sake of one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from store.shown.doubts import WHOLE
from store.tables import Alert, AlertStep, Case, Conversation, Invitation, Message, Staff

_case = aliased(Case)


class Sight(NamedTuple):
    """Which alerts someone may see.

    Attributes:
        staff_id: who they are: what is about a worker's conduct in a case of theirs, or of a worker whom they lead, is never
            theirs to see.
        manager_ids: only those about cases of these line managers' workers; None for all.
        conduct: what is about a worker's conduct too; else only what they have acknowledged themselves.
    """

    staff_id: int
    manager_ids: Collection[int] | None
    conduct: bool


def with_invitation(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A statement about alerts, with the conversation and the invitation of each."""
    return (
        statement.select_from(Alert)
        .outerjoin(Conversation, Conversation.id == Alert.conversation_id)
        .outerjoin(Invitation, Invitation.id == Conversation.invitation_id)
    )


def seen_by(sight: Sight) -> ColumnElement[bool]:
    """The condition on alerts, with their invitations, that keeps to those which somebody may see."""
    own = true() if sight.manager_ids is None else Invitation.line_manager_id.in_(sight.manager_ids)
    return own & (Alert.conduct.is_(False) | _may_read_of_conduct(sight))


def _may_read_of_conduct(sight: Sight) -> ColumnElement[bool]:
    """Whether an alert about conduct is somebody's to read: never theirs of whose work it is, or who lead them."""
    theirs = select(Staff.id).where(or_(Staff.id == sight.staff_id, Staff.line_manager_id == sight.staff_id))
    of_their_work = exists().where(
        _case.id == Invitation.case_id,
        or_(
            _case.worker_id.in_(theirs),
            Invitation.worker_id.in_(theirs),
            Invitation.line_manager_id == sight.staff_id,
        ),
    )
    taken_on = exists().where(
        AlertStep.alert_id == Alert.id, AlertStep.step == "acknowledged", AlertStep.staff_id == sight.staff_id
    )
    return ~of_their_work & (true() if sight.conduct else taken_on)


def unreleased_messages(session: Session, message_ids: Collection[int]) -> set[int]:
    """Those of some messages that wait for the release of their alert."""
    of_a_part = select(Message.id).join(Alert, Alert.message_id == WHOLE)
    return set(session.scalars(of_a_part.where(Message.id.in_(message_ids), Alert.released_at.is_(None))))


def messages_of_conduct(session: Session, message_ids: Collection[int], sight: Sight) -> set[int]:
    """Those of some messages that somebody may not know of, since they are about a worker's conduct.

    With the words go what came in their wake, while their alert held the conversation, and what we answered to either, or
    said when it was released: without them the conversation reads as if it had never been held.
    """
    alerts = session.execute(
        with_invitation(select(Alert.message_id, Alert.reference, Alert.conversation_id, Alert.released_at)).where(
            Alert.message_id.in_(message_ids), Alert.conduct, ~_may_read_of_conduct(sight)
        )
    ).all()
    if not alerts:
        return set()
    raised = set(session.scalars(select(Alert.message_id).where(Alert.message_id.in_(message_ids))))
    rows = session.execute(
        select(
            Message.id, WHOLE.label("whole"), Message.conversation_id, Message.direction, Message.at, Message.key
        ).where(Message.id.in_(message_ids))
    ).all()
    theirs = {row.id for row in rows if row.direction == "in" and any(_belongs(row, each, raised) for each in alerts)}
    causes = {f"in:{message_id}" for message_id in theirs} | {f"released:{alert.reference}" for alert in alerts}
    return theirs | {row.id for row in rows if (row.key or "").rpartition(":")[0] in causes}


def _belongs(message: Row[*tuple[Any, ...]], alert: Row[*tuple[Any, ...]], raised: Collection[int]) -> bool:
    """Whether a message is what an alert is about, or came in its wake and raised none of its own."""
    if message.whole == alert.message_id:
        return True
    is_of_it = message.conversation_id is not None and message.conversation_id == alert.conversation_id
    is_in_wake = message.id > alert.message_id and (alert.released_at is None or message.at < alert.released_at)
    return is_of_it and is_in_wake and message.whole not in raised
