"""Reads the invented corpus beside this file. Authors that are held back are for measuring only."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from analysis.taxonomy import THEMES
from analysis.training.examples import Example, Part

FOLDER = Path(__file__).with_name("invented")


_ELSEWHERE = frozenset(THEMES) - {"feeling_safe", "respect_warmth"}
"""Themes that a disclosure does not speak of, unless it is by one of `_OF_US_TOO`."""
_OF_US_TOO = frozenset({"d09", "d15", "d22", "d25", "d29", "d37", "d39", "d41", "d42"})
"""Authors of disclosures who also say what they think of the service."""
_TOLD_WITH_PAIN = frozenset(
    {
        *("physical_abuse", "emotional_abuse", "domestic_abuse", "immediate_danger", "suicide", "self_harm", "neglect"),
        *("mental_health_crisis", "weapons_violence", "carer_may_harm", "bullying"),
    }
)
"""Categories whose disclosures sound negative; of the others many are told lightly, not knowing what it is."""
_TO_OTHERS = frozenset({"h24", "h25", "h26", "h29", "h33"})
"""Authors of messages to friends and family, in which nothing is said of the service."""


def invented() -> list[Example]:
    """Every row of the corpus. Raises FileNotFoundError where it is missing."""
    return [example for author in _rows(FOLDER / "authors.csv") for example in _of_author(author)]


def _of_author(author: dict[str, str]) -> Iterator[Example]:
    part: Part = "dev" if author["held_back"] == "1" else "train"
    read = _READERS[author["part"]]
    for row in _rows(FOLDER / author["part"] / f"{author['author']}.csv"):
        yield read(row, author["author"], part)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def feedback(row: dict[str, str], author: str, part: Part) -> Example:
    """A row of feedback with every label; a tone that nobody told is None."""
    themes = dict(theme.split(":", 1) for theme in row["themes"].split("|") if theme)
    return Example(
        text=row["text"],
        source="feedback",
        part=part,
        group=author,
        audience=row["audience"] or None,
        question=row["question"] or None,
        sentiment=row["sentiment"] or None,
        themes=themes,
        theme_ids=frozenset(THEMES),
        complaint=float(row["complaint"]),
        compliment=float(row["compliment"]),
        concern=0.0,
        urgent=0.0,
        kind="feedback",
    )


def _disclosure(row: dict[str, str], author: str, part: Part) -> Example:
    return Example(
        text=row["text"],
        source="disclosures",
        part=part,
        group=author,
        audience=row["audience"],
        sentiment=_sounds(row["category"], author, part),
        theme_ids=_ELSEWHERE if author not in _OF_US_TOO else frozenset(),
        complaint=0.0 if row["severity"] != "conduct" else None,
        compliment=0.0,
        concern=1.0,
        urgent=float(row["severity"] != "amber"),
        category=row["category"],
        kind=row["severity"],
    )


def _sounds(category: str, author: str, part: Part) -> str | None:
    """What is learnt of how a disclosure sounds; it is not measured, for nobody labelled it."""
    told_with_pain = category in _TOLD_WITH_PAIN and author not in _OF_US_TOO
    return "negative" if told_with_pain and part == "train" else None


def _harmless(row: dict[str, str], author: str, part: Part) -> Example:
    is_over = row["kind"] == "past_or_negated"
    return Example(
        text=row["text"],
        source="harmless",
        part=part,
        group=author,
        audience=row["audience"],
        theme_ids=frozenset(THEMES) if author in _TO_OTHERS else frozenset(),
        complaint=0.0 if author in _TO_OTHERS else None,
        compliment=0.0 if author in _TO_OTHERS else None,
        concern=float(is_over),
        urgent=0.0,
        category=row["category"] or None,
        kind=row["kind"],
        weight=0.5 if is_over else 1.0,
    )


_READERS = {"feedback": feedback, "disclosures": _disclosure, "harmless": _harmless}
