"""The tables of the evaluation: every system by data set and by group, with the number of texts behind each figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from analysis.tags import Tags
from analysis.taxonomy import THEMES, Concern, Severity
from analysis.training import tables
from analysis.training.examples import Example

ALWAYS, BLOB = "always the commonest", "TextBlob"


def feedback(text: str, audience: str, sentiment: str = "neutral", **themes: str) -> Example:
    known = frozenset(THEMES)
    return Example(text, "feedback", "dev", audience=audience, sentiment=sentiment, themes=themes, theme_ids=known)


def disclosure(text: str, category: str, severity: Severity) -> Example:
    return Example(text, "disclosures", "dev", concern=1.0, category=category, kind=severity)


def tags(sentiment: str | None = None, *themes: str, seen: Severity | None = None) -> Tags:
    concerns = [Concern("suicide", seen, "")] if seen else []
    return Tags("en", sentiment, None, dict.fromkeys(themes, "positive"), concerns, False, False, [])


def table(lines: Iterable[str], title: str) -> list[tuple[str, ...]]:
    """The rows of one table, each figure without its interval."""
    written = list(lines)
    below = written[written.index(f"### {title}") + 4 :]
    rows = takewhile(lambda line: line.startswith("|"), below)
    return [tuple(re.sub(r" \(.*\)", "", cell) for cell in row.strip("| ").split(" | ")) for row in rows]


def test_sentiment_is_told_for_every_system_by_data_set_and_by_who_wrote():
    examples = [
        feedback("I love it, great worker", "child", "positive"),
        feedback("This is terrible", "child", "negative"),
        feedback("it is a Tuesday", "staff", "neutral"),
        Example("brilliant", "tweets", "dev", sentiment="negative"),
    ]
    found = {
        "lite": [tags("positive"), tags("positive"), tags(None), tags("negative")],
        "full": [tags("positive"), tags("negative"), tags("positive"), tags("positive")],
    }
    written = list(tables.sentiment(examples, found))
    by_set = {row[:3]: row[3] for row in table(written, "Sentiment")}
    assert by_set["tweets", "1", BLOB] == by_set["tweets", "1", "VADER"] == by_set["tweets", "1", "full"] == ".000"
    assert by_set["tweets", "1", "lite"] == by_set["tweets", "1", ALWAYS] == "1.000"
    assert by_set["invented feedback", "3", "lite"] == by_set["invented feedback", "3", "full"] == ".667"
    assert [row[:4] for row in table(written, "Sentiment of invented feedback, by who wrote it")] == [
        ("child", "2", ALWAYS, ".500"),
        ("child", "2", BLOB, "1.000"),
        ("child", "2", "VADER", "1.000"),
        ("child", "2", "lite", ".500"),
        ("child", "2", "full", "1.000"),
        ("staff", "1", ALWAYS, "1.000"),
        ("staff", "1", BLOB, "1.000"),
        ("staff", "1", "VADER", "1.000"),
        ("staff", "1", "lite", "1.000"),
        ("staff", "1", "full", ".000"),
    ]


def test_themes_are_told_one_by_one_and_by_who_wrote_and_nhs_ones_in_groups():
    nhs = {"themes": {"listened": "pos"}, "theme_ids": frozenset({"listened", "respect_warmth"})}
    examples = [
        feedback("she listened to me", "child", listened="pos"),
        feedback("hmm", "staff", listened="neg", reliability="neg"),
        Example("hmm", "nhs_phase_2", "dev", **nhs),
    ]
    found = {
        "lite": [tags(None, "listened"), tags(None, "reliability"), tags(None, "say_in_plan")],
        "full": [tags(None, "listened"), tags(None, "listened", "reliability"), tags()],
    }
    written = list(tables.themes(examples, found))
    one_by_one = table(written, "Themes, one by one")
    assert len(one_by_one) == (8 + 16) * 3
    told = {(what.split(",")[0], *more): f1 for what, *more, f1 in one_by_one}
    assert [told["NHS phase 2", "listened_or_say", "1", "1", name] for name in ("lite", "full")] == ["1.000", ".000"]
    assert [told["invented", "listened", "2", "2", name] for name in ("cue words", "lite")] == [".667", ".667"]
    assert told["invented", "listened", "2", "2", "full"] == "1.000"
    assert told["invented", "reliability", "2", "1", "lite"] == "1.000"
    assert told["invented", "reliability", "2", "1", "cue words"] == ".000"
    by_writer = {row[:3]: row[3] for row in table(written, "Themes of invented feedback, by who wrote it")}
    assert by_writer["staff", "1", "lite"] == ".667"
    assert by_writer["staff", "1", "full"] == by_writer["child", "1", "cue words"] == "1.000"


def test_concerns_are_told_by_severity_and_by_category_the_patterns_alone_first():
    examples = [
        disclosure("i want to kill myself", "suicide", "red_now"),
        disclosure("the cupboard has a lock", "neglect", "red_today"),
        Example("i could murder a brew", "harmless", "dev", concern=0.0, kind="look_alike"),
        Example("i am not in danger now", "harmless", "dev", concern=1.0, category="suicide", kind="past_or_negated"),
    ]
    found = {
        "lite": [tags(), tags(), tags(), tags()],
        "full": [tags(seen="amber"), tags(seen="red_today"), tags(seen="amber"), tags()],
    }
    written = list(tables.concerns(examples, found))
    assert [row[0] for row in table(written, "Urgent concerns: found")][::3] == [
        "disclosures, red_now",
        "disclosures, red_today",
        "harmless, past_or_negated",
    ]
    assert table(written, "Urgent concerns: found in disclosures, by category") == [
        ("neglect", "1", "patterns alone", ".000", ".000"),
        ("neglect", "1", "lite", ".000", ".000"),
        ("neglect", "1", "full", "1.000", "1.000"),
        ("suicide", "1", "patterns alone", "1.000", "1.000"),
        ("suicide", "1", "lite", ".000", ".000"),
        ("suicide", "1", "full", ".000", "1.000"),
    ]
    alarms = table(tables.false_alarms(examples, found), "Urgent concerns: false alarms")
    assert {row[0] for row in alarms} == {"harmless, look_alike"}
    assert alarms[-1] == ("harmless, look_alike", "1", "full", ".000", "1.000")
