"""The invented corpus: every row labelled in the words that there are, no two alike, and no number but an invented one."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from analysis import urgency
from analysis.normalise import read_vocabulary

CORPUS = Path("analysis/training/invented")
COLUMNS = {
    "feedback": ["text", "audience", "question", "sentiment", "themes", "complaint", "compliment"],
    "disclosures": ["text", "audience", "question", "about", "category", "severity", "language"],
    "harmless": ["text", "audience", "question", "kind", "category", "language"],
}
WORDS = {
    "audience": {"child", "young_person", "parent_carer", "grandparent", "partner", "staff"},
    "sentiment": {"positive", "negative", "neutral"},
    "complaint": {"0", "1"},
    "compliment": {"0", "1"},
    "about": {"self", "child", "friend", "other"},
    "severity": {"red_now", "red_today", "conduct", "amber"},
    "kind": {"harmless", "look_alike", "past_or_negated"},
}
LEAST = {"feedback": 3_000, "disclosures": 2_000, "past_or_negated": 800, "harmless": 1_400, "look_alike": 1_000}
FEWEST_WORDS = 5
NEAR = 0.75
NUMBER = re.compile(r"(?:\+44|0)[\d ]{9,}")

Row = dict[str, str]


def files(part: str) -> list[Path]:
    return sorted((CORPUS / part).glob("*.csv"))


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts() -> list[list[str]]:
    """The words of every row's text."""
    return [
        re.findall(r"\w+", re.sub("['’]", "", row["text"].lower()))
        for part in COLUMNS
        for path in files(part)
        for row in rows(path)
    ]


def are_near(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared >= NEAR * (len(one) + len(other) - shared)


EVERY_FILE = [pytest.param(part, path, id=path.stem) for part in COLUMNS for path in files(part)]
THEMES = {theme["id"] for theme in read_vocabulary("themes.yaml")}
CATEGORIES = {category["id"] for category in urgency.categories()}


@pytest.mark.parametrize(("part", "path"), EVERY_FILE)
def test_every_row_is_labelled_in_the_words_that_there_are(part: str, path: Path):
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS[part]
    for row in rows(path):
        assert row["text"].strip()
        assert {name: row[name] for name in row.keys() & WORDS.keys() if row[name] not in WORDS[name]} == {}
        for theme in filter(None, row.get("themes", "").split("|")):
            name, _, polarity = theme.partition(":")
            assert name in THEMES
            assert polarity in {"pos", "neg", "mixed", "neutral"}
        if part == "disclosures":
            assert row["category"] in CATEGORIES
        if part == "harmless":
            assert (row["category"] in CATEGORIES) == (row["kind"] == "past_or_negated")
        for number in NUMBER.findall(row["text"]):
            assert re.sub(r"\D", "", number).removeprefix("44").removeprefix("0").startswith("7700900")


def test_no_two_rows_say_the_same():
    said = Counter(" ".join(words) for words in texts())
    assert {words for words, often in said.items() if words and often > 1} == set()


def test_no_two_rows_say_nearly_the_same():
    said = [words for words in texts() if len(words) >= FEWEST_WORDS]
    holding = defaultdict(set)
    for place, words in enumerate(said):
        for run in zip(words, words[1:], words[2:], strict=False):
            holding[run].add(place)
    pairs = {pair for places in holding.values() for pair in combinations(sorted(places), 2)}
    sets = [set(words) for words in said]
    near = [(one, other) for one, other in pairs if are_near(sets[one], sets[other])]
    assert [(" ".join(said[one]), " ".join(said[other])) for one, other in near] == []


def test_there_is_enough_of_each_kind():
    kinds = Counter(row.get("kind", part) for part in COLUMNS for path in files(part) for row in rows(path))
    assert {kind: kinds[kind] for kind, least in LEAST.items() if kinds[kind] < least} == {}


def test_every_author_is_told_and_a_third_of_them_are_held_back():
    authors = rows(CORPUS / "authors.csv")
    assert [(one["part"], one["author"]) for one in authors] == [(p, path.stem) for p in COLUMNS for path in files(p)]
    for part in COLUMNS:
        held = [one["held_back"] for one in authors if one["part"] == part]
        assert held.count("1") >= len(held) // 3
