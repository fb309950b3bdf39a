"""Counts in words, and the rows that a digest is made from. Pure: no clock, no rows of a database, no names of people's own.

Small numbers rule: under ten there are no percentages, only "3 of 7", and there is never a score for a worker
(`CoverageRow` and its fellows hold none).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

FEWEST_FOR_PERCENTAGE = 10
"""Under this many people a share is given in words only (requirements 2.5 and 4.2)."""

FEWEST_FOR_SCORE = 10
"""Under this many answers there is no score, whoever looks."""

FEWEST_FOR_RUN_CHART = 6
"""Under this many months there is no run chart (requirements 4.2)."""

HELD_BACK = "held back: "
"""What each reason of a worker's begins with."""

NOT_ASKED_LABELS: dict[str, str] = {
    "no_survey": "no survey for this person at this stage",
    "no_mobile": "no mobile number recorded",
    "unsafe_contact": "no safe way to contact them recorded",
    "asked_recently": "asked about something else within the last weeks",
    "stage_waits": "they are to be asked about a stage of their case first",
    "opted_out": "they have opted out of texts",
    "no_record_of_agreement": "no record yet that they can take part alone",
    "too_young": "too young to be asked by text",
    "too_long_ago": "the stage was too long ago",
    "do_not_contact": "marked as not to be contacted",
    "worker_number": "the number recorded is a worker's",
    "partner_number": "the number recorded is a partner organisation's",
    "number_unconfirmed": "how to reach them must be confirmed by their worker first",
    "held_unsafe": f"{HELD_BACK}not safe to ask now",
    "held_bereaved": f"{HELD_BACK}bereaved",
    "held_no_channel": f"{HELD_BACK}no way to reach them",
    "held_declined": f"{HELD_BACK}they do not want to be asked",
    "names_alike": "somebody else on the same phone has a name that begins alike",
    "no_address": "no address that can be used",
    "same_address": "somebody else who is asked has the same address",
    "other_age": "of another age than the survey is for",
    "case_closed": "their case is not open any more",
    "reopened": "the case was opened again before they could be asked",
    "stepped_up": "the case went to social care",
    "moved_away": "they have moved away",
    "left_case": "they take no part in the case any more",
    "withdrawn": "the stage was recorded by mistake",
    "later_decision": "there was a later decision to ask about",
    "cancelled": "the questions were withdrawn before they had answered",
    "stood_in_for": "they have left or are away: whoever stands in for them is asked",
    "campaign_over": "their turn came after the last day",
}
"""Why somebody was not asked, in words for people. An unknown code is shown as it stands, without underscores."""


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that `day` is in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def label(self) -> str:
        """As people write it: "November 2026"."""
        return f"{self.first_day:%B} {self.year}"

    @property
    def key(self) -> str:
        """As one digest for each manager and period is keyed: "2026-11"."""
        return f"{self.year:04d}-{self.month:02d}"

    def holds(self, day: date) -> bool:
        """Whether `day` is in the month."""
        return Month.of(day) == self


@dataclass(frozen=True)
class CommentRow:
    """One comment, word for word, with what stands beside it.

    Attributes:
        message_id: what it came in; messages are numbered as they come.
        stage: "assessment", "review" or "closure".
        question: as it was asked.
        closed_answer: the nearest closed answer of the same conversation, such as "Better".
        who: in words, such as "Young person, 16 to 25".
        share_with_worker: what the person chose; None where they were not asked.
        themes: theme id to polarity.
        tagged: False where the tags have not been worked out yet; the comment is shown all the same.
        concern: the severity of a concern that the message raised, else None; "conduct" wherever one of its concerns is
            that (`urgency.hides_from_manager`), however serious the others are.
        released: a safeguarding person has released the message to the manager.
        score: 0 to 100, only ever used over ten or more answers.
        metric: what the question measures, such as "free_better"; empty where the words answered none.
        tone_score: how clear `sentiment` is, from -1 to 1; None where it is not known.
        at: the moment at which the words came, where it is known.
        corrected: a person has looked at the tags, and these are theirs.
        overall_answer: the lowest answer of the same conversation to a question about everything, such as "2 out of 10".
        overall_score: its score, 0 to 100.
    """

    answer_id: int
    message_id: int
    case_reference: str
    stage: str
    stage_date: date
    survey_title: str
    question: str
    words: str
    closed_answer: str | None
    answered_on: date
    who: str
    worker: str
    share_with_worker: bool | None
    sentiment: str | None
    themes: Mapping[str, str]
    tagged: bool
    concern: str | None
    released: bool
    complaint: bool
    compliment: bool
    score: int | None
    metric: str = ""
    tone_score: float | None = None
    at: datetime | None = None
    corrected: bool = False
    overall_answer: str | None = None
    overall_score: int | None = None


