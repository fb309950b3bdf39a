"""The case stages we ask about and the people we ask. Words only; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Stage = Literal["assessment", "review", "closure"]
Audience = Literal["young_person", "parent_carer", "partner", "staff"]
AgeBand = Literal["under_8", "8-10", "11-15", "16-25"]

STAGES: tuple[Stage, ...] = ("assessment", "review", "closure")
AUDIENCES: tuple[Audience, ...] = ("young_person", "parent_carer", "partner", "staff")
AGE_BANDS: tuple[AgeBand, ...] = ("under_8", "8-10", "11-15", "16-25")

STAGE_LABELS: Mapping[Stage, str] = {
    "assessment": "Assessment",
    "review": "Formal review",
    "closure": "End of involvement",
}
AUDIENCE_LABELS: Mapping[Audience, str] = {
    "young_person": "Young person",
    "parent_carer": "Parent or carer",
    "partner": "Partner organisation",
    "staff": "Member of staff",
}
