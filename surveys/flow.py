"""Every way through a survey's questions, as far as conditions and skips tell them apart. Asks nobody anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from surveys.questions import HAS_OPTIONS, HAS_RANGE, Question, Value
from surveys.survey import Survey

Step = tuple[int, frozenset[str]]
"""Where somebody stands: the place of the next question, and the questions whose conditions hold so far."""

MOST_STEPS = 20_000
"""More ways than any survey that people could follow; a file made to waste time stops here."""


class TooManyWays(Exception):
    """There are more ways through the survey than anyone could follow."""


def telling_values(question: Question, conditions: tuple[Question, ...]) -> list[Value]:
    """Give enough values of an answer to see everything that it may lead to; None stands for a skipped question."""
    if question.type in HAS_OPTIONS:
        return [None, *(option.v for option in question.options)]
    if question.type not in HAS_RANGE:
        return [None]
    edges = {question.lowest, question.highest}
    for rule in question.then:
        low, high = rule.between or (question.lowest, rule.at_most or 0)
        edges |= {low - 1, low, high, high + 1}
    for other in conditions:
        answered = other.ask_if.answered if other.ask_if else ()
        edges |= {near for value in answered for near in (value - 1, value, value + 1)}
    return [None, *sorted(edge for edge in edges if question.lowest <= edge <= question.highest)]


class Flow:
    """The ways through one survey. Leads that go nowhere or back are taken as if they were not there."""

    def __init__(self, survey: Survey) -> None:
        self._questions = survey.questions
        self._places = {question.id: place for place, question in enumerate(survey.questions)}
        self._waiting: dict[str, tuple[Question, ...]] = {
            question.id: tuple(q for q in survey.questions if q.ask_if and q.ask_if.question == question.id)
            for question in survey.questions
        }
        self._leads = [self._leads_of(place, question) for place, question in enumerate(survey.questions)]

    def reachable(self) -> set[str]:
        """Give the ids of the questions that somebody may be asked.

        Raises:
            TooManyWays: there are too many ways to look at.
        """
        return {self._questions[step[0]].id for step in self._steps() if self._is_asked(step)}

    def extremes(self, cost: Mapping[str, int]) -> tuple[int, int]:
        """Give the least and the most that a way through can cost, where asking a question costs what `cost` says.

        Raises:
            TooManyWays: there are too many ways to look at.
        """
        known: dict[Step, tuple[int, int]] = {}
        for step in sorted(self._steps(), key=lambda step: -step[0]):  # leads go forward, so the end is known first
            after = [known.get(onward, (0, 0)) for onward in self._onward(step)]
            own = cost[self._questions[step[0]].id] if self._is_asked(step) else 0
            known[step] = own + min(least for least, _ in after), own + max(most for _, most in after)
        return known.get((0, frozenset()), (0, 0))

    def _steps(self) -> set[Step]:
        seen: set[Step] = set()
        waiting: list[Step] = [(0, frozenset())]
        while waiting:
            step = waiting.pop()
            if step not in seen and step[0] < len(self._questions):
                seen.add(step)
                if len(seen) > MOST_STEPS:
                    raise TooManyWays
                waiting.extend(self._onward(step))
        return seen

    def _is_asked(self, step: Step) -> bool:
        question = self._questions[step[0]]
        return question.ask_if is None or question.id in step[1]

    def _onward(self, step: Step) -> Iterator[Step]:
        place, held = step
        if not self._is_asked(step):
            yield place + 1, held
            return
        for target, opens in self._leads[place]:
            yield target, held | opens

    def _leads_of(self, place: int, question: Question) -> set[tuple[int, frozenset[str]]]:
        """Give where answers lead, and which later questions they open."""
        waiting = self._waiting[question.id]
        leads = set()
        for value in telling_values(question, waiting):
            target = self._places.get(question.skip_to(value) or "", -1)
            opens = frozenset(other.id for other in waiting if other.ask_if and other.ask_if.holds(value))
            leads.add((target if target > place else place + 1, opens))
        return leads
