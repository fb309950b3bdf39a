"""Each theme's own example phrases, both ways, as its audience would write them. The models learnt them, so this proves no more."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analysis.tags import tagger
from analysis.urgency import most_serious

EXAMPLES = Path("analysis/training/invented/feedback/f41.csv")
POLARITY = {"pos": "positive", "neg": "negative"}
READ_AS_PRAISE = {"Nobody asked what I thought was wrong"}
"""Known to be wrong; a fix takes it out of here."""


def examples() -> list[tuple[str, str, str, str]]:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["audience"], *row["themes"].split(":")) for row in csv.DictReader(file)]


@pytest.mark.parametrize("theme", sorted({theme for _, _, theme, _ in examples()}))
def test_the_examples_of_a_theme_are_found_both_ways_and_wake_nobody(theme: str) -> None:
    read = tagger("full")
    wrong = set()
    for text, audience, named, polarity in examples():
        if named == theme:
            tags = read(text, audience)
            if tags.themes.get(theme) != POLARITY[polarity] or most_serious(tags.concerns) not in {None, "amber"}:
                wrong.add(text)
    assert wrong <= READ_AS_PRAISE
