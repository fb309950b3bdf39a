"""The guess at the tone, which is only made where it may be."""

from __future__ import annotations

import pytest

from analysis.sentiment import NOT_GUESSED, sentiment


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "good",
        "very good",
        "👍👍👍",
        "👍 😊 ❤️ 🙏",
        "ok 👍 😊 ❤️",
        ":) :) :)",
        "",
        "10/10",
        "bardzo dobra pani",
        "дуже добре вона",
        "1 2 3",
    ],
)
def test_sentiment_is_not_guessed_where_it_would_mislead(text: str) -> None:
    assert sentiment(text) == NOT_GUESSED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she actually listens to me", "positive"),
        ("shes a lifesaver", "positive"),
        ("cant fault her", "positive"),
        ("she didnt judge us", "positive"),
        ("dont feel safe at home", "negative"),
        ("she never turned up", "negative"),
        ("not listened to at all", "negative"),
        ("nothing has changed", "negative"),
        ("could be better", "negative"),
        ("i have a worker", "neutral"),
    ],
)
def test_sentiment_of_what_families_write(text: str, expected: str) -> None:
    assert sentiment(text).label == expected


def test_the_score_lies_between_minus_one_and_one() -> None:
    score = sentiment("absolutely the best most amazing brilliant lovely worker ever").score
    assert score is not None
    assert 0 < score <= 1
