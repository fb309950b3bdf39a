"""Out and in again: STOP and START, which come before everything else that a message may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import asking, requests, wording
from bot.conversation.asking import Outcome
from bot.conversation.commands import Command
from bot.conversation.effects import OptedIn, OptedOut
from bot.conversation.state import Phase, State
from surveys.survey import Survey


def _opt_out(state: State, survey: Survey) -> Outcome:
    if state.phase == "opted_out":
        return state, ()
    said = wording.shared(state, survey, "stop_confirm")
    return state.but(phase="opted_out"), (OptedOut(), *requests.read_thread(state), said)


def _opt_in(state: State, survey: Survey) -> Outcome:
    """Take an opt-out back, or begin. On a shared phone it is asked first who says so."""
    if state.phase == "opted_out":
        return _back_in(state, survey)
    if state.phase == "invited" and not state.discreet:
        state, said = asking.begin(state, survey)
    elif state.phase == "asking" and state.asks.get(state.question or "", 0) < asking.MOST_ASKS:
        state, said = asking.ask_on(state, survey, after="resume")
    elif state.phase in {"checking", "waiting"}:  # nobody knows yet who says so
        return state, (wording.shared(state, survey, "shared_phone_check"),)
    else:
        said = (wording.shared(state, survey, "start_confirm"),)
    return state, (OptedIn(), *said)


def _back_in(state: State, survey: Survey) -> Outcome:
    """Questions that were stopped stay closed."""
    if state.shared_phone:
        state = state.but(phase="checking", nudged=False, marks=(*state.marks, "start"))
        return state, (wording.shared(state, survey, "shared_phone_check"),)
    phase: Phase = "declined" if survey.questions else "outside"
    return state.but(phase=phase, nudged=False), (OptedIn(), wording.shared(state, survey, "start_confirm"))


OPTS: Mapping[Command | None, Callable[[State, Survey], Outcome]] = {"stop": _opt_out, "start": _opt_in}
