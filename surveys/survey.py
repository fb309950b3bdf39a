"""A survey: its questions with everything around them, and how it is spoken to one person. Reads no file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Self

from pydantic import Field, PrivateAttr

from surveys.frozen import Frozen, Identifier, Words
from surveys.gaps import Direction
from surveys.languages import ENGLISH, Language, QuestionWording, Wording
from surveys.letters import wording_in_plain_letters
from surveys.questions import Channel, Question, Trigger
from surveys.stages import AgeBand, Audience, Level, Stage


class _Remembered(dict[tuple[str, str], "Survey"]):
    """What has been worked out already; two surveys differ by what they say, not by who was asked already."""

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Remembered)


class Survey(Frozen):
    """What one audience is asked at one stage, with every message that its conversation may need.

    Attributes:
        version: counts up whenever a wording, an option or a score changes; answers keep theirs.
        age_band: for young people; None for everyone else.
        stage: the case stage it is about; None where it is about none (partners, staff, and when nothing is open).
        levels: for families, the levels of case in which it is asked; where it names none, in all that no other one names.
        trigger: what makes its invitations.
        delay_days: days between the trigger and the invitation.
        every_months: for a survey on a schedule, how often it is asked.
        in_person: answered with the worker or on a grown-up's phone; never sent to the child.
        anonymous: no way leads from its answers to a person.
        min_group_size: figures and comments are shown only for so many answers and more.
        intro, closing: the words themselves, placeholders unfilled; empty only when nothing is open.
        wordings: the survey in other languages, by their code; a definition may leave out any part of it.
        messages: the shared messages by name, placeholders unfilled.
        shared: which of them the intro or the closing is, so that other languages find theirs.
        languages: every language there is, by its code.
        language, direction: what it is spoken in, and which way that is written; see `spoken`.
    """

    id: Identifier
    version: int = Field(ge=1)
    title: Words
    audience: Audience
    age_band: AgeBand | None = None
    stage: Stage | None = None
    levels: tuple[Level, ...] = Field(default=(), strict=False)
    channels: tuple[Channel, ...] = Field(strict=False)
    trigger: Trigger
    delay_days: int = Field(default=0, ge=0)
    every_months: int | None = Field(default=None, ge=1, le=12)
    in_person: bool = False
    anonymous: bool = False
    min_group_size: int | None = Field(default=None, ge=2)
    intro: str
    closing: str
    questions: tuple[Question, ...] = Field(strict=False)
    wordings: Mapping[str, Wording] = Field(default_factory=dict)
    messages: Mapping[str, str]
    shared: Mapping[str, str] = Field(default_factory=dict)
    languages: Mapping[str, Language] = Field(default_factory=dict)
    language: str = ENGLISH
    direction: Direction = "ltr"

    _spoken: _Remembered = PrivateAttr(default_factory=_Remembered)

    def __copy__(self) -> Self:
        """Copy it without what was worked out, which may not hold for what is changed in the copy."""
        copied = super().__copy__()
        copied._spoken = _Remembered()  # noqa: SLF001 - one of its own
        return copied

    def __repr__(self) -> str:
        """Name it; all that it says would fill pages."""
        return f"Survey({self.id} version {self.version}, {self.language})"

    def spoken(self, language: str, channel: Channel) -> Survey:
        """Give the survey as one person gets it: in their language, for the channel it travels by.

        Every part that the language lacks stays English, one by one; an unknown language is English altogether. On SMS
        and Telegram the questions for the web are left out; on SMS letters lose their marks where the language says so.
        Call it on the survey as the catalogue gives it. The same one is given each time, so it costs next to nothing.
        """
        known, key = self._spoken, (language, channel)
        if key not in known:
            known[key] = _in_language(self._for_channel(channel), language, channel)
        return known[key]

    def _for_channel(self, channel: Channel) -> Survey:
        kept = tuple(question for question in self.questions if channel == "web" or not question.web_only)
        return self if kept == self.questions else self.model_copy(update={"questions": kept})

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


def _in_language(survey: Survey, code: str, channel: Channel) -> Survey:
    language = survey.languages.get(code)
    if language is None:
        return survey
    plain = language.plain_letters and channel == "sms"
    written: Callable[[str], str] = wording_in_plain_letters if plain else str
    wording = survey.wordings.get(code, Wording())
    nothing = QuestionWording()
    own = {key: language.messages.get(name) for key, name in survey.shared.items()}
    return survey.model_copy(
        update={
            "language": code,
            "direction": language.direction,
            "intro": written(wording.intro or own.get("intro") or survey.intro),
            "closing": written(wording.closing or own.get("closing") or survey.closing),
            "messages": {name: written(words) for name, words in {**survey.messages, **language.messages}.items()},
            "questions": tuple(
                question.worded(wording.questions.get(question.id, nothing), language.words, written)
                for question in survey.questions
            ),
        }
    )
