"""From one question to the next: what a reply answers, what is kept of it, and what is said then.

Knows nothing of commands, concerns or phases other than asking and finished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import wording
from bot.conversation.effects import Answered, Effect, Flagged, Say
from bot.conversation.state import State
from surveys.questions import Question, Survey
from surveys.replies import Answer, Unclear, parse_reply, settle_two_numbers

Outcome = tuple[State, tuple[Effect, ...]]

_CLARIFICATIONS: Mapping[str, str] = {"choice": "clarify_choice", "scale": "clarify_scale", "text": "clarify_text"}


def ask_on(state: State, survey: Survey, *, after: str | None = None) -> Outcome:
    """Ask the open question, or close where none is left.

    Args:
        state: `question` is the one to ask.
        survey: the conversation's survey.
        after: a shared message to say before the question ("skipped"); left out before the closing words.
    """
    if state.question is None:
        return replace(state, phase="finished"), (wording.closing(state, survey),)
    asking = wording.question(state, survey, state.question)
    said = wording.together(wording.shared(state, survey, after), asking) if after else (asking,)
    return replace(state, phase="asking"), said


def begin(state: State, survey: Survey) -> Outcome:
    """Ask the first question."""
    return ask_on(_moved_on(state, survey), survey)


def take_reply(state: State, survey: Survey, text: str) -> Outcome:
    """Take a reply to the open question: keep the answer and ask on, or ask once what was meant."""
    question = _open_question(state, survey)
    found = parse_reply(question, text)
    if isinstance(found, Unclear) and not state.nudged:
        return replace(state, nudged=True), (_clarification(state, survey, question, found),)
    after = "moving_on" if isinstance(found, Unclear) and text.strip() else None
    answer = _settled(question, text) if isinstance(found, Unclear) else found
    if "two_numbers" in answer.flags:
        after = None
    state, kept = _keep(state, survey, question, answer)
    state, said = ask_on(state, survey, after="skipped" if "skipped" in answer.flags else after)
    return state, (*kept, *said)


def keep_if_answer(state: State, survey: Survey, text: str) -> Outcome:
    """Keep the reply where it answers the open question, and say nothing. Used when a concern was found in it."""
    if state.question is None:
        return state, ()
    question = _open_question(state, survey)
    found = parse_reply(question, text)
    return (state, ()) if isinstance(found, Unclear) else _keep(state, survey, question, found)


def _open_question(state: State, survey: Survey) -> Question:
    return survey.question(state.question or "")


def _clarification(state: State, survey: Survey, question: Question, found: Unclear) -> Say:
    two_numbers = found.reason == "two_numbers" and question.type == "scale"
    return wording.shared(state, survey, "clarify_scale_two_numbers" if two_numbers else _CLARIFICATIONS[question.type])


def _settled(question: Question, text: str) -> Answer:
    """Give what is kept of a reply that stayed unclear: the words, and of two numbers the one that counts."""
    return settle_two_numbers(question, text) or Answer(None, text if text.strip() else None, ("unclear",))


def _keep(state: State, survey: Survey, question: Question, answer: Answer) -> Outcome:
    value = answer.value if isinstance(answer.value, int) else None
    kept = Answered(question.id, question.metric, value, question.score(value), answer.comment, answer.flags)
    flags = tuple(Flagged(flag, question.id) for flag in question.flags(value))
    state = replace(state, answered={**state.answered, question.id: value})
    return _moved_on(state, survey), (kept, *flags)


def _moved_on(state: State, survey: Survey) -> State:
    """Open the next question that is to be asked, in the survey's order; none where all are dealt with."""
    waiting = (question for question in survey.questions if question.id not in state.answered)
    following = next((question.id for question in waiting if _is_asked(question, state.answered)), None)
    return replace(state, question=following, nudged=False)


def _is_asked(question: Question, answered: Mapping[str, int | None]) -> bool:
    condition = question.ask_if
    return condition is None or answered.get(condition.question) in condition.answered
