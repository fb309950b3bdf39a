"""Where an invitation stands, as everything that is shown counts it: who was heard, who is in doubt, which stages count."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, bindparam, case, exists, select
from sqlalchemy.orm import Session

from store.shown.doubts import doubted_invitations
from store.tables import Invitation, StageEvent

HEARD = ("partly_answered", "answered")
UNDER_WAY = ("offered", "asked", "started")
IN_DOUBT = "in_doubt"
"""Stands in the place of a status: it was answered, but perhaps by somebody else, and nobody has looked at that yet."""

is_of_a_stage = Invitation.stage_event_id.is_not(None) & Invitation.stage_event_id.not_in(
    select(StageEvent.id).where(StageEvent.withdrawn_at.is_not(None))
)
"""Whether an invitation is about a stage that was not withdrawn."""


def standing(session: Session) -> ColumnElement[str]:
    """Where an invitation stands, with those that are in doubt told apart."""
    doubted = _doubted(session)
    if not doubted:
        return Invitation.status.expression
    return case((Invitation.status.in_(HEARD) & Invitation.id.in_(doubted), IN_DOUBT), else_=Invitation.status)


def progress(session: Session) -> ColumnElement[int]:
    """How far an invitation has come: 2 where its person was heard, 1 while they are being asked, else 0."""
    doubted, heard = _doubted(session), Invitation.status.in_(HEARD)
    is_heard = heard & Invitation.id.not_in(doubted) if doubted else heard
    return case((is_heard, 2), (Invitation.status.in_(UNDER_WAY), 1), else_=0)


def ahead(session: Session, today: date) -> list[int]:
    """The stages whose day is still to come although people were invited about them: a correction has moved them.

    There are few of them, mostly none, and they are looked up first: to join every invitation with its day would take longer
    than all that is counted.
    """
    return list(session.scalars(_AHEAD, {"today": today}))


_AHEAD = select(StageEvent.id).where(
    StageEvent.happened_on > bindparam("today"),
    StageEvent.withdrawn_at.is_(None),
    exists().where(Invitation.stage_event_id == StageEvent.id),
)


def _doubted(session: Session) -> list[int]:
    """The invitations that are in doubt. There are few of them, mostly none, and they are looked up first.

    Within one statement PostgreSQL would look for them again and again.
    """
    return list(set(session.scalars(doubted_invitations())))
