"""Closing conversations that nobody answers any more: silence is an event like any other, given to the same step."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import talk
from bot.conversation.events import Lapsed
from bot.conversation.state import State
from bot.conversation.step import step
from bot.one_by_one import one_by_one
from store import conversations
from store.session import Database
from surveys.catalogue import Catalogue


def lapse_silent(database: Database, catalogue: Catalogue, *, after: timedelta, now: datetime) -> int:
    """Let every conversation lapse in which nothing was heard for `after`; return how many.

    A conversation that is paused for someone's safety stays open until it is released.
    """
    with database.reading() as session:
        silent = conversations.silent_since(session, now - after)
    return one_by_one(silent, lambda conversation_id: _lapse(database, catalogue, conversation_id, now))


def _lapse(database: Database, catalogue: Catalogue, conversation_id: int, now: datetime) -> bool:
    with database.writing() as session:
        open_talk = conversations.lock(session, conversation_id)
        if open_talk is None:
            return False
        state = State.from_json(open_talk.state)
        if state.phase == "paused":
            return False
        survey = catalogue.get(open_talk.survey_id, open_talk.survey_version)
        new_state, _ = step(state, survey, Lapsed(state.turn), now)
        talk.move_on(session, open_talk, new_state, answered=False, heard_at=None, now=now)
        return True
