"""One step of a conversation: state and event in, state and effects out. Reads no clock, row or network.

What comes first wins: a whole-message STOP or START, then a grave concern, then who holds the phone, then what is asked of
the service itself, then the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.conversation import asking, complaint, moving, opening, requests, silence, wording
from bot.conversation.asking import Outcome
from bot.conversation.commands import Command, is_meant, read_command, read_provider_keyword
from bot.conversation.effects import Effect, Flagged, Say
from bot.conversation.events import (
    Cancelled,
    CaseClosed,
    Event,
    Expired,
    Invited,
    Lapsed,
    MovedTo,
    Released,
    ReminderDue,
    Reply,
    WorkerChanged,
)
from bot.conversation.identity import read_holder
from bot.conversation.limits import within_limits
from bot.conversation.opting import OPTS
from bot.conversation.reception import about_media, is_understood, is_worrying, with_media_refused, with_other_language
from bot.conversation.state import OPEN, Phase, State, digest
from bot.conversation.weighing import GRAVE, pause, take_comment, weigh
from surveys.replies import Answer, parse_reply
from surveys.survey import Survey
from surveys.words import key


def step(state: State, survey: Survey, event: Event, now: datetime) -> tuple[State, tuple[Effect, ...]]:
    """Take one step.

    Args:
        state: where the conversation stands.
        survey: the survey and version that the state names.
        event: what happened.
        now: when, with its time zone; for wordings that name a day, and for what may be said in one.

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
    if isinstance(event, MovedTo):
        if not moving.may_move(state, event):
            return state, ()
        state = moving.there(state, event)
    spoken = survey.spoken(state.language, state.channel)
    if isinstance(event, Reply):
        outcome = _hear(state, spoken, event, now)
    else:
        outcome = _HAPPENINGS[type(event)](state, spoken, event)
    return within_limits(*outcome, now)


def _release(state: State, survey: Survey, _event: Released) -> Outcome:
    """Welcome the person back and ask the open question again; to those not yet begun, whether they are ready."""
    if state.phase != "paused":
        return state, ()
    if not state.answered and state.question is None:
        if state.shared_phone and opening.CONFIRMED not in state.marks:
            return opening.invite(state.but(phase="new"), survey, first_contact=state.first_contact)
        return state.but(phase="invited", nudged=True), (wording.shared(state, survey, "ready_prompt"),)
    state, effects = asking.ask_on(state, survey)
    if state.phase == "finished":
        return state, effects
    return state, (wording.shared(state, survey, "resume"), *effects)


def _invite(state: State, survey: Survey, event: Invited) -> Outcome:
    return opening.invite(state, survey, first_contact=event.first_contact)


_HAPPENINGS: Mapping[type, Callable[[State, Survey, Any], Outcome]] = {
    Invited: _invite,
    Released: _release,
    ReminderDue: silence.remind,
    Lapsed: silence.lapse,
    Expired: silence.expire,
    CaseClosed: silence.case_closed,
    Cancelled: silence.cancel,
    WorkerChanged: silence.change_worker,
    MovedTo: moving.take_up,
}


def _hear(state: State, survey: Survey, reply: Reply, now: datetime) -> Outcome:
    """Take a message in: the same words again change nothing, and what the provider has answered is not answered twice."""
    if _is_the_same_again(state, survey, reply, now):
        return state, ()
    state = state.but(turn=state.turn + 1, asides=state.asides + reply.comment_only)
    if not reply.comment_only:  # what is written next, in the same words, is no repetition of an edit
        state = state.but(heard=digest(reply.text), heard_at=now.isoformat())
    command = read_provider_keyword(reply.text) if reply.answered_by_provider else _command(reply.text, survey)
    if state.phase in _BARRED:
        effects: tuple[Effect, ...] = ()
    elif reply.comment_only and command != "stop":
        state, effects = (state, ()) if state.phase == "opted_out" else take_comment(state, survey, reply, command)
    elif command in OPTS or state.phase == "opted_out":
        state, effects = OPTS[command](state, survey) if command in OPTS else (state, ())
    else:
        state, effects = _take(state, survey, reply, command, now)
    if reply.answered_by_provider:
        effects = tuple(effect for effect in effects if not isinstance(effect, Say))
    return state, effects


_BARRED: frozenset[Phase] = frozenset({"wrong_number", "unsafe"})
"""Whoever holds such a phone is told nothing more, whatever they write; only a worker opens it again."""


def _command(text: str, survey: Survey) -> Command | None:
    language = survey.languages.get(survey.language)
    spoken: Mapping[str, Command] = dict.fromkeys(map(key, language.words.later), "later") if language else {}
    return read_command(text, spoken)


def _is_the_same_again(state: State, survey: Survey, reply: Reply, now: datetime) -> bool:
    """Say whether it is the person's last message once more: sent twice, or delivered twice.

    "1" may well answer two questions in a row, so a whole answer counts anew once our question had gone out. What a page
    sends twice is known by the page's turn already, so that whatever comes from one is meant.
    """
    if reply.button is not None or state.channel == "web" or not state.repeats(reply.text, now):
        return False
    if reply.crossed or state.phase != "asking" or state.question is None:
        return True
    question = survey.question(state.question)
    found = parse_reply(question, reply.text)
    return question.type == "text" or not isinstance(found, Answer) or found.comment is not None


