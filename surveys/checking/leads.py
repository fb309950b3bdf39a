"""Whether people come through a survey as it was meant: conditions, skips, questions that nobody reaches, and loops."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.checking.problems import Finding
from surveys.flow import Flow, TooManyWays
from surveys.questions import HAS_OPTIONS, HAS_RANGE, Question
from surveys.survey import Survey


def in_leads(survey: Survey) -> Iterator[Finding]:
    """Give everything wrong with the ways through a survey."""
    found = [*_conditions(survey), *_skips(survey)]
    yield from found
    yield from _out_of_reach(survey, {finding.place for finding in found})


def _conditions(survey: Survey) -> Iterator[Finding]:
    before: dict[str, Question] = {}
    for question in survey.questions:
        condition = question.ask_if
        earlier = before.get(condition.question) if condition else None
        if condition and earlier is None:
            wrong = f"It depends on {condition.question}, which does not come before it."
            yield Finding(question.id, wrong, f"Name an earlier question: {', '.join(before) or 'there is none'}.")
        elif condition and earlier:
            for value in condition.answered:
                if not _can_be(earlier, value):
                    wrong = f"It waits for {value}, which nobody can answer to {earlier.id}."
                    yield Finding(question.id, wrong, f"Use one of: {_possible(earlier)}.")
            if earlier.web_only and not question.web_only:
                wrong = f"It depends on {earlier.id}, which is asked on the web only."
                yield Finding(question.id, wrong, "Write `web_only: true` here as well, or take it out there.")
        before[question.id] = question


def _can_be(question: Question, value: int) -> bool:
    if question.type in HAS_RANGE:
        return question.lowest <= value <= question.highest
    return question.type in HAS_OPTIONS and question.option(value) is not None


def _possible(question: Question) -> str:
    if question.type in HAS_RANGE:
        return f"{question.lowest} to {question.highest}"
    return ", ".join(str(option.v) for option in question.options) or "nothing, as it has no options"


def _skips(survey: Survey) -> Iterator[Finding]:
    ids = [question.id for question in survey.questions]
    for place, question in enumerate(survey.questions):
        leads = [*(option.skip_to for option in question.options), *(rule.skip_to for rule in question.then)]
        targets = dict.fromkeys(filter(None, leads))
        later = ", ".join(ids[place + 1 :]) or "there is none, so take it out"
        for target in targets:
            if target not in ids:
                yield Finding(
                    question.id, f"It skips to {target}, which is not there.", f"Name a later question: {later}."
                )
            elif ids.index(target) <= place:
                wrong = f"It skips back to {target}, and people would go round for ever."
                yield Finding(question.id, wrong, f"Name a later question: {later}.")


def _out_of_reach(survey: Survey, faulty: set[str | None]) -> Iterator[Finding]:
    try:
        reached = Flow(survey).reachable()
    except TooManyWays:
        yield Finding(None, "There are too many ways through it to check.", "Use fewer conditions and skips.")
        return
    for question in survey.questions:
        if question.id not in reached and question.id not in faulty:
            yield Finding(
                question.id, "Nobody can ever reach it.", "Mend its `ask_if:`, or the `skip_to:` that jumps it."
            )
