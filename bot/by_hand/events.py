"""Keeping by hand what happens in a case, each time with who did it in the audit log: everything at once, or nothing.

No worker takes a stage out of coverage (scenario 38): that is for those who lead them, and for administrators.
"""

from __future__ import annotations

from datetime import date, timedelta

from bot.access import Viewer
from bot.by_hand.given import Fault, NotKept, told, told_by_field
from bot.calendar import local_day
from bot.cases import events
from bot.service import Service
from store import audit
from store.council import events as rows
from store.council.events import KeptEvent
from store.session import Session
from surveys.stages import STAGES

LEADERS = frozenset({"manager", "administrator"})
"""Roles that may withdraw a stage, or move it out of the days in which people are asked about it."""

_ASK = "ask your line manager, or an administrator: people are asked about this stage"


def report(session: Session, service: Service, viewer: Viewer, case_id: int, stage: str, happened_on: date) -> bool:
    """Keep that something has happened in a case, or will; False where it was known.

    Raises:
        NotKept: the day cannot be right.
    """
    with told_by_field():
        kept = events.report(session, case_id, stage, happened_on, **told(service))
    if kept.is_new:
        _log(session, service, viewer, kept.event_id, f"told of a {stage} on {happened_on}")
    return kept.is_new


def correct(session: Session, service: Service, viewer: Viewer, event_id: int, happened_on: date) -> None:
    """Move an event to the day on which it truly was.

    Raises:
        NotKept: the day cannot be right, is that of another event of its kind, or a worker would keep people from being
            asked by it.
    """
    known = rows.by_id(session, event_id)
    if known and viewer.role not in LEADERS and _keeps_from_asking(service, known, happened_on):
        raise NotKept([Fault("happened_on", _ASK)])
    with told_by_field():
        events.correct(session, event_id, happened_on, **told(service))
    if known and known.happened_on != happened_on:
        what = f"corrected the date of a {known.stage}: {known.happened_on} became {happened_on}"
        _log(session, service, viewer, event_id, what)


def withdraw(session: Session, service: Service, viewer: Viewer, event_id: int, because: str) -> bool:
    """Note that an event has not happened after all; False where that was known.

    Raises:
        NotKept: there is no such event, or it is a stage and a worker would withdraw it.
    """
    known = rows.by_id(session, event_id)
    if known and not may_withdraw(viewer, known.stage):
        raise NotKept([Fault("because", _ASK)])
    with told_by_field():
        is_new = events.withdraw(session, event_id, because, **told(service))
    if known and is_new:
        _log(session, service, viewer, event_id, f"withdrew a {known.stage} on {known.happened_on}")
    return is_new


def may_withdraw(viewer: Viewer, stage: str) -> bool:
    """Whether somebody may withdraw an event of that kind. A worker may only where nobody is asked about it."""
    return viewer.role in LEADERS or stage not in STAGES


def _keeps_from_asking(service: Service, known: KeptEvent, day: date) -> bool:
    """Whether a stage about which people are asked today would be none on another day."""
    today = local_day(service.clock.now())
    asked_since = today - timedelta(days=service.council.ask_within_days)
    return known.stage in STAGES and asked_since <= known.happened_on <= today and not asked_since <= day <= today


def _log(session: Session, service: Service, viewer: Viewer, event_id: int, what: str) -> None:
    now = service.clock.now()
    audit.record(session, at=now, staff_id=viewer.staff_id, what=what, subject=f"event {event_id}")
