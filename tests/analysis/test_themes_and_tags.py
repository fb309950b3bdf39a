"""Themes and their words, complaints, compliments, and everything together."""

from __future__ import annotations

import json

import pytest

from analysis.complaints import compliments, is_complaint
from analysis.cueing.clauses import clauses
from analysis.models.reading import load
from analysis.tags import VERSION, method, tag
from analysis.taxonomy import THEMES
from analysis.themes import find_mentions


def themes(text: str, audience: str | None = None) -> dict[str, str]:
    return {mention.theme: mention.polarity for mention in find_mentions(load("full"), text, audience=audience)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lovely worker but always late", {"respect_warmth": "positive", "reliability": "negative"}),
        (
            "she listened to every word but the room was freezing",
            {"listened": "positive", "place_activities": "negative"},
        ),
        ("not listened to at all", {"listened": "negative"}),
        ("he cancelled 3 times", {"reliability": "negative"}),
        ("waited weeks for help", {"timeliness": "negative"}),
        ("had the same worker the whole way through", {"continuity": "positive"}),
        ("ok", {}),
        ("bardzo dobra pani w school", {}),
        ("it was on a tuesday", {}),
    ],
)
def test_each_theme_is_found_with_a_polarity_of_its_own(text: str, expected: dict[str, str]) -> None:
    assert themes(text) == expected


def test_a_mention_says_how_sure_it_is_and_which_words_earned_it() -> None:
    mentions = {each.theme: each for each in find_mentions(load("full"), "lovely worker but always late")}
    assert mentions["respect_warmth"].words == "lovely"
    assert "late" in mentions["reliability"].words
    assert all(0 < each.confidence <= 1 for each in mentions.values())


def test_no_themes_are_guessed_without_a_model() -> None:
    assert find_mentions(None, "lovely worker but always late") == []


def test_themes_of_staff_are_kept_to_staff() -> None:
    assert "staff_support" in themes("my caseload is too high and supervision keeps being moved", audience="staff")
    assert "staff_support" not in themes(
        "my caseload is too high and supervision keeps being moved", audience="partner"
    )


def test_every_theme_has_a_label_and_a_definition() -> None:
    assert len(THEMES) == 16
    assert all(theme.label and theme.definition for theme in THEMES.values())


def test_clauses_are_split_at_the_words_that_turn() -> None:
    assert list(clauses("kind but late. only once though")) == ["kind", "late", "once"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to make a complaint", True),
        ("this is unacceptable", True),
        ("i want a new worker", True),
        ("can someone call me about this", True),
        ("our worker has missed four visits now", True),
        ("the report has wrong information about us", True),
        ("fucking social workers ruined us", True),
        ("no complaints", False),
        ("i cant complain", False),
        ("more evening sessions please", False),
        ("it was bad", False),
        ("she is lovely", False),
        ("i want to complain about the school", False),
        ("2", False),
        ("", False),
    ],
)
def test_a_possible_complaint_is_noticed(text: str, expected: bool) -> None:
    assert is_complaint(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shes fucking amazing, she got my lad back into school", True),
        ("cant fault her", True),
        ("thanks for all your help", True),
        ("my worker stayed with us all night at the hospital, she was so kind", True),
        ("would recommend to anyone", True),
        ("thanks", False),
        ("ok", False),
        ("she was not helpful", False),
        ("wouldnt recommend it", False),
        ("brilliant another worker who never rings back", False),
        ("", False),
    ],
)
def test_praise_to_pass_on_is_noticed(text: str, expected: bool) -> None:
    assert compliments(load("full"), text) is expected


def test_past_harm_in_praise_is_both_a_compliment_and_a_concern() -> None:
    tags = tag("thank you to my worker for all her help, she helped me stop cutting")
    assert tags.compliment
    assert {concern.severity for concern in tags.concerns} == {"amber"}


def test_another_language_has_no_sentiment_no_themes_and_a_concern_to_be_read() -> None:
    tags = tag("bardzo dobra pani i wszystko")
    assert (tags.language, tags.sentiment, tags.score, tags.themes) == ("pl", None, None, {})
    assert [concern.category for concern in tags.concerns] == ["other_language"]


@pytest.mark.parametrize("text", ["👏👏 🙏 ❤️", "👍", "😡", ":) :) :)"])
def test_emoji_alone_have_no_sentiment_and_no_themes(text: str) -> None:
    tags = tag(text)
    assert (tags.language, tags.sentiment, tags.themes, tags.complaint, tags.compliment) == (
        None,
        None,
        {},
        False,
        False,
    )


def test_sentiment_never_decides_urgency() -> None:
    assert tag("kill me now lol its brilliant").concerns


def test_tags_become_plain_json() -> None:
    plain = json.loads(json.dumps(tag("yes but he hit me", "young_person", "What changed?").to_dict()))
    assert set(plain) == {
        *("language", "sentiment", "score", "themes", "concerns", "complaint", "compliment", "mentions"),
    }
    assert plain["concerns"] == [["physical_abuse", "red_today", "he hit me"]]


def test_the_method_and_version_are_named() -> None:
    assert method() == "full"
    assert VERSION