@dataclass(frozen=True)
class CoverageRow:
    """How far one stage came: who reached it, and of them who was asked, started, answered, declined, or was not asked.

    Whoever reached it was asked, was not for a reason, or is still to be.

    Attributes:
        safe: those for whom a channel is recorded on which it is safe to reach them.
    """

    stage: str
    reached: int
    safe: int
    asked: int
    started: int
    answered: int
    declined: int
    not_asked: Mapping[str, int] = field(default_factory=dict)
    still_to_ask: int = 0


@dataclass(frozen=True)
class FlagRow:
    """A closed answer that the survey wants somebody to see, such as "No" to knowing where to turn.

    `for_worker`: the worker who is to be told of it; empty where it is the line manager's own to see to.
    """

    case_reference: str
    stage: str
    question: str
    answer: str
    flag: str
    on: date
    for_worker: str = ""


@dataclass(frozen=True)
class AlertRow:
    """An alert that nobody has taken on yet: nothing of what was said."""

    reference: str
    severity: str
    on: date


@dataclass(frozen=True)
class UnreadRow:
    """A digest of an earlier month that its manager has not opened."""

    digest_id: int
    month: Month


@dataclass(frozen=True)
class MonthCount:
    """How many were asked and how many answered in a month (its first day)."""

    month: date
    asked: int
    answered: int


def of(part: int, whole: int, what: str = "") -> str:
    """A share in words: "3 of 7 answered", with a percentage from ten up: "12 of 20 answered (60%)"."""
    said = f"{part} of {whole} {what}".strip()
    return f"{said} ({round(100 * part / whole)}%)" if whole >= FEWEST_FOR_PERCENTAGE else said


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 comment", "2 comments"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def reason_label(code: str) -> str:
    """Why somebody was not asked, in words."""
    return NOT_ASKED_LABELS.get(code, code.replace("_", " "))


def mean_score(scores: Iterable[int | None]) -> int | None:
    """The mean of the scores given, rounded; None where there are fewer than ten."""
    given = [score for score in scores if score is not None]
    return round(sum(given) / len(given)) if len(given) >= FEWEST_FOR_SCORE else None


def total(rows: Iterable[CoverageRow], stage: str = "all") -> CoverageRow:
    """All stages together."""
    every = list(rows)
    reasons: dict[str, int] = {}
    for row in every:
        for reason, number in row.not_asked.items():
            reasons[reason] = reasons.get(reason, 0) + number
    return CoverageRow(
        stage=stage,
        reached=sum(row.reached for row in every),
        safe=sum(row.safe for row in every),
        asked=sum(row.asked for row in every),
        started=sum(row.started for row in every),
        answered=sum(row.answered for row in every),
        declined=sum(row.declined for row in every),
        not_asked=reasons,
        still_to_ask=sum(row.still_to_ask for row in every),
    )


def usual_range(rates: Iterable[float]) -> tuple[float, float]:
    """The mean of `rates` give or take 2.66 average moving ranges, within 0 and 1 (the limits of a control chart).

    Raises:
        ValueError: there are fewer than two rates.
    """
    values = list(rates)
    if len(values) < 2:
        raise ValueError("A usual range needs two or more months.")
    mean = sum(values) / len(values)
    moving = sum(abs(later - earlier) for earlier, later in pairwise(values)) / (len(values) - 1)
    return max(0.0, mean - 2.66 * moving), min(1.0, mean + 2.66 * moving)
