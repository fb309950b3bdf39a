"""One step of a conversation: state and event in, state and effects out. Reads no clock, row or network.

What comes first wins: a whole-message STOP or START, then a grave concern, then other commands, then the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.conversation import asking, wording
from bot.conversation.asking import Outcome
from bot.conversation.commands import Command, read_command, read_provider_keyword
from bot.conversation.effects import Effect, OptedIn, OptedOut, Say
from bot.conversation.events import Event, Invited, Lapsed, Released, Reply
from bot.conversation.state import Phase, State
from surveys.questions import Survey
from surveys.words import GO, NO, SKIP, YES, among, key

GRAVE = frozenset({"red_now", "red_today", "conduct"})
"""Severities after which no question is asked until staff let the conversation go on."""

_OPEN: frozenset[Phase] = frozenset({"invited", "asking", "paused"})
_FIRST_CONTACT: Mapping[str, tuple[str, ...]] = {
    "young_person": ("first_contact_yp", "first_contact_yp_2"),
    "parent_carer": ("first_contact_parent", "first_contact_parent_2"),
}
_GO_WORDS = GO | YES
_DECLINING_WORDS = (NO | SKIP | {"not really", "not today"}) - {"next", "next one", "next question"}
_DECLINING_STARTS = ("nah ", "nope ", "no thanks ", "no thank you ")


def step(state: State, survey: Survey, event: Event, now: datetime) -> tuple[State, tuple[Effect, ...]]:
    """Take one step.

    Args:
        state: where the conversation stands.
        survey: the survey and version that the state names.
        event: what happened.
        now: when, with its time zone; for wordings that name a day.

    Returns:
        The new state, and what the caller is to keep, send and tell, in that order.

    Raises:
        ValueError: the survey is not the state's, or `now` has no time zone. No event and no text raises anything.
    """
    if (state.survey_id, state.survey_version) != (survey.id, survey.version):
        named = f"{state.survey_id} version {state.survey_version}"
        msg = f"This conversation is about {named}, not {survey.id} version {survey.version}."
        raise ValueError(msg)
    if now.tzinfo is None:
        msg = "A step needs the time with its time zone."
        raise ValueError(msg)
    match event:
        case Invited():
            return _invite(state, survey, first_contact=event.first_contact)
        case Released():
            return _release(state, survey)
        case Lapsed():
            return (replace(state, phase="lapsed", nudged=False), ()) if state.phase in _OPEN | {"new"} else (state, ())
        case Reply():
            return _take(state, survey, event)


def _invite(state: State, survey: Survey, *, first_contact: bool) -> Outcome:
    if state.phase != "new":
        return state, ()
    names = _FIRST_CONTACT.get(state.audience, ()) if first_contact else ()
    said = tuple(wording.shared(state, survey, name) for name in names) or (wording.intro(state, survey),)
    return replace(state, phase="invited"), said


def _release(state: State, survey: Survey) -> Outcome:
    """Welcome the person back and ask the open question again; to those not yet begun, whether they are ready."""
    if state.phase != "paused":
        return state, ()
    if not state.answered and state.question is None:
        return replace(state, phase="invited", nudged=True), (wording.shared(state, survey, "ready_prompt"),)
    state, said = asking.ask_on(state, survey)
    if state.phase == "finished":
        return state, said
    return state, (wording.shared(state, survey, "resume"), *said)


def _take(state: State, survey: Survey, reply: Reply) -> Outcome:
    command = read_provider_keyword(reply.text) if reply.answered_by_provider else read_command(reply.text)
    if command in {"stop", "start"} or state.phase == "opted_out":
        state, effects = _OPTS[command](state, survey) if command in _OPTS else (state, ())
    elif reply.severity in GRAVE:
        state, effects = _pause(state, survey, reply)
    elif reply.answered_by_provider:
        effects = ()
    else:
        state, effects = _carry_on(state, survey, reply.text, command)
    if reply.answered_by_provider:
        effects = tuple(effect for effect in effects if not isinstance(effect, Say))
    return state, effects


def _opt_out(state: State, survey: Survey) -> Outcome:
    if state.phase == "opted_out":
        return state, ()
    return replace(state, phase="opted_out"), (OptedOut(), wording.shared(state, survey, "stop_confirm"))


def _opt_in(state: State, survey: Survey) -> Outcome:
    """Take an opt-out back. Questions that were stopped stay closed; those still open are begun or asked again."""
    if state.phase == "opted_out":
        phase: Phase = "declined" if survey.questions else "outside"
        return replace(state, phase=phase, nudged=False), (OptedIn(), wording.shared(state, survey, "start_confirm"))
    if state.phase == "invited":
        state, said = asking.begin(state, survey)
    elif state.phase == "asking" and not state.nudged:
        state, said = asking.ask_on(replace(state, nudged=True), survey, after="resume")
    else:
        said = (wording.shared(state, survey, "start_confirm"),)
    return state, (OptedIn(), *said)


_OPTS: Mapping[Command | None, Callable[[State, Survey], Outcome]] = {"stop": _opt_out, "start": _opt_in}


def _pause(state: State, survey: Survey, reply: Reply) -> Outcome:
    """Answer a grave concern neutrally, keep what was answered, and ask nothing more for now."""
    kept: tuple[Effect, ...] = ()
    if state.phase == "asking":
        state, kept = asking.keep_if_answer(state, survey, reply.text)
    who = "yp" if state.audience == "young_person" else "adult"
    said = [wording.shared(state, survey, f"urgent_neutral_{who}")]
    if reply.next_open is not None:
        said.append(wording.shared(state, survey, f"urgent_ooh_{who}", next_open=reply.next_open))
    return replace(state, phase="paused" if state.phase in _OPEN else state.phase), (*kept, *said)


def _carry_on(state: State, survey: Survey, text: str, command: Command | None) -> Outcome:
    if command == "help":
        who = "yp" if state.audience == "young_person" else "adult"
        return state, (wording.shared(state, survey, f"help_{who}"),)
    return _BY_PHASE[state.phase](state, survey, text)


def _answer_invitation(state: State, survey: Survey, text: str) -> Outcome:
    if among(text, _GO_WORDS):
        return asking.begin(state, survey)
    if among(text, _DECLINING_WORDS) or key(text).startswith(_DECLINING_STARTS):
        return replace(state, phase="declined", nudged=False), (wording.shared(state, survey, "declined"),)
    if state.nudged:
        return state, ()
    return replace(state, nudged=True), (wording.shared(state, survey, "ready_prompt"),)


def _answer_late(state: State, survey: Survey, _text: str) -> Outcome:
    """Tell once that the questions have closed; two machines answering each other would never end."""
    if state.nudged:
        return state, ()
    return replace(state, nudged=True), (wording.shared(state, survey, "late_reply"),)


def _answer_outside(state: State, survey: Survey, _text: str) -> Outcome:
    if state.nudged:
        return state, ()
    said = wording.shared(state, survey, "late_reply" if state.late else "nothing_open")
    return replace(state, nudged=True), (said,)


def _stay_silent(state: State, _survey: Survey, _text: str) -> Outcome:
    return state, ()


_BY_PHASE: Mapping[Phase, Callable[[State, Survey, str], Outcome]] = {
    "new": _answer_outside,
    "invited": _answer_invitation,
    "asking": asking.take_reply,
    "paused": _stay_silent,
    "finished": _answer_late,
    "declined": _answer_late,
    "opted_out": _stay_silent,
    "lapsed": _answer_late,
    "outside": _answer_outside,
}
