"""How staff read of people and of what they answered."""

from __future__ import annotations

import pytest

from bot.respondents import value_label, who_label
from surveys.questions import Question, Value
from surveys.stages import AUDIENCE_LABELS
from tests.shipped import CATALOGUE


@pytest.mark.parametrize(
    ("audience", "band", "label"),
    [
        ("parent_carer", None, "Parent or carer"),
        ("young_person", "8-10", "Young person, 8 to 10"),
        ("young_person", "under_8", "Young person, under 8"),
        ("young_person", None, "Young person"),
        ("partner", None, "Partner organisation"),
        ("open_access", None, "Visitor to a session"),
        (None, None, None),
        ("nobody", "8-10", None),
    ],
)
def test_who_somebody_is(audience: str | None, band: str | None, label: str | None):
    assert who_label(audience, band) == label


def test_every_audience_has_a_label():
    assert all(who_label(audience, None) for audience in AUDIENCE_LABELS)


def asked(kind: str, **more: object) -> Question:
    return Question.model_validate({"id": "q", "metric": "m", "type": kind, "ask": "?", **more})


OPTIONS = [{"v": 1, "label": "Yes", "score": None}, {"v": 2, "label": "No", "score": None}]


@pytest.mark.parametrize(
    ("question", "value", "label"),
    [
        (asked("choice", options=OPTIONS), 2, "No"),
        (asked("yes_no", options=OPTIONS), 1, "Yes"),
        (asked("choices", options=OPTIONS), (1, 2), "Yes, No"),
        (asked("choices", options=OPTIONS), (), None),
        (asked("scale"), 7, "7 out of 10"),
        (asked("scale", highest=5), 4, "4 out of 5"),
        (asked("scale", lowest=1, highest=5), 4, "4, on a scale from 1 to 5"),
        (asked("number", highest=99), 12, "12"),
        (asked("date"), "2026-10-06", "6 October 2026"),
        (asked("date"), "soon", "soon"),
        (asked("text"), None, None),
        (CATALOGUE.get("yp_8_10_review").question("q6"), 3, "Their worker"),
    ],
)
def test_what_was_answered(question: Question, value: Value, label: str | None):
    assert value_label(question, value) == label
