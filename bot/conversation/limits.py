"""The most that may ever be said, so that two machines cannot talk to each other for ever."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.effects import Effect, Say
from bot.conversation.state import State

MOST_A_DAY = 40
MOST_IN_ALL = 120
"""Texts in one conversation. A survey that is clarified at every question stays below half of the first."""

IN_DANGER_A_DAY = 20
"""Neutral replies that someone in danger still gets on top."""

_ALWAYS = frozenset({"stop_confirm", "wrong_number", "unsafe_contact"})
_DANGER = ("urgent_", "help_")


def within_limits(state: State, effects: tuple[Effect, ...], now: datetime) -> tuple[State, tuple[Effect, ...]]:
    """Leave out what would be too much, and count what is said; what is kept or told to staff is never left out."""
    saying = sum(isinstance(effect, Say) for effect in effects)
    if not saying:
        return state, effects
    today = now.date().isoformat()
    so_far = state.said_today if state.said_on == today else 0
    if so_far + saying > MOST_A_DAY or state.said + saying > MOST_IN_ALL:
        in_danger = so_far < MOST_A_DAY + IN_DANGER_A_DAY
        effects = tuple(
            effect for effect in effects if not isinstance(effect, Say) or _may(effect, in_danger=in_danger)
        )
        saying = sum(isinstance(effect, Say) for effect in effects)
    return state.but(said_on=today, said_today=so_far + saying, said=state.said + saying), effects


def answers_danger(effect: Say) -> bool:
    """Whether it gives the help numbers to somebody who may be in danger."""
    return effect.message.startswith(_DANGER)


def _may(effect: Say, *, in_danger: bool) -> bool:
    return effect.message in _ALWAYS or (in_danger and answers_danger(effect))
