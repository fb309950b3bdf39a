"""The one switch that stops all sending at once, in every process; alerts to staff leave all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.sending.limits import SWITCH
from store import audit
from store.sending import throttle
from store.session import Database, Session


@dataclass(frozen=True)
class Status:
    """How sending stands.

    Attributes:
        stopped_at: since when all sending is stopped; None while messages go.
        waiting: how many messages wait, by kind.
    """

    stopped_at: datetime | None
    waiting: dict[str, int]


def stop(database: Database, now: datetime) -> bool:
    """Stop all sending but for alerts; False where it was stopped already. What is with its provider is past stopping."""
    with database.writing() as session:
        if not throttle.halt(session, SWITCH, now):
            return False
        audit.record(session, at=now, staff_id=None, what="stopped all sending", subject="sending")
        return True


def start(database: Database, now: datetime) -> bool:
    """Let messages go again, at the pace of their channels; False where nothing was stopped."""
    with database.writing() as session:
        if not throttle.resume(session, SWITCH, now):
            return False
        audit.record(session, at=now, staff_id=None, what="started sending again", subject="sending")
        return True


def stopped_at(session: Session) -> datetime | None:
    """Since when all sending is stopped; None while messages go."""
    return next((halt.began_at for halt in throttle.standing(session) if halt.cause == SWITCH), None)


def status(database: Database) -> Status:
    """How sending stands."""
    with database.reading() as session:
        return Status(stopped_at(session), throttle.waiting(session))
