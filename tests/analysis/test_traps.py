"""What TextBlob reads wrongly, and what slang, understatement and sarcasm turn round: the tone, and what must be looked at."""

from __future__ import annotations

import pytest

from analysis.tags import tagger
from analysis.urgency import most_serious

URGENT = {"red_now", "red_today", "conduct"}

TONES = [
    ("i feel safe", "positive"),
    ("things are better now dad is in prison", "neutral"),
    ("brilliant another worker who never rings back", "negative"),
    ("Great. Three months waiting.", "negative"),
    ("could be better", "negative"),
    ("she never turned up", "negative"),
    ("not listened to at all", "negative"),
    ("nothing has changed", "negative"),
    ("shes a lifesaver", "positive"),
    ("cant fault her", "positive"),
    ("she didnt judge us", "positive"),
    ("that was peak", "negative"),
    ("worker was bare safe", "positive"),
    ("dont feel safe at home", "negative"),
    ("ok", None),
    ("bardzo dobra pani", None),
]


LITE_MISSES = {"she didnt judge us"}
"""What the linear model alone reads wrongly, as docs/analysis.md says."""


@pytest.mark.parametrize(("text", "tone"), TONES)
def test_the_tone_is_what_people_meant(text: str, tone: str | None):
    assert tagger("full")(text).sentiment == tone


@pytest.mark.parametrize(("text", "tone"), [each for each in TONES if each[0] not in LITE_MISSES])
def test_the_linear_model_alone_reads_nearly_all_of_them(text: str, tone: str | None):
    assert tagger("lite")(text).sentiment == tone


@pytest.mark.parametrize("model", ["lite", "full"])
@pytest.mark.parametrize("text", ["I want to die", "yes but he hit me", "He makes me send pictures"])
def test_what_textblob_finds_neutral_is_looked_at_as_urgent(text: str, model: str):
    assert most_serious(tagger(model)(text).concerns) in URGENT


@pytest.mark.parametrize("model", ["lite", "full"])
@pytest.mark.parametrize(
    "text", ["kill me now lol", "he doesnt hit me any more", "she helped me stop cutting", "dont feel safe at home"]
)
def test_what_may_be_nothing_is_looked_at_all_the_same(text: str, model: str):
    assert tagger(model)(text).concerns


@pytest.mark.parametrize("model", ["lite", "full"])
@pytest.mark.parametrize(
    "text", ["i feel safe", "she is sick", "that was peak", "worker was bare safe", "shes a lifesaver"]
)
def test_slang_alone_alarms_nobody(text: str, model: str):
    assert not {concern.severity for concern in tagger(model)(text).concerns} & URGENT
