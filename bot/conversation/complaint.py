"""Offering to look at words as a complaint: once in a conversation, between two questions, and never deciding it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import asking, wording
from bot.conversation.asking import Outcome
from bot.conversation.effects import Answered, Noticed, Say
from bot.conversation.events import Reply
from bot.conversation.state import COMPLAINT, State
from surveys.questions import Option, Question
from surveys.replies import Answer, Unclear, parse_reply
from surveys.survey import Survey
from surveys.words import NO, YES, among, key

IN_TOUCH_WITHIN = timedelta(days=7)
"""Five working days, as the ombudsman's code has it for an acknowledgement."""

_OFFER = Question(
    id=COMPLAINT,
    metric="complaint",
    type="choice",
    ask="Shall we look at this as a complaint?",
    options=(
        Option(v=1, label="Please do", score=None),
        Option(v=2, label="No, just feedback", score=None),
        Option(v=3, label="Not sure, call me", score=None),
    ),
)
_YES, _NO = 1, 2
_WHAT_FOLLOWS: Mapping[int, tuple[Noticed | None, str]] = {
    1: (Noticed("complaint"), "complaint_logged"),
    2: (None, "complaint_declined"),
    3: (Noticed("complaint_call"), "person_wanted"),
}
_UNCLEAR = (Noticed("complaint_unsure"), "moving_on")


def is_worth_offering(before: State, kept: Outcome) -> bool:
    """Say whether to offer it now: words were just kept as an answer, and nobody has offered it before.

    Args:
        before: the state before the reply was taken.
        kept: what taking it came to.
    """
    kept_words = any(isinstance(effect, Answered) and effect.comment for effect in kept[1])
    return kept_words and before.phase == "asking" and "complaint" not in before.marks and not before.discreet


def offer(before: State, kept: Outcome, survey: Survey) -> Outcome:
    """Ask whether it is a complaint in place of the next question, which then waits; arguments as above."""
    state, effects = kept
    quiet = tuple(effect for effect in effects if not isinstance(effect, Say))
    state = state.but(phase="complaint", asks=before.asks, nudged=False, marks=(*state.marks, "complaint"))
    return state, (*quiet, offered(state, survey))


def offered(state: State, survey: Survey, name: str = "complaint_offer") -> Say:
    """Give the words of the offer, or those that ask once more what was meant, with what may be pressed under them."""
    return replace(wording.shared(state, survey, name), choices=wording.choices(state, survey, _OFFER))


def _read(text: str, survey: Survey) -> Answer | Unclear:
    """Understand a number, the words beside it, and a plain yes or no in the person's language."""
    language = survey.languages.get(survey.language)
    for table, spoken, value in ((YES, "yes", _YES), (NO, "no", _NO)):
        words = {*table, *(map(key, getattr(language.words, spoken)) if language else ())}
        if among(text, words):
            return Answer(value)
    return parse_reply(_OFFER, text)


def take(state: State, survey: Survey, reply: Reply, now: datetime) -> Outcome:
    """Take the reply to the offer, ask once more what was meant, and go on with the questions."""
    found = _read(reply.text, survey)
    value = found.value if isinstance(found, Answer) else None
    if isinstance(found, Unclear) and not state.nudged:
        return state.but(nudged=True), (offered(state, survey, "clarify_choice"),)
    notice, name = _WHAT_FOLLOWS.get(value, _UNCLEAR) if isinstance(value, int) else _UNCLEAR
    date = now + IN_TOUCH_WITHIN
    said = wording.shared(state, survey, name, date=f"{date.day} {date:%b}")
    notices = (notice,) if notice else ()
    if name == "moving_on":
        state, more = asking.ask_on(state.but(nudged=False), survey, after=name)
        return state, (*notices, *more)
    state, more = asking.ask_on(state.but(nudged=False), survey)
    return state, (*notices, said, *more)
