"""Who may be asked, in which age band on the day, and how staff read of them and of what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from surveys.questions import Question
from surveys.stages import STAGE_LABELS, AgeBand, Audience

BANDS: tuple[tuple[int, AgeBand], ...] = ((8, "under_8"), (11, "8-10"), (16, "11-15"))
"""Below each age, its band; from 16 on, the last one."""


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
    has_mobile: bool


def age_band(respondent: Respondent, today: date) -> AgeBand | None:
    """The band a young person is in today, worked out from the birth date where it is known; None for adults."""
    if respondent.audience != "young_person":
        return None
    if respondent.birth_date is None:
        return respondent.age_band
    age = years_between(respondent.birth_date, today)
    return next((band for limit, band in BANDS if age < limit), "16-25")


def years_between(born: date, today: date) -> int:
    """Somebody's age in whole years. Who was born on 29 February is a year older on 1 March where there is no 29th."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def who_label(audience: str | None, band: str | None) -> str | None:
    """How staff read who somebody is, such as `Young person, 16 to 25`; None where nobody knows."""
    if audience == "parent_carer":
        return "Parent or carer"
    if audience == "young_person":
        return f"Young person, {band.replace('-', ' to ').replace('_', ' ')}" if band else "Young person"
    return None


def value_label(question: Question, value: int | None) -> str | None:
    """A closed answer as staff read it, such as `Better` or `7 out of 10`; None where there is no number."""
    if value is None:
        return None
    option = question.option(value)
    return option.label if option else f"{value} out of 10"


def stage_label(stage: str) -> str:
    """A case stage as staff read it."""
    return next((label for known, label in STAGE_LABELS.items() if known == stage), stage)
