"""What happens to a conversation while the person says nothing: reminders, the end of its time, and changes to the case."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import wording
from bot.conversation.asking import Outcome
from bot.conversation.events import Cancelled, CaseClosed, Expired, Lapsed, ReminderDue, WorkerChanged
from bot.conversation.state import LATER, OPEN, Phase, State
from surveys.survey import Survey

REMINDERS: Mapping[str, int] = {"young_person": 1, "parent_carer": 1, "partner": 2, "staff": 2}
"""How many reminders each audience gets (the surveys' policy); everyone else gets none."""

_REMINDED: frozenset[Phase] = frozenset({"invited", "asking"})
_MID_WAY: frozenset[Phase] = frozenset({"checking", "waiting", "invited", "asking", "complaint"})


def may_remind(state: State) -> bool:
    """Say whether one more reminder may go out: the one that was promised to whoever asked for later, or one of ours.

    A web chat reaches nobody who is not there.
    """
    waits = state.phase in _REMINDED and state.channel != "web"
    return waits and (LATER in state.marks or _may_be_pressed(state))


def _may_be_pressed(state: State) -> bool:
    """Say whether someone may be reminded who was promised nothing: as often as the audience is, while nothing is answered.

    Not more often than their campaign says; in a discreet conversation only someone who has said that now is a good time.
    """
    if state.answered or (state.discreet and "now" not in state.marks):
        return False
    most = REMINDERS.get(state.audience, 0)
    allowed = most if state.reminders is None else min(most, state.reminders)
    return state.reminded < allowed + state.postponed


def remind(state: State, survey: Survey, event: ReminderDue) -> Outcome:
    """Remind once more, where a reminder is allowed and nobody has written since its timer was set."""
    if _is_stale(event, state) or not may_remind(state):
        return state, ()
    name = "reminder_discreet" if state.discreet else "reminder"
    said = wording.shared(state, survey, name, day=event.asked_on)
    return state.but(reminded=state.reminded + 1, nudged=False).unmarked(LATER), (said,)


def lapse(state: State, _survey: Survey, event: Lapsed) -> Outcome:
    """Close what nobody has answered. A conversation paused for someone's safety stays open until it is released."""
    if _is_stale(event, state) or state.phase == "paused":
        return state, ()
    return _close(state, "lapsed"), ()


def expire(state: State, _survey: Survey, _event: Expired) -> Outcome:
    """Close at the end of the time for these questions."""
    return (state, ()) if state.phase == "paused" else (_close(state, "lapsed"), ())


def case_closed(state: State, survey: Survey, _event: CaseClosed) -> Outcome:
    """Stop politely; what was answered stays with the stage that it was about."""
    return _withdraw(state, survey, quiet=False)


def cancel(state: State, survey: Survey, event: Cancelled) -> Outcome:
    """Withdraw the questions."""
    return _withdraw(state, survey, quiet=event.quiet)


def _withdraw(state: State, survey: Survey, *, quiet: bool) -> Outcome:
    speaks = state.phase in _MID_WAY and not state.discreet and not quiet
    return _close(state, "cancelled"), ((wording.shared(state, survey, "cancelled"),) if speaks else ())


def change_worker(state: State, survey: Survey, _event: WorkerChanged) -> Outcome:
    """Name no worker from now on, and tell whoever is answering whom to think of, once."""
    if state.names.get("worker") == "":
        return state, ()
    changed = state.but(names={**state.names, "worker": ""})
    if state.phase not in {"invited", "asking", "complaint"} or state.discreet:
        return changed, ()
    return changed, (wording.shared(changed, survey, "worker_leaves"),)


def _close(state: State, phase: Phase) -> State:
    return state.but(phase=phase, nudged=False) if state.phase in OPEN | {"new"} else state


def _is_stale(timer: ReminderDue | Lapsed, state: State) -> bool:
    """Say whether somebody has written since the timer was set."""
    return timer.turn is not None and timer.turn != state.turn
