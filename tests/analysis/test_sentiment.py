"""The guess at the tone, which is only made where it may be."""

from __future__ import annotations

import pytest

from analysis.models.reading import load
from analysis.sentiment import NOT_GUESSED, Sentiment
from analysis.sentiment import sentiment as guess


def sentiment(text: str, question: str | None = None) -> Sentiment:
    return guess(load("full"), text, question=question)


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
        "waa ku mahadsantahay",
        "ga maith agat",
        "https://x.com/a",
        "www.example.org/so-good/and-lovely",
        "@best_worker_ever",
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
        ("it was alright i suppose", "neutral"),
        ("shes bare safe", "positive"),
        ("worker was bare safe tbh", "positive"),
        ("shes been lovely https://x.com/a", "positive"),
    ],
)
def test_sentiment_of_what_families_write(text: str, expected: str) -> None:
    assert sentiment(text).label == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("nothing", "free_better", "positive"),
        ("nothing", "free_change", "positive"),
        ("nothing", "free_worse", "positive"),
        ("nothing", "free_good", "negative"),
        ("very good", "free_good", "positive"),
        ("👍", "free_good", None),
        ("bardzo dobrze", "free_good", None),
        ("nothing", None, None),
    ],
)
def test_a_word_or_two_are_read_with_what_was_asked(text: str, question: str | None, expected: str | None) -> None:
    assert sentiment(text, question).label == expected


def test_nothing_is_guessed_without_a_model() -> None:
    assert guess(None, "she is lovely and kind") == NOT_GUESSED


def test_the_score_lies_between_minus_one_and_one() -> None:
    score = sentiment("absolutely the best most amazing brilliant lovely worker ever").score
    assert score is not None
    assert 0 < score <= 1
