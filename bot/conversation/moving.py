"""A conversation that goes on elsewhere: on the web, whose private link was opened, or on another line.

What was said last may never have been seen, so it is said again, and that counts as no second time. Whether the person has
agreed to the new line is for the caller to know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import asking, complaint, opening, wording
from bot.conversation.asking import Outcome
from bot.conversation.events import MovedTo
from bot.conversation.state import CLOSED, Phase, State
from surveys.survey import Survey


def may_move(state: State, event: MovedTo) -> bool:
    """Say whether a conversation may go on there: what was discreet goes nowhere but on, privately, to the web."""
    if state.phase in CLOSED or state.phase == "outside" or "start" in state.marks:
        return False
    return not state.discreet or event.channel in {"web", state.channel}


def there(state: State, event: MovedTo) -> State:
    """Give the state as it is on the new line, before anything is said."""
    discreet = state.discreet and event.channel != "web"
    moved = state.but(channel=event.channel, shared_phone=event.shared_phone, discreet=discreet)
    return moved.unmarked(opening.CONFIRMED)


def take_up(state: State, survey: Survey, _event: MovedTo) -> Outcome:
    """Say again what was said last. Nothing is said to whoever is paused or has not been asked yet.

    Args:
        state: as `there` gives it.
        survey: as it is spoken on the new line.
    """
    if state.phase not in _ANEW:
        return state, ()
    state = _unasked(state.but(nudged=False, question=_open_question(state, survey)))
    if state.shared_phone:
        return state.but(phase="checking"), (wording.shared(state, survey, "shared_phone_check"),)
    return _ANEW[state.phase](state, survey)


def _open_question(state: State, survey: Survey) -> str | None:
    return asking.open_or_next(state, survey) if state.question else None


def _unasked(state: State) -> State:
    """Take the last asking back: it is not known to have been seen."""
    times = state.asks.get(state.question or "", 0)
    return state.but(asks={**state.asks, state.question: times - 1}) if times else state


def _begin_again(state: State, survey: Survey) -> Outcome:
    if state.question or state.answered:
        return _ask_again(state, survey)
    return opening.invite(state.but(phase="new"), survey, first_contact=state.first_contact)


def _ask_again(state: State, survey: Survey) -> Outcome:
    return asking.ask_on(state, survey, after="resume")


def _offer_again(state: State, survey: Survey) -> Outcome:
    return state, (complaint.offered(state, survey),)


_ANEW: Mapping[Phase, Callable[[State, Survey], Outcome]] = {
    "checking": _begin_again,
    "waiting": _begin_again,
    "invited": _begin_again,
    "linked": _begin_again,
    "asking": _ask_again,
    "complaint": _offer_again,
}
