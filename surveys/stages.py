"""The case stages we ask about and the people we ask. Words only; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Stage = Literal["assessment", "review", "closure"]
Audience = Literal["young_person", "parent_carer", "partner", "notifier", "staff", "staff_or_partner", "open_access"]
AgeBand = Literal["under_8", "8-10", "11-15", "16-25"]
Level = Literal["universal", "additional", "intensive", "specialist"]

STAGES: tuple[Stage, ...] = ("assessment", "review", "closure")
AGE_BANDS: tuple[AgeBand, ...] = ("under_8", "8-10", "11-15", "16-25")
LEVELS: tuple[Level, ...] = ("universal", "additional", "intensive", "specialist")
"""How much help a family has, from the least to the most."""

STAGE_LABELS: Mapping[Stage, str] = {
    "assessment": "Assessment",
    "review": "Formal review",
    "closure": "End of involvement",
}
AUDIENCE_LABELS: Mapping[Audience, str] = {
    "young_person": "Young person",
    "parent_carer": "Parent or carer",
    "partner": "Partner organisation",
    "notifier": "Whoever asked us to help a family",
    "staff": "Member of staff",
    "staff_or_partner": "Member of staff or partner organisation",
    "open_access": "Visitor to a session",
}
FAMILIES: tuple[Audience, ...] = ("young_person", "parent_carer")
"""Who is asked about a stage of their own case."""
