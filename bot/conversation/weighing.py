"""How heavily a message weighs, beside what came before it in the conversation, and what follows from what is grave.

Finds no concern itself: the caller has looked the words through.
"""

from __future__ import annotations

from bot.conversation import asking, requests
from bot.conversation.asking import Outcome
from bot.conversation.commands import Command
from bot.conversation.effects import Effect, Noticed
from bot.conversation.events import Reply
from bot.conversation.state import OPEN, Phase, State
from surveys.survey import Survey

GRAVE = frozenset({"red_now", "red_today", "conduct"})
"""Severities after which no question is asked until staff let the conversation go on."""

LOW_SCORE = 20
"""A number on a life or family scale (2 of 10) beside which a sign of worry weighs more (the taxonomy's modifiers)."""


def weigh(
    state: State, survey: Survey, reply: Reply, command: Command | None
) -> tuple[State, str | None, tuple[Noticed, ...]]:
    """Weigh a concern against what came before: a second sign of worry, or one beside a very low number, is red_today.

    What merely could not be read (a picture, another language) is no sign of worry.
    """
    if reply.severity != "amber" or reply.foreign or reply.media or command == "help":
        return state, reply.severity, ()
    worried = state.worry_turn is not None or _has_scored_low(state, survey)
    state = state.but(worry_turn=state.turn)
    return (state, "red_today", (Noticed("worry_again", "red_today"),)) if worried else (state, "amber", ())


def _has_scored_low(state: State, survey: Survey) -> bool:
    scores = (
        question.score(state.answered.get(question.id)) for question in survey.questions if question.type == "scale"
    )
    return any(score is not None and score <= LOW_SCORE for score in scores)


def pause(state: State, survey: Survey, reply: Reply) -> Outcome:
    """Answer a grave concern neutrally, keep what was answered, and ask nothing more for now."""
    kept: tuple[Effect, ...] = ()
    if state.phase == "asking" and not reply.comment_only:
        state, kept = asking.keep_if_answer(state, survey, reply.text)
    phase: Phase = "paused" if state.phase in OPEN else state.phase
    return state.but(phase=phase), (*kept, *requests.neutral_reply(state, survey, reply.next_open))


def take_comment(state: State, survey: Survey, reply: Reply, command: Command | None) -> Outcome:
    """Take words that answer nothing: an edited message, or one from a page or a line that was overtaken.

    Whoever may be in danger is answered as always, and a call for help always reaches a person; all else is read by staff.
    """
    state, severity, found = weigh(state, survey, reply, command)
    noticed = (Noticed("aside", None), *found)
    if severity in GRAVE:
        state, effects = pause(state, survey, reply)
        return state, (*noticed, *effects)
    if command == "help":
        asks = Noticed("help", "amber" if state.worry_turn is None else "red_today")
        return state.but(worry_turn=state.turn), (
            *noticed,
            asks,
            *requests.neutral_reply(state, survey, reply.next_open),
        )
    return state, noticed
