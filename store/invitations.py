"""Queries about invitations: making them once, finding those that are due, moving them on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import Invitation


class NewInvitation(NamedTuple):
    """An invitation as it is first written; the columns of `store.tables.Invitation`."""

    person_id: int
    case_id: int
    stage_event_id: int
    stage: str
    stage_on: date
    audience: str
    age_band: str | None
    survey_id: str | None
    worker_id: int
    line_manager_id: int
    unit_id: int
    status: str
    not_asked_because: str | None
    due_at: datetime
    made_at: datetime


def add(session: Session, invitations: Sequence[NewInvitation]) -> int:
    """Write those invitations that are not there yet (one per person and stage event); return how many were new."""
    return insert_new(session, Invitation, [invitation._asdict() for invitation in invitations])
