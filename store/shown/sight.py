"""Which alerts somebody may see, and which messages they may not read for the sake of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

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


def messages_out_of_sight(session: Session, message_ids: Sequence[int], sight: Sight, *, unreleased: bool) -> set[int]:
    """Those of some messages that someone may not read: under an alert out of their sight.

    Args:
        unreleased: whether what nobody has released is out of their sight too.
    """
    conduct = Alert.conduct.is_(True) & ~_may_read_of_conduct(sight)
    waiting = Alert.released_at.is_(None) if unreleased else false()
    of_a_part = with_invitation(select(Message.id)).join(
        Message, Alert.message_id == func.coalesce(Message.part_of, Message.id)
    )
    return set(session.scalars(of_a_part.where(Message.id.in_(message_ids), conduct | waiting)))
