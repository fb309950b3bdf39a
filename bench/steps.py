"""How many steps the conversation core takes in a second: one process, one core, no database and no clock.

The mix is of the kinds of conversation that a council has: most go straight through, some are put off, skipped, misread,
stopped or paused. `python -m bench.steps` prints the figures; only their size means anything, as machines differ.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import process_time

from bot.conversation.events import Event, Invited, Lapsed, Released, ReminderDue, Reply
from bot.conversation.state import State
from bot.conversation.step import step
from surveys.catalogue import load
from surveys.survey import Survey

AIM = 20_000
ROUNDS = 5
TIMES = 60
NAMES = {"worker": "Sam", "brand": "Early Help", "initial": "J", "url": "heard.example.org/p"}
BEGAN = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)
BETWEEN = timedelta(minutes=2)

MIX: Sequence[tuple[str, Sequence[str | Event]]] = (
    ("parent_review", ("GO", "8", "1", "1", "2", "1", "she rings back when she says", "nothing really", "1")),
    ("parent_review", ("go", "7", "better", "mostly", "a lot", "yes", "The bedtime chart", "evening visits", "yes")),
    ("parent_review", ("Yes", "6ish", "same", "2", "some", "partly school is slow", "her visits", "skip", "2")),
    ("parent_review", ("GO", "3", "worse since he left", "sometimes", "3", "no", "not much", "ring back", "2")),
    ("parent_review", ("hm", "GO", "it depends", "7 or 8", "mixed", "sometimes", "idk", "4", "the group", "idk", "1")),
    ("parent_review", ("GO", "5", "1", "STOP", "2")),
    ("parent_review", ("later", ReminderDue(asked_on="Monday"), "GO", "4", "2", Lapsed(), "sorry, missed these")),
    ("parent_closure", ("GO", "very good", "big", "9", "someone listened", "less waiting", "yes", "yes", "yes")),
    ("parent_closure", ("go", "1", "2", "8", "Her patience with my lad", "Come sooner", "1", "2", "1")),
    ("yp_16_25_review", ("GO", "4", "a job tbh", "up and down", "3", "always", "ok", "a bit", "keep the walks", "1")),
    ("yp_16_25_review", ("ok", "10/10", "k", "1", "1", "easy", "yes", "👍", "1")),
    ("yp_16_25_review", ("GO", "2", Reply("i cant cope", "red_today"), "hello?", Released(), "idk", "3", "HELP", "2")),
)


@dataclass(frozen=True)
class Turn:
    """One event of the mix, and what stood before it."""

    state: State
    survey: Survey
    event: Event
    now: datetime


def main() -> None:
    """Measure and print."""
    turns = record()
    plain = [_rate(turns, through_json=False) for _ in range(ROUNDS)]
    kept = [_rate(turns, through_json=True) for _ in range(ROUNDS)]
    print(f"Conversation core, one core, a mix of {len(MIX)} conversations and {len(turns)} events, {ROUNDS} rounds:")
    print(f"  steps a second                               {statistics.median(plain):9,.0f}   the aim is {AIM:,}")
    print(f"  the same with the state through JSON as well {statistics.median(kept):9,.0f}", flush=True)


def record() -> list[Turn]:
    """Play the mix once, keeping every event with the state that stood before it."""
    catalogue = load()
    turns = []
    for survey_id, script in MIX:
        survey = catalogue.get(survey_id)
        state, now = State.new(survey, NAMES), BEGAN
        for given in (Invited(), *script):
            event = Reply(given) if isinstance(given, str) else given
            turns.append(Turn(state, survey, event, now))
            state, _ = step(state, survey, event, now)
            now += BETWEEN
    return turns


def _rate(turns: Sequence[Turn], *, through_json: bool) -> float:
    kept = [(turn, turn.state.to_json()) for turn in turns]
    began = process_time()
    for _ in range(TIMES):
        for turn, text in kept:
            if through_json:
                state, _ = step(State.from_json(text), turn.survey, turn.event, turn.now)
                state.to_json()
            else:
                step(turn.state, turn.survey, turn.event, turn.now)
    return TIMES * len(turns) / (process_time() - began)


if __name__ == "__main__":
    main()
