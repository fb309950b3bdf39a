"""The rules that a survey must keep, one function each, in the order in which a person would look.

Each gives what it finds; none decides what becomes of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from surveys.gsm7 import ONE_PART, foreign_characters, septets
from surveys.questions import SCALE_TOP, Question, Survey
from surveys.rendering import IN_SURVEYS, PLACEHOLDER, PLACEHOLDERS, as_asked, at_its_longest

MOST_QUESTIONS = 8

PROVIDER_KEYWORDS = frozenset(
    {"stop", "stopall", "end", "quit", "cancel", "unsubscribe", "start", "unstop", "help", "info"}
)
"""Words on which an SMS provider may act by itself, so that they never reach us.

YES, which opts in, is left out: it is taken off the provider's list, and people text the number beside it.
"""

NEEDED_MESSAGES = (
    *("first_contact_yp", "first_contact_yp_2", "first_contact_parent", "first_contact_parent_2"),
    *("ready_prompt", "declined", "resume", "reminder", "later_ok", "cancelled", "wrong_number"),
    *("help_yp", "help_adult", "stop_confirm", "start_confirm"),
    *("clarify_choice", "clarify_scale", "clarify_scale_two_numbers", "clarify_text", "moving_on", "skipped"),
    *("late_reply", "nothing_open", "media_reply", "other_language", "you_said_we_did"),
    *("urgent_neutral_yp", "urgent_neutral_adult", "urgent_ooh_yp", "urgent_ooh_adult"),
)


@dataclass(frozen=True)
class Finding:
    """Something wrong. `place` is a question's id or a message's name, None for the survey as a whole."""

    place: str | None
    wrong: str
    instead: str


def in_survey(survey: Survey) -> Iterator[Finding]:
    """Give everything wrong in one survey."""
    for rule in _SURVEY_RULES:
        yield from rule(survey)
    for question in survey.questions:
        for question_rule in _QUESTION_RULES:
            yield from question_rule(question)


def in_messages(messages: Mapping[str, str]) -> Iterator[Finding]:
    """Give everything wrong in the shared messages."""
    for name in NEEDED_MESSAGES:
        if name not in messages:
            yield Finding(name, "This message is missing.", f'Add a line `{name}: "words"`.')
    for name, words in messages.items():
        yield from _in_text(name, words, tuple(PLACEHOLDERS))


def _in_text(place: str | None, text: str, gaps: tuple[str, ...], called: str = "The message") -> Iterator[Finding]:
    known = ", ".join(f"{{{gap}}}" for gap in gaps)
    for gap in dict.fromkeys(PLACEHOLDER.findall(text)):
        if gap not in gaps:
            yield Finding(place, f"{{{gap}}} is a gap that nothing fills.", f"Use only {known}.")
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield Finding(place, "A { or } stands alone.", f"Write a gap as {{worker}}; known here: {known}.")
    if foreign := foreign_characters(text):
        wrong = f"Plain SMS cannot carry {' '.join(foreign)}"
        yield Finding(
            place, f"{wrong}, so the text would cost several parts.", "Write it with plain letters and signs."
        )
    length = septets(at_its_longest(text))
    if length > ONE_PART:
        wrong = f"{called} can grow to {length} characters; one SMS holds {ONE_PART}."
        yield Finding(place, wrong, f"Shorten it by {length - ONE_PART}.")


def _texts_fit(survey: Survey) -> Iterator[Finding]:
    for name in ("intro", "closing"):
        text = getattr(survey, name)
        yield from _in_text(name, text, IN_SURVEYS)
        if re.fullmatch(r"[a-z][a-z0-9_]*", text):
            yield Finding(
                name, f"There is no shared message called {text}.", "Add it to messages.yaml, or write the words."
            )
        if not text:
            yield Finding(name, "It is empty.", "Write the words, or the name of a shared message.")
    for number, question in survey.numbered():
        for easy_read in (False, True) if question.text_easy else (False,):
            text = as_asked(question, number, survey.total, easy_read=easy_read)
            called = "The easy-read question" if easy_read else "The question"
            yield from _in_text(question.id, text, IN_SURVEYS, called)


def _number_of_questions(survey: Survey) -> Iterator[Finding]:
    if not 1 <= survey.total <= MOST_QUESTIONS:
        wrong = f"It has {survey.total} questions for everyone."
        yield Finding(None, wrong, f"Keep between 1 and {MOST_QUESTIONS}: people stop answering longer ones.")
    stated = re.search(r"(\d+) (?:quick )?questions", survey.intro)
    if stated and int(stated[1]) != survey.total:
        wrong = f"The opening promises {stated[1]} questions; there are {survey.total}."
        yield Finding("intro", wrong, f"Write {survey.total}.")


def _question_ids(survey: Survey) -> Iterator[Finding]:
    for name, times in Counter(question.id for question in survey.questions).items():
        if times > 1:
            yield Finding(name, f"{times} questions have this id.", "Give each its own, such as q1, q2, q3.")


def _who_and_when(survey: Survey) -> Iterator[Finding]:
    if survey.audience in {"young_person", "parent_carer"} and survey.stage is None:
        yield Finding(None, "A family's survey is about a case stage.", "Write `stage:` assessment, review or closure.")
    if (survey.audience == "young_person") != (survey.age_band is not None):
        yield Finding(None, "Young people, and nobody else, have an age band.", "Add `age_band:`, or take it out.")


def _conditions(survey: Survey) -> Iterator[Finding]:
    before: dict[str, Question] = {}
    for question in survey.questions:
        condition = question.ask_if
        if condition and condition.question not in before:
            wrong = f"It depends on {condition.question}, which does not come before it."
            yield Finding(question.id, wrong, f"Name an earlier question: {', '.join(before) or 'there is none'}.")
        elif condition:
            possible = _values(before[condition.question])
            for value in condition.answered:
                if value not in possible:
                    wrong = f"It waits for {value}, which nobody can answer to {condition.question}."
                    yield Finding(question.id, wrong, f"Use one of: {', '.join(map(str, possible)) or 'nothing'}.")
        before[question.id] = question


def _values(question: Question) -> list[int]:
    scale = list(range(SCALE_TOP + 1)) if question.type == "scale" else []
    return scale or [option.v for option in question.options]


def _options(question: Question) -> Iterator[Finding]:
    if question.type == "choice" and len(question.options) < 2:
        yield Finding(question.id, "A choice needs at least two options.", "Add them below `options:`.")
    if question.type != "choice" and question.options:
        yield Finding(question.id, "Only a choice has options.", "Write `type: choice`, or take the options out.")
    numbers = [option.v for option in question.options]
    if numbers != list(range(1, len(numbers) + 1)):
        wrong = f"The options are numbered {', '.join(map(str, numbers))}."
        yield Finding(question.id, wrong, f"Number them 1 to {len(numbers)}, in that order.")


def _labels(question: Question) -> Iterator[Finding]:
    for label, times in Counter(option.label.lower() for option in question.options).items():
        if times > 1:
            yield Finding(question.id, f'{times} options say "{label}".', "Word each differently.")
        if label.strip(" .!") in PROVIDER_KEYWORDS:
            wrong = f'"{label}" is a word on which the SMS provider acts by itself.'
            yield Finding(question.id, wrong, "Use another word.")


def _scale_rules(question: Question) -> Iterator[Finding]:
    if question.then and question.type != "scale":
        yield Finding(question.id, "Only a scale has rules of its own.", "Put `then:` on the option that it is about.")
    for rule in question.then:
        if (rule.at_most is None) == (rule.between is None):
            yield Finding(question.id, "A rule needs either `at_most` or `between`.", "Write {at_most: 1, flag: …}.")
        ends = rule.between or (rule.at_most or 0,) * 2
        if not 0 <= ends[0] <= ends[1] <= SCALE_TOP:
            yield Finding(
                question.id, "A rule's numbers lie outside the scale.", f"Use 0 to {SCALE_TOP}, smaller first."
            )


_SURVEY_RULES: tuple[Callable[[Survey], Iterator[Finding]], ...] = (
    _who_and_when,
    _number_of_questions,
    _question_ids,
    _conditions,
    _texts_fit,
)
_QUESTION_RULES: tuple[Callable[[Question], Iterator[Finding]], ...] = (_options, _labels, _scale_rules)
