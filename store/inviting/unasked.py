"""Queries about the invitations of one person who has not been asked yet."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Conversation, Invitation


def cases_of(session: Session, person_id: int) -> list[int]:
    """The cases about whose stages a person has an invitation on which they have not been asked."""
    unasked = (Invitation.person_id == person_id, Invitation.asked_at.is_(None), Invitation.stage_event_id.is_not(None))
    ids = session.scalars(select(Invitation.case_id).where(*unasked).distinct().order_by(Invitation.case_id))
    return cast("list[int]", list(ids))


def offered(session: Session, person_id: int) -> list[int]:
    """Everything that a person is to be asked and has not been, of whatever kind, locked until this transaction ends."""
    waiting = select(Invitation.id).where(Invitation.person_id == person_id, Invitation.status == "offered")
    return list(session.scalars(waiting.order_by(Invitation.id).with_for_update()))


def being_asked(session: Session, person_id: int) -> list[int]:
    """The conversations with a person that are open."""
    going_on = select(Conversation.id).where(Conversation.person_id == person_id, Conversation.closed_at.is_(None))
    return cast("list[int]", list(session.scalars(going_on.order_by(Conversation.id))))
