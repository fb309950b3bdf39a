"""The rules that a survey must keep, one function each, in the order in which a person would look.

Each gives what it finds; none decides what becomes of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from surveys.checking.leads import in_leads
from surveys.checking.problems import Finding
from surveys.checking.texts import in_wording
from surveys.checking.translations import in_wordings
from surveys.languages import ENGLISH
from surveys.questions import HAS_OPTIONS, HAS_RANGE, Channel, Question, Trigger
from surveys.stages import FAMILIES, Audience, Stage
from surveys.survey import Survey

MOST_QUESTIONS = 8
MOST_WITH_CONDITIONS = 24

PROVIDER_KEYWORDS = frozenset(
    {"stop", "stopall", "end", "quit", "cancel", "unsubscribe", "start", "unstop", "help", "info"}
)
"""Words on which an SMS provider may act by itself, so that they never reach us.

YES, which opts in, is left out: it is taken off the provider's list, and people text the number beside it.
"""

_STAGE_OF: Mapping[Trigger, Stage] = {
    "assessment_completed": "assessment",
    "formal_review_held": "review",
    "involvement_ended": "closure",
}


def in_survey(survey: Survey) -> Iterator[Finding]:
    """Give everything wrong in one survey."""
    for rule in _SURVEY_RULES:
        yield from rule(survey)
    for question in survey.questions:
        for question_rule in _QUESTION_RULES:
            yield from question_rule(question)


def _number_of_questions(survey: Survey) -> Iterator[Finding]:
    if not 1 <= survey.total <= MOST_QUESTIONS:
        wrong = f"It has {survey.total} questions for everyone."
        yield Finding(None, wrong, f"Keep between 1 and {MOST_QUESTIONS}: people stop answering longer ones.")
    if len(survey.questions) > MOST_WITH_CONDITIONS:
        wrong = f"It has {len(survey.questions)} questions, those with a condition included."
        yield Finding(None, wrong, f"Keep at most {MOST_WITH_CONDITIONS}, or make two surveys of it.")
    stated = re.search(r"(\d{1,3}) (?:quick )?questions", survey.intro)
    asked: dict[int, Channel] = {}
    for channel in survey.channels:
        asked.setdefault(survey.spoken(ENGLISH, channel).total, channel)
    for total, channel in asked.items():
        if stated and int(stated[1]) != total:
            where = f" on {channel}" if len(asked) > 1 else ""
            yield Finding(
                "intro", f"The opening promises {stated[1]} questions; there are {total}{where}.", f"Write {total}."
            )


def _question_ids(survey: Survey) -> Iterator[Finding]:
    for name, times in Counter(question.id for question in survey.questions).items():
        if times > 1:
            yield Finding(name, f"{times} questions have this id.", "Give each its own, such as q1, q2, q3.")


def _who_and_when(survey: Survey) -> Iterator[Finding]:
    families: tuple[Audience, ...] = FAMILIES
    wanted = _STAGE_OF.get(survey.trigger)
    if survey.audience in families and survey.stage is None:
        yield Finding(None, "A family's survey is about a case stage.", "Write `stage:` assessment, review or closure.")
    elif survey.stage != wanted:
        wrong = f"It is about the stage {survey.stage or 'none'}, and its trigger is {survey.trigger}."
        fitting = next((trigger for trigger, stage in _STAGE_OF.items() if stage == survey.stage), "another one")
        yield Finding(None, wrong, f"Write `trigger: {fitting}`, or mend `stage:`.")
    if (survey.audience == "young_person") != (survey.age_band is not None):
        yield Finding(None, "Young people, and nobody else, have an age band.", "Add `age_band:`, or take it out.")
    if survey.levels and survey.stage is None:
        yield Finding(None, "Only what is asked about a case stage can be for some levels.", "Take `levels:` out.")
    for level, times in Counter(survey.levels).items():
        if times > 1:
            yield Finding(None, f"`levels:` names {level} {times} times.", "Name each once.")
    if (survey.trigger == "schedule") != (survey.every_months is not None):
        yield Finding(
            None, "A survey on a schedule, and no other, says how often.", "Add `every_months:`, or take it out."
        )


def _channels(survey: Survey) -> Iterator[Finding]:
    if not survey.channels:
        yield Finding(None, "It travels by no channel.", "Write `channels: [sms, web]`, or those that fit.")
    for channel, times in Counter(survey.channels).items():
        if times > 1:
            yield Finding(None, f"`channels:` names {channel} {times} times.", "Name each once.")
    for question in survey.questions:
        if question.web_only and "web" not in survey.channels:
            yield Finding(
                question.id, "It is for the web only, where this survey is not asked.", "Add web to `channels:`."
            )


def _options(question: Question) -> Iterator[Finding]:
    has_options = question.type in HAS_OPTIONS
    if has_options and len(question.options) < 2:
        yield Finding(question.id, "A choice needs at least two options.", "Add them below `options:`.")
    elif question.type == "yes_no" and len(question.options) != 2:
        wrong = f"Yes or no has two options; there are {len(question.options)}."
        yield Finding(question.id, wrong, "Keep 1 for yes and 2 for no, or write `type: choice`.")
    if not has_options and question.options:
        yield Finding(question.id, "Only a choice has options.", "Write `type: choice`, or take the options out.")
    if question.faces and question.type != "choice":
        yield Finding(question.id, "Only the options of a choice can be faces.", "Take `faces:` out.")
    numbers = [option.v for option in question.options]
    if numbers != list(range(1, len(numbers) + 1)):
        wrong = f"The options are numbered {', '.join(map(str, numbers[:20]))}."
        yield Finding(question.id, wrong, f"Number them 1 to {len(numbers)}, in that order.")


def _labels(question: Question) -> Iterator[Finding]:
    for label, times in Counter(option.label.lower() for option in question.options).items():
        if times > 1:
            yield Finding(question.id, f'{times} options say "{label}".', "Word each differently.")
        if label.strip(" .!") in PROVIDER_KEYWORDS:
            wrong = f'"{label}" is a word on which the SMS provider acts by itself.'
            yield Finding(question.id, wrong, "Use another word.")


def _ranges(question: Question) -> Iterator[Finding]:
    has_range = question.type in HAS_RANGE
    given = question.model_fields_set & {"lowest", "highest"}
    if not has_range and given:
        yield Finding(
            question.id, "Only a scale or a number has a lowest and a highest.", f"Take out {', '.join(given)}."
        )
    if has_range and not 0 <= question.lowest < question.highest <= 9999:
        wrong = f"It goes from {question.lowest} to {question.highest}."
        yield Finding(
            question.id, wrong, "Make `lowest:` 0 or more and smaller than `highest:`, and that at most 9999."
        )
    if question.then and not has_range:
        yield Finding(
            question.id, "Only a scale or a number has rules of its own.", "Put `then:` on the option that it is about."
        )
    for rule in question.then:
        if (rule.at_most is None) == (rule.between is None):
            yield Finding(question.id, "A rule needs either `at_most` or `between`.", "Write {at_most: 1, flag: …}.")
        if rule.flag is None and rule.skip_to is None:
            yield Finding(question.id, "A rule brings nothing about.", "Give it `flag:` or `skip_to:`.")
        low, high = rule.between or (rule.at_most or 0,) * 2
        if has_range and not question.lowest <= low <= high <= question.highest:
            yield Finding(
                question.id,
                "A rule's numbers lie outside the scale.",
                f"Use {question.lowest} to {question.highest}, smaller first.",
            )


_SURVEY_RULES: tuple[Callable[[Survey], Iterator[Finding]], ...] = (
    _who_and_when,
    _channels,
    _number_of_questions,
    _question_ids,
    in_leads,
    in_wording,
    in_wordings,
)
_QUESTION_RULES: tuple[Callable[[Question], Iterator[Finding]], ...] = (_options, _labels, _ranges)
