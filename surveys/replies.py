"""What a reply means as an answer to a question. Pure; never raises on anything a person may text."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.questions import Question


@dataclass(frozen=True)
class Answer:
    """A reply that answers the question.

    Attributes:
        value: the option's number, or 0 to 10; None for free text and for a skipped question.
        comment: the whole reply, word for word, where it says more than the value.
        flags: "skipped", "no_comment", "two_numbers", "reaction" or "unclear".
    """

    value: int | str | None
    comment: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unclear:
    """A reply that does not answer the question, and why, as a short fixed word."""

    reason: str


def parse_reply(question: Question, text: str) -> Answer | Unclear:
    """Read `text` as a reply to `question`."""
    if not text.strip():
        return Unclear("blank")
    if question.type == "text":
        return Answer(None, text)
    return Unclear("not_an_answer")
