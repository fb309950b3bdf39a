"""Plays a conversation for a test, with the state through JSON after every step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.conversation.effects import Effect, Noticed, Say
from bot.conversation.events import Event, Reply
from bot.conversation.state import State
from bot.conversation.step import step
from surveys.survey import Survey
from tests.shipped import CATALOGUE

NOW = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)
REVIEW = CATALOGUE.get("parent_review")
YOUNG = CATALOGUE.get("yp_16_25_review")
NAMES = {"worker": "Sam", "brand": "Early Help", "url": "heard.example.org/p"}


class Play:
    """One conversation, with a `pause` before each event. `effects` are those of the last step."""

    def __init__(
        self, survey: Survey = REVIEW, state: State | None = None, *, pause: timedelta = timedelta(minutes=2)
    ) -> None:
        self.survey = survey
        self.state = state or State.new(survey, NAMES)
        self.effects: tuple[Effect, ...] = ()
        self.now = NOW
        self.pause = pause

    def happens(self, *events: Event | str) -> Play:
        """Take a step for each event; a string is a reply."""
        for event in events:
            given = Reply(event) if isinstance(event, str) else event
            self.now += self.pause
            state, self.effects = step(self.state, self.survey, given, self.now)
            kept = state.to_json()
            assert kept.isascii()
            self.state = State.from_json(kept)
            assert self.state == state
        return self

    @property
    def said(self) -> list[str]:
        """Which messages the last step said."""
        return [effect.message for effect in self.effects if isinstance(effect, Say)]

    @property
    def did(self) -> list[Effect]:
        """What the last step asked for besides speaking."""
        return [effect for effect in self.effects if not isinstance(effect, Say)]

    @property
    def noticed(self) -> list[str]:
        """What the last step told staff of."""
        return [effect.what for effect in self.effects if isinstance(effect, Noticed)]
