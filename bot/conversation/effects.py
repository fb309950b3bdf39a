"""What a step asks its caller to do. Data only; the caller keeps, sends and tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from surveys.questions import Value


@dataclass(frozen=True)
class Choices:
    """What may be pressed under a text, on channels that have buttons.

    Attributes:
        question: what is asked; comes back in `Reply.button`.
        options: the number and the label of each.
        several: more than one may be picked.
    """

    question: str
    options: tuple[tuple[int, str], ...]
    several: bool = False


@dataclass(frozen=True)
class Say:
    """Send this text.

    Attributes:
        text: final; every gap is filled.
        message: which wording it is: a shared message ("stop_confirm"), part of a survey ("parent_review.intro",
            "parent_review.q3", "parent_review.closing"), or two that went together ("skipped+parent_review.q4").
        choices: what may be pressed under it; None where everything is typed.
    """

    text: str
    message: str
    choices: Choices | None = None


@dataclass(frozen=True)
class Answered:
    """Keep this answer; it takes the place of an earlier one to the same question.

    Attributes:
        value: what was chosen; None for words, and for skipped and unclear replies.
        score: 0 to 100, higher is better; None where it is left out of averages.
        comment: the person's words, word for word.
        flags: as `surveys.replies.Answer.flags`.
        after: the numbers of earlier messages that were no answer to it; `tries` tells what of their words belongs to it.
    """

    question: str
    metric: str
    value: Value
    score: int | None
    comment: str | None
    flags: tuple[str, ...]
    after: tuple[int, ...] = ()


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


@dataclass(frozen=True)
class Postponed:
    """The person asked for later: remind them on the day that was named."""


Notice = Literal[
    "help",
    "worry_again",
    "read_thread",
    "unsafe_contact",
    "wrong_number",
    "unknown_person",
    "someone_else",
    "person_wanted",
    "other_format",
    "advocate",
    "access_request",
    "erasure_request",
    "complaint",
    "complaint_call",
    "complaint_unsure",
    "other_language",
    "aside",
]

NOTICE_LABELS: Mapping[Notice, str] = {
    "help": "Texted HELP",
    "worry_again": "A second sign of worry in one conversation, or one beside a very low score",
    "read_thread": "A stop word soon after a sign of worry: read the thread",
    "unsafe_contact": "Someone else may be reading this phone",
    "wrong_number": "Says it is the wrong number",
    "unknown_person": "Wrote before saying who holds the phone",
    "someone_else": "Someone else answered in this person's place",
    "person_wanted": "Would like to talk to a person",
    "other_format": "Needs another language or format",
    "advocate": "Would like an advocate",
    "access_request": "Asks what we keep about them",
    "erasure_request": "Asks us to delete what they said",
    "complaint": "Wants this looked at as a complaint",
    "complaint_call": "Not sure about a complaint: wants a call",
    "complaint_unsure": "Offered a complaint; the reply was unclear",
    "other_language": "Wrote in another language",
    "aside": "Changed a message afterwards, or wrote where the conversation had gone on",
}


@dataclass(frozen=True)
class Noticed:
    """Something in the message that a person of ours must know of.

    Attributes:
        severity: how soon: red_today, amber, or None where it is enough to keep it.
    """

    what: Notice
    severity: str | None = "amber"


Effect = Say | Answered | Flagged | OptedOut | OptedIn | Postponed | Noticed
