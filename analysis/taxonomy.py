"""The service's own lists: what comments may be about, and the kinds of concern with how fast a person must look at each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from analysis.normalise import read_vocabulary

Severity = Literal["red_now", "red_today", "conduct", "amber"]

ORDER: tuple[Severity, ...] = ("red_now", "red_today", "conduct", "amber")
"""Most serious first. `conduct` is not a degree but a different audience: ask `hides_from_manager` as well."""


class Theme(NamedTuple):
    """A subject that comments may be about."""

    id: str
    label: str
    definition: str
    not_this: str | None


THEMES: Mapping[str, Theme] = {
    entry["id"]: Theme(entry["id"], entry["label"], entry["definition"], entry.get("not_this"))
    for entry in read_vocabulary("themes.yaml")
}
"""Every theme by its id, in the order in which they are shown."""

SEVERITY_OF: Mapping[str, Severity] = {
    "immediate_danger": "red_now",
    "suicide": "red_now",
    "sexual_abuse": "red_now",
    "missing": "red_now",
    "weapons_violence": "red_now",
    "overdose_substance": "red_now",
    "carer_may_harm": "red_now",
    "self_harm": "red_today",
    "physical_abuse": "red_today",
    "emotional_abuse": "red_today",
    "neglect": "red_today",
    "domestic_abuse": "red_today",
    "exploitation_county_lines": "red_today",
    "mental_health_crisis": "red_today",
    "harmful_practices": "red_today",
    "radicalisation": "red_today",
    "threat_to_staff": "red_today",
    "allegation_staff": "conduct",
    "bullying": "amber",
    "housing_destitution": "amber",
    "disclosure_without_words": "amber",
}
"""The urgent categories, each with the severity that the taxonomy gives it."""


class Concern(NamedTuple):
    """A sign that someone may not be safe: what kind, how fast a person must look, and the words that say so."""

    category: str
    severity: Severity
    words: str
