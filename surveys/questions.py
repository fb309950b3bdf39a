"""The shape of a survey: frozen models that definition files are read into. Holds no wording and reads no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Literal

from pydantic import Field

from surveys.frozen import Frozen, Identifier, Words
from surveys.languages import QuestionWording, ReplyWords

QuestionType = Literal["choice", "choices", "yes_no", "scale", "number", "date", "text"]
Flag = Literal[
    "flag_duty_same_day",
    "flag_manager",
    "flag_worker",
    "flag_district_manager",
    "flag_triage_manager",
    "complaint_route",
]
Channel = Literal["sms", "telegram", "web"]
Trigger = Literal[
    "assessment_completed",
    "formal_review_held",
    "involvement_ended",
    "triage_decision_sent",
    "event_ended",
    "audit_findings_shared",
    "schedule",
    "self_start",
]

Value = int | str | tuple[int, ...] | None
"""What was answered: the number of an option, of a scale or of a `number`; an ISO date (2026-10-06) of a `date`; the numbers
of the options of a `choices`, smallest first; None for words, and where nothing was answered."""

SCALE_TOP = 10
HAS_OPTIONS: frozenset[QuestionType] = frozenset({"choice", "choices", "yes_no"})
HAS_RANGE: frozenset[QuestionType] = frozenset({"scale", "number"})


class Option(Frozen):
    """One answer to a question with options.

    Attributes:
        v: the number that people text; options count from 1.
        label: the words beside it.
        score: 0 to 100, higher is better; None leaves the answer out of averages (not sure, not applicable).
        then: a flag that choosing it raises.
        skip_to: the question to go on with; None for the one that follows.
    """

    v: int
    label: Words
    score: Annotated[int, Field(ge=0, le=100)] | None
    then: Flag | None = None
    skip_to: Identifier | None = None


class RangeRule(Frozen):
    """What a number on a scale brings about. Give either `at_most`, or `between` (both ends included).

    Attributes:
        flag: the flag that it raises.
        skip_to: the question to go on with.
    """

    flag: Flag | None = None
    skip_to: Identifier | None = None
    at_most: int | None = None
    between: tuple[int, int] | None = Field(default=None, strict=False)

    def covers(self, value: int) -> bool:
        """Say whether the rule is about `value`."""
        if self.between is not None:
            return self.between[0] <= value <= self.between[1]
        return self.at_most is not None and value <= self.at_most


class AskIf(Frozen):
    """Asks a question only where an earlier one was answered with one of some values."""

    question: Identifier
    answered: tuple[int, ...] = Field(strict=False, min_length=1)

    def holds(self, value: Value) -> bool:
        """Say whether that answer to the earlier question lets this one be asked; of several options one is enough."""
        return any(one in self.answered for one in (value if isinstance(value, tuple) else (value,)))


class Question(Frozen):
    """One question.

    Attributes:
        metric: what it measures; stays the same across surveys, so that a trend compares like with like.
        ask: the question as everyone gets it.
        text_easy: the easy-read wording, where it differs.
        options: of a choice, of `choices` (several may be picked) and of yes or no (1 means yes, 2 means no).
        lowest, highest: the ends of a scale or of a number, both included.
        then: what a number on a scale brings about; an option brings about its own.
        faces: the options are shown as faces on the web.
        web_only: left out where the survey travels by SMS or Telegram.
        may_elicit_disclosure: people may tell of harm here; staff plan cover by it.
        words: what people write in the language it is asked in; None for English, which is always understood.
    """

    id: Identifier
    metric: Identifier
    type: QuestionType
    ask: Words
    text_easy: Words | None = None
    options: tuple[Option, ...] = Field(default=(), strict=False)
    lowest: int = 0
    highest: int = SCALE_TOP
    then: tuple[RangeRule, ...] = Field(default=(), strict=False)
    ask_if: AskIf | None = None
    faces: bool = False
    web_only: bool = False
    may_elicit_disclosure: bool = False
    words: ReplyWords | None = None

    def worded(self, wording: QuestionWording, words: ReplyWords, written: Callable[[str], str]) -> Question:
        """Give the question in another language, whatever it lacks in English, each part as `written` gives it."""
        easy = wording.text_easy or (None if wording.ask else self.text_easy)
        labels = wording.options or tuple(option.label for option in self.options)
        options = tuple(
            option.model_copy(update={"label": written(label)})
            for option, label in zip(self.options, labels, strict=True)
        )
        update = {"ask": written(wording.ask or self.ask), "text_easy": easy and written(easy), "options": options}
        return self.model_copy(update={**update, "words": words})

    def option(self, value: int) -> Option | None:
        """Give the option numbered `value`, or None."""
        return next((option for option in self.options if option.v == value), None)

    def score(self, value: Value) -> int | None:
        """Give the score, 0 to 100, of an answer; None for all that is left out of averages."""
        if not isinstance(value, int):
            return None
        if self.type == "scale":
            return round(100 * (value - self.lowest) / (self.highest - self.lowest))
        option = self.option(value)
        return option.score if option else None

    def flags(self, value: Value) -> tuple[Flag, ...]:
        """Give the flags that an answer raises, in the order of the definition."""
        found = (*(rule.flag for rule in self._rules(value)), *(option.then for option in self._chosen(value)))
        return tuple(flag for flag in found if flag)

    def skip_to(self, value: Value) -> str | None:
        """Give the question that an answer leads to, where it is not simply the next one."""
        leading: tuple[RangeRule | Option, ...] = (*self._rules(value), *self._chosen(value))
        return next((found.skip_to for found in leading if found.skip_to), None)

    def _rules(self, value: Value) -> Iterable[RangeRule]:
        return [rule for rule in self.then if isinstance(value, int) and rule.covers(value)] if self.then else ()

    def _chosen(self, value: Value) -> Iterable[Option]:
        numbers = value if isinstance(value, tuple) else (value,)
        return [option for option in self.options if option.v in numbers]
