"""Who may be asked, in which age band on the day, and how staff read of them and of what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from surveys.questions import Question, Value
from surveys.stages import AUDIENCE_LABELS, STAGE_LABELS, AgeBand, Audience

BANDS: tuple[tuple[int, AgeBand], ...] = ((8, "under_8"), (11, "8-10"), (16, "11-15"))
"""Below each age, its band; from 16 on, the last one."""

ADULT_FROM = 18
"""Years, from which somebody is given the numbers for help that adults are given, and no longer a child's."""


@dataclass(frozen=True)
class Respondent:
    """Someone who takes part in a case, as far as asking goes.

    Attributes:
        audience: `young_person` or `parent_carer`.
        age_band: as recorded, where the birth date is not known.
        safe_contact: `text`, `discreet` or `none`.
    """

    person_id: int
    audience: Audience
    birth_date: date | None
    age_band: AgeBand | None
    safe_contact: str


def age_band(respondent: Respondent, today: date) -> AgeBand | None:
    """The band a young person is in today, worked out from the birth date where it is known; None for adults."""
    return band_on(respondent.audience, respondent.birth_date, respondent.age_band, today)


def band_on(audience: str | None, born: date | None, recorded: AgeBand | None, today: date) -> AgeBand | None:
    """The same for whom only this is at hand: their birth date, or else the band as recorded."""
    if audience != "young_person":
        return None
    if born is None:
        return recorded
    age = years_between(born, today)
    return next((band for limit, band in BANDS if age < limit), "16-25")


def years_between(born: date, today: date) -> int:
    """Somebody's age in whole years. Who was born on 29 February is a year older on 1 March where there is no 29th."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def who_label(audience: str | None, band: str | None) -> str | None:
    """How staff read who somebody is, such as `Young person, 16 to 25`; None where nobody knows."""
    label = next((label for known, label in AUDIENCE_LABELS.items() if known == audience), None)
    return f"{label}, {band.replace('-', ' to ').replace('_', ' ')}" if label and band else label


def value_label(question: Question, value: Value) -> str | None:
    """An answer as staff read it, such as `Better`, `7 out of 10`, `12` or `6 October 2026`; None where there is none."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return ", ".join(filter(None, (value_label(question, one) for one in value))) or None
    if isinstance(value, str):
        return _day(value)
    if option := question.option(value):
        return option.label.replace("{worker}", "Their worker")
    if question.type == "scale":
        return (
            f"{value} out of {question.highest}"
            if question.lowest == 0
            else f"{value}, on a scale from {question.lowest} to {question.highest}"
        )
    return str(value)


def _day(written: str) -> str:
    """A day as people write it; what is no ISO date stays as it is."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day.day} {day:%B %Y}"


def stage_label(stage: str) -> str:
    """A case stage as staff read it."""
    return next((label for known, label in STAGE_LABELS.items() if known == stage), stage)