def _take(state: State, survey: Survey, reply: Reply, command: Command | None, now: datetime) -> Outcome:
    state, severity, noticed = weigh(state, survey, reply, command)
    if severity in GRAVE:
        state, effects = pause(state, survey, reply)
    elif reply.answered_by_provider:
        helped = requests.handler("help", state.phase) if command == "help" else None
        state, effects = helped(state, survey, reply) if helped else (state, ())
    elif reply.button is not None and reply.button != state.pressable:
        effects = ()
    else:
        state, effects = _carry_on(state, survey, reply, command, now)
    very_low = any(isinstance(effect, Flagged) and effect.flag == "flag_duty_same_day" for effect in effects)
    return state.but(worry_turn=state.turn) if very_low else state, (*noticed, *effects)


def _carry_on(state: State, survey: Survey, reply: Reply, command: Command | None, now: datetime) -> Outcome:
    if reply.media and not reply.text.strip():
        return state, about_media(state, survey, reply)
    after, effects = _take_words(state, survey, reply, command, now)
    return after, with_media_refused(state, after, survey, reply, effects)


def _take_words(state: State, survey: Survey, reply: Reply, command: Command | None, now: datetime) -> Outcome:
    own_words = state.phase == "asking" and survey.question(state.question or "").type == "text"
    handled = _about_holder(state, survey, reply, own_words=own_words) or _asked_of_us(
        state, survey, reply, command if is_meant(command, reply.text, own_words=own_words) else None
    )
    if handled:
        return handled
    if state.phase == "complaint":
        return complaint.take(state, survey, reply, now)
    before, (after, effects) = state, _BY_PHASE[state.phase](state, survey, reply)
    if is_worrying(reply) and not is_understood(effects):
        return before, requests.neutral_reply(before, survey, reply.next_open)
    return with_other_language(before, after, survey, reply, effects)


def _about_holder(state: State, survey: Survey, reply: Reply, *, own_words: bool) -> Outcome | None:
    """Heed who holds the phone, where the words say that it is not the person who was asked."""
    if state.phase not in _HEARS_WHO:
        return None
    holder = read_holder(reply.text, state.audience, discreet=state.discreet, own_words=own_words)
    if holder is None or (holder == "someone_else" and state.phase == "outside"):
        return None
    return _HOLDERS[holder](state, survey)


def _asked_of_us(state: State, survey: Survey, reply: Reply, command: Command | None) -> Outcome | None:
    """Do what is asked of the service itself, if anything is. A page promises nobody another day: it is there every day."""
    if state.channel == "web" and command == "later":
        return None
    later: Command | None = "later" if opening.asks_for_later(state, reply.text) else None
    handle = requests.handler(command, state.phase) or requests.handler(later, state.phase)
    return handle(state, survey, reply) if handle else None


_HEARS_WHO = (OPEN | {"outside"}) - {"paused"}
_HOLDERS: Mapping[str, Callable[[State, Survey], Outcome]] = {
    "wrong_number": opening.wrong_number,
    "unsafe_contact": opening.unsafe_contact,
    "someone_else": opening.someone_else,
}


def _answer(state: State, survey: Survey, reply: Reply) -> Outcome:
    """Take a reply to the open question, and offer to look at a complaint as one."""
    foreign = reply.foreign and "language" not in state.marks
    taken = asking.take_reply(state, survey, reply, foreign=foreign, worrying=is_worrying(reply))
    if reply.complaint and complaint.is_worth_offering(state, taken):
        return complaint.offer(state, taken, survey)
    return taken


def _answer_once(name: Callable[[State], str]) -> Callable[[State, Survey, Reply], Outcome]:
    """Answer what comes when nothing is open, once: two machines answering each other would never end."""

    def answer(state: State, survey: Survey, _reply: Reply) -> Outcome:
        if state.nudged:
            return state, ()
        return state.but(nudged=True), (wording.shared(state, survey, name(state)),)

    return answer


def _stay_silent(state: State, _survey: Survey, _reply: Reply) -> Outcome:
    return state, ()


_LATE = _answer_once(lambda _: "late_reply")
_OUTSIDE = _answer_once(lambda state: "late_reply" if state.late else "nothing_open")
_BY_PHASE: Mapping[Phase, Callable[[State, Survey, Reply], Outcome]] = {
    "new": _OUTSIDE,
    "checking": opening.check_holder,
    "waiting": opening.wait_for_holder,
    "invited": opening.answer_invitation,
    "linked": _stay_silent,
    "asking": _answer,
    "paused": _stay_silent,
    "finished": _LATE,
    "declined": _LATE,
    "opted_out": _stay_silent,
    "lapsed": _LATE,
    "cancelled": _LATE,
    "wrong_number": _stay_silent,
    "unsafe": _stay_silent,
    "outside": _OUTSIDE,
}
