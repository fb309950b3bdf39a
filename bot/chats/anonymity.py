"""Times of anonymous surveys, rounded so that nobody can lay them beside who was where when.

The hour is kept of what was said, and the day of what was answered. An alert keeps its own time: somebody may have to be
found. Run after every message, and once more by the clock over all that is left exact.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.calendar import local_day, midnight
from bot.conversation.state import State, UnknownState
from bot.one_by_one import one_by_one
from store.session import Database, Session
from store.talks import anonymous
from store.talks.anonymous import Rounding
from surveys.catalogue import Catalogue

_LOOK_BACK = timedelta(days=3)
"""So long after it was begun, everything that can happen in such a chat has: its link works for a day."""


def round_off(session: Session, conversation_id: int) -> None:
    """Round every time that is kept of a conversation."""
    anonymous.round_off(session, conversation_id, ROUNDING)


def round_all(database: Database, catalogue: Catalogue, now: datetime) -> int:
    """Round what is left exact in the anonymous conversations of the last days; return in how many."""
    with database.reading() as session:
        recent = anonymous.recent(session, now - _LOOK_BACK)
    ids = [talk.id for talk in recent if catalogue.get(talk.survey_id, talk.survey_version).anonymous]

    def round_one(conversation_id: int) -> bool:
        with database.writing() as session:
            return anonymous.round_off(session, conversation_id, ROUNDING)

    return one_by_one(ids, round_one)


def to_the_hour(moment: datetime) -> datetime:
    """The beginning of the hour that a moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def to_the_day(moment: datetime) -> datetime:
    """The beginning of the day, in London, that a moment lies in."""
    return midnight(local_day(moment))


def _without_time(kept: str) -> str:
    """A kept state without the moment of the latest words."""
    try:
        state = State.from_json(kept)
    except UnknownState:
        return kept
    if state.heard_at is None:
        return kept
    return state.but(heard_at=to_the_hour(datetime.fromisoformat(state.heard_at)).isoformat()).to_json()


ROUNDING = Rounding(to_the_hour, to_the_day, _without_time)
