"""A survey as the person it is for sees it, and what it costs to hold its conversation by text. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from channels.text import measure
from surveys.flow import Flow
from surveys.questions import AskIf, Question
from surveys.rendering import PLACEHOLDER, Apart, as_asked, as_asked_apart, isolated
from surveys.survey import Survey

_FIRST_CONTACT: Mapping[str, tuple[str, ...]] = {
    "young_person": ("first_contact_yp", "first_contact_yp_2"),
    "parent_carer": ("first_contact_parent", "first_contact_parent_2"),
}


@dataclass(frozen=True)
class Text:
    """One text message: what it is, its words, the SMS parts it is billed as, and when it is sent, if not always."""

    name: str
    words: str
    parts: int
    when: str = ""


@dataclass(frozen=True)
class Conversation:
    """All that the service texts in one conversation in which every reply is understood.

    Attributes:
        first_contact: takes the place of the opening the first time; empty where nothing does.
        shortest, longest: SMS parts of everything that is sent: the fewest questions that answers can lead to, and the
            most, begun by whichever opening is the longer.
        reminder: parts of a reminder.
        again: parts of the longest text that asks once more what was meant.
    """

    opening: Text
    first_contact: tuple[Text, ...]
    questions: tuple[Text, ...]
    closing: Text
    shortest: int
    longest: int
    reminder: int
    again: int


@dataclass(frozen=True)
class Screen:
    """All that a channel with buttons shows."""

    opening: str
    questions: tuple[tuple[Apart, str], ...]
    closing: str


def by_text(survey: Survey, names: Mapping[str, str], *, easy_read: bool = False) -> Conversation:
    """Give the conversation as it goes by SMS.

    Args:
        survey: as `Survey.spoken` gives it for "sms".
        names: what fills the gaps.
        easy_read: in the easy-read wording.
    """
    questions = tuple(_questions(survey, names, easy_read=easy_read))
    opening = _text("opening", survey.intro, survey, names)
    closing = _text("closing", survey.closing, survey, names)
    first = tuple(
        _text("first", survey.messages[name], survey, names) for name in _FIRST_CONTACT.get(survey.audience, ())
    )
    least, most = Flow(survey).extremes({question.name: question.parts for question in questions})
    openings = (opening.parts, sum(text.parts for text in first) or opening.parts)
    asked_again = [_text(name, words, survey, names) for name, words in survey.messages.items() if "clarify_" in name]
    return Conversation(
        opening=opening,
        first_contact=first,
        questions=questions,
        closing=closing,
        shortest=min(openings) + least + closing.parts,
        longest=max(openings) + most + closing.parts,
        reminder=_text("reminder", survey.messages["reminder"], survey, names).parts,
        again=max(text.parts for text in asked_again),
    )


def on_screen(survey: Survey, names: Mapping[str, str], *, easy_read: bool = False) -> Screen:
    """Give the conversation as it goes where options are pressed; the arguments are those of `by_text`."""

    def filled(asked: Apart) -> Apart:
        options = tuple((number, _filled(label, survey, names)) for number, label in asked.options)
        return Apart(asked.place, _filled(asked.words, survey, names), options, asked.faces)

    return Screen(
        opening=_filled(survey.intro, survey, names),
        questions=tuple(
            (
                filled(as_asked_apart(question, number, survey.total, easy_read=easy_read, direction=survey.direction)),
                _when(question, survey),
            )
            for number, question in survey.numbered()
        ),
        closing=_filled(survey.closing, survey, names),
    )


def _questions(survey: Survey, names: Mapping[str, str], *, easy_read: bool) -> Iterator[Text]:
    for number, question in survey.numbered():
        words = as_asked(question, number, survey.total, easy_read=easy_read, direction=survey.direction)
        yield _text(question.id, words, survey, names, _when(question, survey))


def _when(question: Question, survey: Survey) -> str:
    """Say after which answers a question is asked; "" where everyone gets it."""
    condition = question.ask_if
    if condition is None:
        return ""
    return f"only after {' or '.join(_answers(condition, survey))} to {condition.question}"


def _answers(condition: AskIf, survey: Survey) -> Iterator[str]:
    for value in condition.answered:
        option = survey.question(condition.question).option(value)
        yield f"{value} {option.label}" if option else str(value)


def _text(name: str, words: str, survey: Survey, names: Mapping[str, str], when: str = "") -> Text:
    filled = _filled(words, survey, names)
    return Text(name, filled, measure(filled).parts, when)


def _filled(words: str, survey: Survey, names: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda gap: isolated(names.get(gap[1], gap[0]), survey.direction), words)
