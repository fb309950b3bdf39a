"""Reads the labelled text that may be learnt and measured from but never committed, where it is there.

The folder's own README tells sources and licences; docs/analysis.md repeats what matters. Its `dev` rows are for measuring.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from analysis.taxonomy import THEMES
from analysis.training.examples import Example, Part, essence

FOLDER = Path("../shared/data")

_ASKED = {"what_good": "free_good", "could_improve": "free_better"}

NHS_THEMES: Mapping[str, str] = {
    "Staff manner & personal attributes": "respect_warmth",
    "Staff listening, understanding & involving patients": "listened",
    "Care plans": "say_in_plan",
    "Unspecified communication": "communication",
    "Information directly from staff during care": "communication",
    "Information provision & guidance": "communication",
    "Being kept informed, clarity & consistency of information": "communication",
    "Contacting services": "communication",
    "Timeliness of care": "timeliness",
    "Referals & continuity of care": "joined_up",
    "Staff continuity": "continuity",
    "Discharge": "ending",
    "Impact of treatment/ care": "difference",
    "Environment & Facilities": "place_activities",
    "Cleanliness, tidiness & infection control": "place_activities",
    "Activities & access to fresh air": "place_activities",
    "Food & drink provision & facilities": "place_activities",
    "Service location": "access_inclusion",
    "Transport to/ from services": "access_inclusion",
    "Parking": "access_inclusion",
    "Equality, Diversity & Inclusion": "access_inclusion",
    "Feeling safe": "feeling_safe",
}
"""What a label of the NHS's framework is among our themes; the groups that are measured hold both."""

_PHASE_1_THEMES: Mapping[str, str] = {
    "Attitude Of Staff": "respect_warmth",
    "Listening": "listened",
    "Amount/clarity of information": "communication",
    "Communication": "communication",
    "Time spent waiting for first appt/referral/service": "timeliness",
    "Time spent waiting between appointments": "timeliness",
    "Facilities/equipment": "place_activities",
    "Environment/ facilities": "place_activities",
    "Food": "place_activities",
    "Activities": "place_activities",
    "Cleanliness": "place_activities",
    "Location": "access_inclusion",
    "Parking/transport": "access_inclusion",
    "Respect For Diversity/ Person-Centeredness": "access_inclusion",
    "Consistency/Continuity of care": "continuity",
    "Coordination/Integration Of Care": "joined_up",
    "Transition And Discharge": "ending",
    "Made A Difference To My Life": "difference",
    "Feeling safe including bullying": "feeling_safe",
}

GROUPS: Mapping[str, frozenset[str]] = {
    "respect_warmth": frozenset({"respect_warmth"}),
    "listened_or_say": frozenset({"listened", "say_in_plan"}),
    "communication": frozenset({"communication"}),
    "timeliness": frozenset({"timeliness"}),
    "joined_continuity_ending": frozenset({"joined_up", "continuity", "ending"}),
    "difference": frozenset({"difference"}),
    "place_access": frozenset({"place_activities", "access_inclusion"}),
    "feeling_safe": frozenset({"feeling_safe"}),
}
"""The groups in which NHS labels and our themes are compared."""

_SETTLED = frozenset({"respect_warmth", "communication", "timeliness", "difference", "feeling_safe"})
"""Themes that are groups of their own: where phase 2 does not label one of these, it is not there."""


def shared(folder: Path = FOLDER) -> list[Example]:
    """Every labelled row of the folder, one for each text; empty where the folder is not there.

    A text that stands in two sets counts as `dev` in both, so that nothing that is measured is learnt.
    """
    if not folder.is_dir():
        return []
    found = [example for read in _READERS for example in read(folder)]
    measured = {essence(example.text) for example in found if example.part == "dev"}
    return [example for example in found if example.part == "dev" or essence(example.text) not in measured]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _part(row: Mapping[str, str]) -> Part:
    return "dev" if row["split"] == "dev" else "train"


def _risks(folder: Path) -> dict[str, float]:
    return {row["id"]: float(row["risk"]) for row in _rows(folder / "risk_px_labels.csv")}


def _phase_2(folder: Path) -> Iterator[Example]:
    risks = _risks(folder)
    for row in _rows(folder / "px_phase2.csv"):
        labels = row["themes_fine"].split("|")
        themes = {NHS_THEMES[label]: _POLARITY[row["sentiment"]] for label in labels if label in NHS_THEMES}
        groups = [members for members in GROUPS.values() if members & themes.keys()]
        absent = frozenset().union(*(members for members in GROUPS.values() if members not in groups))
        yield Example(
            text=row["text"],
            source="nhs_phase_2",
            part=_part(row),
            question=_ASKED.get(row["question_type"]),
            sentiment=row["sentiment"] or None,
            themes=themes if row["labelled_themes"] == "1" else {},
            theme_ids=absent | themes.keys() | _SETTLED if row["labelled_themes"] == "1" else frozenset(),
            kind=row["kind"],
            concern=float(row["id"] in risks),
            urgent=float(risks.get(row["id"]) == 2),
            weight=1.0 if row["id"] in risks else 0.3,
        )


def _phase_1(folder: Path) -> Iterator[Example]:
    risks = _risks(folder)
    for row in _rows(folder / "px_phase1.csv"):
        labels = row["themes_fine"].split("|")
        themes = {_PHASE_1_THEMES[label]: _POLARITY[row["sentiment"]] for label in labels if label in _PHASE_1_THEMES}
        yield Example(
            text=row["text"],
            source="nhs_phase_1",
            part=_part(row),
            question=_ASKED.get(row["question_type"]),
            sentiment=row["sentiment"] or None,
            themes=themes,
            theme_ids=frozenset(themes),
            concern=float(row["id"] in risks),
            urgent=float(risks.get(row["id"]) == 2),
            weight=1.0 if row["id"] in risks else 0.3,
        )


def _tweets(folder: Path) -> Iterator[Example]:
    return _informal(folder / "vader_tweets.csv", "tweets")


def _goemotions(folder: Path) -> Iterator[Example]:
    return _informal(folder / "goemotions_polarity.csv", "goemotions")


def _informal(path: Path, source: str) -> Iterator[Example]:
    """Short texts to the world at large: they speak of no service, and what real concern is among them is rare.

    So they are without themes, complaint and compliment, and as without concern they count for half.
    """
    for row in _rows(path):
        yield Example(
            text=row["text"],
            source=source,
            part=_part(row),
            sentiment=row["sentiment"] or None,
            theme_ids=frozenset(THEMES),
            complaint=0.0,
            compliment=0.0,
            concern=0.0,
            urgent=0.0,
            weight=0.5,
        )


def _sms(folder: Path) -> Iterator[Example]:
    """Ordinary text messages: false alarms are counted on them, and nothing is ever trained on them."""
    for row in _rows(folder / "sms_ham.csv"):
        yield Example(text=row["text"], source="sms", part="dev", concern=0.0, urgent=0.0, kind=row["split"])


def _risk_authored(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "risk_authored.csv"):
        yield Example(
            text=row["text"],
            source="risk_texts",
            part=_part(row),
            concern=float(row["risk"] != "0"),
            urgent=float(row["risk"] == "2"),
            kind=f"risk {row['risk']}",
        )


_POLARITY = {"positive": "pos", "negative": "neg", "neutral": "", "": ""}
_READERS: tuple[Callable[[Path], Iterator[Example]], ...] = (
    _phase_2,
    _phase_1,
    _tweets,
    _goemotions,
    _sms,
    _risk_authored,
)
