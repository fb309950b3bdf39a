"""What a step asks its caller to do. Data only; the caller keeps, sends and tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """Send this text.

    Attributes:
        text: final; every gap is filled.
        message: which wording it is: a shared message ("stop_confirm"), part of a survey ("parent_review.intro",
            "parent_review.q3", "parent_review.closing"), or two that went together ("skipped+parent_review.q4").
    """

    text: str
    message: str


@dataclass(frozen=True)
class Answered:
    """Keep this answer.

    Attributes:
        value: the number given; None for words, and for skipped and unclear replies.
        score: 0 to 100, higher is better; None where it is left out of averages.
        comment: the person's words, word for word.
        flags: as `surveys.replies.Answer.flags`.
    """

    question: str
    metric: str
    value: int | None
    score: int | None
    comment: str | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Flagged:
    """The answer to `question` asks for someone's attention, by the rules of its survey."""

    flag: str
    question: str


@dataclass(frozen=True)
class OptedOut:
    """The person wants no more texts: record it at once."""


@dataclass(frozen=True)
class OptedIn:
    """The person takes their opt-out back."""


Effect = Say | Answered | Flagged | OptedOut | OptedIn
