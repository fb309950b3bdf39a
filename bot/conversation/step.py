"""One step of a conversation: state and event in, state and effects out. Reads no clock, row or network."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.effects import Effect
from bot.conversation.events import Event
from bot.conversation.state import State
from surveys.questions import Survey


def step(state: State, survey: Survey, event: Event, now: datetime) -> tuple[State, tuple[Effect, ...]]:  # noqa: ARG001
    """Take one step."""
    return state, ()
