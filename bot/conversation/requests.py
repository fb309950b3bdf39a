"""What people ask of the service itself: help, later, back, a person, another language, what is kept about them.

Each handler takes the conversation where it stands and leaves the open question open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import asking, opening, wording
from bot.conversation.asking import Outcome
from bot.conversation.commands import Command
from bot.conversation.effects import Effect, Notice, Noticed, Postponed
from bot.conversation.events import Reply
from bot.conversation.state import LATER, OPEN, Phase, State
from surveys.survey import Survey

GROWN_UP = "grown_up"
"""Marks a young person who is 18 by now, and so is given the numbers that adults are given."""

MOST_POSTPONED = 2
"""Who has put the questions off so often is not asked a third time."""

_WITHIN_TURNS = 2
"""A stop word so soon after a sign of worry is read by a person before anybody takes it for a stop word."""


def who(state: State) -> str:
    """Give the ending of the messages that differ for young people and adults."""
    return "yp" if state.audience == "young_person" and GROWN_UP not in state.marks else "adult"


def neutral_reply(state: State, survey: Survey, next_open: str | None) -> tuple[Effect, ...]:
    """Say what everyone is told, whatever they wrote; and when a person reads it, where the desk is closed."""
    said = [wording.shared(state, survey, f"urgent_neutral_{who(state)}")]
    if next_open is not None:
        said.append(wording.shared(state, survey, f"urgent_ooh_{who(state)}", next_open=next_open))
    return tuple(said)


def read_thread(state: State) -> tuple[Noticed, ...]:
    """Tell a person to read the thread, where a sign of worry came just before and nobody has been told of it in earnest."""
    recent = state.phase != "paused" and state.worry_turn is not None and state.turn - state.worry_turn <= _WITHIN_TURNS
    return (Noticed("read_thread"),) if recent else ()


def _help(state: State, survey: Survey, reply: Reply) -> Outcome:
    """Give the numbers that answer at any hour. HELP always reaches a person, sooner after an earlier sign of worry."""
    notice = Noticed("help", "amber" if state.worry_turn is None else "red_today")
    state = state.but(worry_turn=state.turn)
    neutral = neutral_reply(state, survey, reply.next_open)
    if state.discreet:
        return state, (notice, *neutral)
    return state, (notice, wording.shared(state, survey, f"help_{who(state)}"), *neutral[1:])


def _later(state: State, survey: Survey, reply: Reply) -> Outcome:
    if state.postponed >= MOST_POSTPONED:
        said = () if state.discreet else (wording.shared(state, survey, "declined"),)
        return state.but(phase="declined", nudged=False), said
    state = state.but(postponed=state.postponed + 1, marks=(*state.marks, LATER), nudged=False)
    return state, (Postponed(), wording.shared(state, survey, "later_ok", day=reply.again_on or ""))


def _go(state: State, survey: Survey, _reply: Reply) -> Outcome:
    """Ask the open question again: a reminder invites people to text GO. Who has been asked twice has it before them."""
    if state.asks.get(state.question or "", 0) >= asking.MOST_ASKS:
        return state, ()
    return asking.ask_on(state, survey, after="resume")


def _back(state: State, survey: Survey, _reply: Reply) -> Outcome:
    return asking.go_back(state, survey)


def _end(state: State, survey: Survey, _reply: Reply) -> Outcome:
    said = () if state.discreet else (wording.shared(state, survey, f"ended_{who(state)}"),)
    return state.but(phase="declined", nudged=False), (*read_thread(state), *said)


def _who_is_this(state: State, survey: Survey, _reply: Reply) -> Outcome:
    """Say who we are, and never that anyone is known to us. Where contact is discreet, whoever asks did not agree to it."""
    if state.discreet:
        return opening.unsafe_contact(state, survey)
    return state, (wording.shared(state, survey, "who_we_are"),)


def _passed_on(what: Notice) -> Handler:
    """Thank them, and pass the wish on to a person."""

    def pass_on(state: State, survey: Survey, reply: Reply) -> Outcome:
        if state.discreet:  # the answer would say who we are and what we keep
            return state, (Noticed(what), *neutral_reply(state, survey, reply.next_open))
        return state, (Noticed(what), wording.shared(state, survey, what))

    return pass_on


Handler = Callable[[State, Survey, Reply], Outcome]

_ANY: frozenset[Phase] = OPEN | {"finished", "declined", "lapsed", "cancelled", "outside"}
_HANDLERS: Mapping[Command, tuple[frozenset[Phase], Handler]] = {
    "help": (_ANY, _help),
    "later": (frozenset({"invited", "asking"}), _later),
    "go": (frozenset({"asking"}), _go),
    "back": (frozenset({"asking"}), _back),
    "end": (OPEN - {"paused"}, _end),
    "who_is_this": (_ANY, _who_is_this),
    "other_format": (_ANY, _passed_on("other_format")),
    "advocate": (_ANY, _passed_on("advocate")),
    "person_wanted": (_ANY, _passed_on("person_wanted")),
    "access_request": (_ANY, _passed_on("access_request")),
    "erasure_request": (_ANY, _passed_on("erasure_request")),
}


def handler(command: Command | None, phase: Phase) -> Handler | None:
    """Give what answers a command in this phase; None where the words are to be taken as any others."""
    if command is None or command not in _HANDLERS:
        return None
    phases, handle = _HANDLERS[command]
    return handle if phase in phases else None
