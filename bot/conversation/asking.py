"""From one question to the next: what a reply answers, what is kept of it, and what is said then.

Knows nothing of commands, concerns or phases other than asking and finished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import tries, wording
from bot.conversation.effects import Answered, Effect, Flagged, Say
from bot.conversation.events import Reply
from bot.conversation.state import LATER, State
from surveys.questions import HAS_RANGE, SCALE_TOP, Question, Value
from surveys.replies import Answer, Unclear, parse_reply, settle_two_numbers
from surveys.survey import Survey

Outcome = tuple[State, tuple[Effect, ...]]

MOST_ASKS = 2
"""How often anybody is asked the same thing, a request for a clearer reply included."""

_CLARIFICATIONS: Mapping[str, str] = {
    "choice": "clarify_choice",
    "yes_no": "clarify_choice",
    "choices": "clarify_choices",
    "scale": "clarify_scale",
    "date": "clarify_date",
    "text": "clarify_text",
}


def ask_on(state: State, survey: Survey, *, after: str | None = None) -> Outcome:
    """Ask the open question, or close where none is left; what was asked twice already is let be.

    Args:
        state: `question` is the one to ask.
        survey: the conversation's survey.
        after: a shared message to say before the question ("skipped"); left out before the closing words.
    """
    while state.question is not None and state.asks.get(state.question, 0) >= MOST_ASKS:
        state = _moved_on(state, survey, _open_question(state, survey), None)
    if state.question is None:
        return state.but(phase="finished"), (wording.closing(state, survey),)
    asking = wording.question(state, survey, state.question)
    said = wording.together(state, wording.shared(state, survey, after), asking) if after else (asking,)
    return _asked(state, state.question).but(phase="asking"), said


def begin(state: State, survey: Survey) -> Outcome:
    """Ask the first question."""
    return ask_on(state.but(question=_following(state.answered, survey, 0)), survey)


def take_reply(state: State, survey: Survey, reply: Reply, *, foreign: bool = False, worrying: bool = False) -> Outcome:
    """Take a reply to the open question: keep the answer and ask on, or ask once what was meant.

    Args:
        foreign: the words are in a language that the person is not asked in; they are thanked for them first.
        worrying: the words hold an amber concern; nobody who writes such words is told that we did not get them.
    """
    question, text = _open_question(state, survey), reply.text
    found = parse_reply(question, text)
    if isinstance(found, Unclear) and (worrying or state.asks.get(question.id, 0) < MOST_ASKS):
        thanks = wording.shared(state, survey, "other_language")
        asks_back = thanks if foreign else _clarified(state, survey, question, found)
        return tries.noted(_asked(state, question.id), question.id, reply), (asks_back,)
    after = "moving_on" if isinstance(found, Unclear) and text.strip() else None
    answer = _settled(question, text) if isinstance(found, Unclear) else found
    if "skipped" in answer.flags:
        after = "skipped"
    elif "two_numbers" in answer.flags:
        after = None
    after_tries = () if foreign or reply.severity else state.unclear.get(question.id, ())
    state, kept = keep(state, survey, question, answer, after=after_tries)
    state, said = ask_on(state, survey, after="other_language" if foreign else after)
    return state, (*kept, *said)


def keep_if_answer(state: State, survey: Survey, text: str) -> Outcome:
    """Keep the reply where it answers the open question, and say nothing. Used when a concern was found in it."""
    if state.question is None:
        return state, ()
    question = _open_question(state, survey)
    found = parse_reply(question, text)
    return (state, ()) if isinstance(found, Unclear) else keep(state, survey, question, found)


def way_back(state: State) -> str | None:
    """Give the question that "back" leads to; None where it leads nowhere, since that was put twice already."""
    before = next(reversed(list(state.answered)), None)
    is_put_too_often = before is not None and state.asks.get(before, 0) >= MOST_ASKS
    return None if is_put_too_often else before


def go_back(state: State, survey: Survey) -> Outcome:
    """Ask the question before the open one once more; its answer stands until another takes its place.

    The questions ahead have their asks back, so that whoever went back over them comes to them again.
    """
    before = way_back(state)
    if before is None:
        return state, (wording.shared(state, survey, "no_way_back"),)
    answered = {name: value for name, value in state.answered.items() if name != before}
    asks = {name: times for name, times in state.asks.items() if name in answered or name == before}
    return ask_on(state.but(question=before, answered=answered, asks=asks), survey)


def keep(state: State, survey: Survey, question: Question, answer: Answer, *, after: tuple[int, ...] = ()) -> Outcome:
    """Keep an answer with the flags it raises, and open the question that follows.

    Args:
        after: as `Answered.after`; none before words that a person must look at, since those hold back all beside them.
    """
    value = answer.value
    kept = Answered(question.id, question.metric, value, question.score(value), answer.comment, answer.flags, after)
    flags = tuple(Flagged(flag, question.id) for flag in question.flags(value))
    return _moved_on(state, survey, question, value), (kept, *flags)


def _moved_on(state: State, survey: Survey, question: Question, value: Value) -> State:
    state = tries.over(state.but(answered={**state.answered, question.id: value}), question.id).unmarked(LATER)
    return state.but(question=_after(state, survey, question, value))


def _open_question(state: State, survey: Survey) -> Question:
    return survey.question(state.question or "")


def _asked(state: State, question: str) -> State:
    return state.but(asks={**state.asks, question: state.asks.get(question, 0) + 1})


def _clarified(state: State, survey: Survey, question: Question, found: Unclear) -> Say:
    """Ask once more, in the words that fit the question, with its options to press where they are pressed."""
    say = _words_that_clarify(state, survey, question, found)
    return replace(say, choices=wording.choices(state, survey, question))


def _words_that_clarify(state: State, survey: Survey, question: Question, found: Unclear) -> Say:
    usual_scale = question.type == "scale" and (question.lowest, question.highest) == (0, SCALE_TOP)
    if question.type in HAS_RANGE and not usual_scale:
        ends = {"lowest": str(question.lowest), "highest": str(question.highest)}
        return wording.shared(state, survey, "clarify_number", **ends)
    two_numbers = found.reason == "two_numbers" and question.type == "scale"
    return wording.shared(state, survey, "clarify_scale_two_numbers" if two_numbers else _CLARIFICATIONS[question.type])


def _settled(question: Question, text: str) -> Answer:
    """Give what is kept of a reply that stayed unclear: the words, and of two numbers the one that counts."""
    return settle_two_numbers(question, text) or Answer(None, text if text.strip() else None, ("unclear",))


def _after(state: State, survey: Survey, question: Question, value: Value) -> str | None:
    leads_to = question.skip_to(value)
    places = [each.id for each in survey.questions]
    first = places.index(leads_to) if leads_to in places else places.index(question.id) + 1
    return _following(state.answered, survey, first)


def open_or_next(state: State, survey: Survey) -> str | None:
    """Give the open question, or the next one where the survey as it is now spoken leaves it out; None after the last."""
    here = {question.id for question in survey.questions}
    return state.question if state.question in here else _following(state.answered, survey, 0)


def _following(answered: Mapping[str, Value], survey: Survey, first: int) -> str | None:
    """Give the next question that is to be asked, from a place in the survey's order on; None where all are dealt with."""
    for question in survey.questions[first:]:
        condition = question.ask_if
        if question.id not in answered and (condition is None or condition.holds(answered.get(condition.question))):
            return question.id
    return None
