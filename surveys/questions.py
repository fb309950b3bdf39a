"""The shape of a survey: frozen models that definition files are read into. Holds no wording and reads no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from surveys.stages import AgeBand, Audience, Stage

QuestionType = Literal["choice", "scale_0_10", "text"]
Flag = Literal["flag_duty_same_day", "flag_manager"]
Channel = Literal["sms", "telegram", "web"]

SCALE_TOP = 10
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]


class _Frozen(BaseModel):
    """Strict, so that an unquoted `Yes` (which YAML reads as true) is told of, never turned into a word of ours."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Option(_Frozen):
    """One answer to a choice question.

    Attributes:
        v: the number that people text; options count from 1.
        label: the words beside it.
        score: 0 to 100, higher is better; None leaves the answer out of averages (not sure, not applicable).
        then: a flag that choosing it raises.
    """

    v: int
    label: Words
    score: Annotated[int, Field(ge=0, le=100)] | None
    then: Flag | None = None


class ScaleRule(_Frozen):
    """A flag that a number on the 0 to 10 scale raises: give either `at_most`, or `between` (both ends included)."""

    flag: Flag
    at_most: int | None = None
    between: tuple[int, int] | None = Field(default=None, strict=False)

    def covers(self, value: int) -> bool:
        """Say whether `value` raises the flag."""
        if self.between is not None:
            return self.between[0] <= value <= self.between[1]
        return self.at_most is not None and value <= self.at_most


class AskIf(_Frozen):
    """Asks a question only where an earlier one was answered with one of some values."""

    question: Identifier
    answered: tuple[int, ...] = Field(strict=False, min_length=1)


class Question(_Frozen):
    """One question.

    Attributes:
        metric: what it measures; stays the same across surveys, so that a trend compares like with like.
        ask: the question as everyone gets it.
        text_easy: the easy-read wording, where it differs.
        then: flags raised by a number on the scale; a choice raises those of its option.
        may_elicit_disclosure: people may tell of harm here; staff plan cover by it.
    """

    id: Identifier
    metric: Identifier
    type: QuestionType
    ask: Words
    text_easy: Words | None = None
    options: tuple[Option, ...] = Field(default=(), strict=False)
    then: tuple[ScaleRule, ...] = Field(default=(), strict=False)
    ask_if: AskIf | None = None
    may_elicit_disclosure: bool = False

    def option(self, value: int) -> Option | None:
        """Give the option numbered `value`, or None."""
        return next((option for option in self.options if option.v == value), None)

    def score(self, value: int | str | None) -> int | None:
        """Give the score, 0 to 100, of an answer; None for words, skipped questions and options without a score."""
        if not isinstance(value, int):
            return None
        if self.type == "scale_0_10":
            return value * 10
        option = self.option(value)
        return option.score if option else None

    def flags(self, value: int | str | None) -> tuple[Flag, ...]:
        """Give the flags that an answer raises, in the order of the definition."""
        if not isinstance(value, int):
            return ()
        if self.type == "scale_0_10":
            return tuple(rule.flag for rule in self.then if rule.covers(value))
        option = self.option(value)
        return (option.then,) if option and option.then else ()


class Survey(_Frozen):
    """What one audience is asked at one stage, with every message that its conversation may need.

    Attributes:
        version: counts up whenever a wording, an option or a score changes; answers keep theirs.
        age_band: for young people; None for everyone else.
        stage: the case stage it is about; None where it is about none (partners, staff, and when nothing is open).
        delay_days: days between the stage event and the invitation.
        intro, closing: the words themselves, placeholders unfilled; empty only when nothing is open.
        messages: the shared messages by name, placeholders unfilled.
    """

    id: Identifier
    version: int = Field(ge=1)
    title: Words
    audience: Audience
    age_band: AgeBand | None = None
    stage: Stage | None = None
    channels: tuple[Channel, ...] = Field(strict=False)
    delay_days: int = Field(ge=0)
    intro: str
    closing: str
    questions: tuple[Question, ...] = Field(strict=False)
    messages: Mapping[str, str]

    def question(self, question_id: str) -> Question:
        """Give one question.

        Raises:
            KeyError: the survey has no such question.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        msg = f"Survey {self.id} version {self.version} has no question {question_id}."
        raise KeyError(msg)

    def numbered(self) -> Iterator[tuple[int, Question]]:
        """Give each question with the number people see before it.

        A question asked only after a certain answer carries the number of the one before it, so that the count of
        questions promised in the opening stays true.
        """
        number = 0
        for question in self.questions:
            number += question.ask_if is None
            yield max(number, 1), question

    @property
    def total(self) -> int:
        """How many questions everyone is asked."""
        return sum(question.ask_if is None for question in self.questions)
