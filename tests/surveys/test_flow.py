"""Every way through a survey: what can be reached, and the least and most that a way can cost."""

from __future__ import annotations

import pytest

from surveys.flow import Flow
from surveys.questions import Question
from surveys.survey import Survey
from tests.shipped import CATALOGUE


def asked(name: str, **more: object) -> Question:
    return Question.model_validate({"id": name, "metric": "m", "type": "text", "ask": "?", **more})


def choice(name: str, leads: dict[int, str] | None = None, **more: object) -> Question:
    skips = {v: {"skip_to": target} for v, target in (leads or {}).items()}
    options = [{"v": v, "label": f"L{v}", "score": None, **skips.get(v, {})} for v in (1, 2, 3)]
    return asked(name, type="choice", options=options, **more)


def survey(*questions: Question) -> Survey:
    return CATALOGUE.get("parent_review").model_copy(update={"questions": questions})


ONLY_3 = {"question": "a", "answered": [3]}


@pytest.mark.parametrize(
    ("questions", "reached", "least", "most"),
    [
        ((asked("a"), asked("b")), "ab", 2, 2),
        ((choice("a"), asked("b", ask_if=ONLY_3), asked("c")), "abc", 2, 3),
        ((choice("a", {1: "c"}), asked("b"), asked("c")), "abc", 2, 3),
        ((choice("a", {1: "d", 2: "c"}), asked("b"), asked("c"), asked("d")), "abcd", 2, 4),
        ((choice("a", {3: "c"}), asked("b", ask_if=ONLY_3), asked("c")), "ac", 2, 2),
        ((choice("a", {3: "c"}), choice("b", ask_if=ONLY_3), asked("c", ask_if={"question": "b", "answered": [1]})), "a", 1, 1),
        ((choice("a"), choice("b", ask_if=ONLY_3), asked("c", ask_if={"question": "b", "answered": [1]})), "abc", 1, 3),
        (
            (asked("a", type="scale", then=[{"at_most": 3, "skip_to": "c"}, {"between": [4, 10], "skip_to": "c"}]), asked("b"), asked("c")),
            "abc", 2, 3,
        ),  # who skips the scale is asked b
        ((asked("a", type="number", highest=99), asked("b", ask_if={"question": "a", "answered": [42]})), "ab", 1, 2),
        ((choice("a", {1: "a", 2: "zzz"}), asked("b")), "ab", 2, 2),
        ((), "", 0, 0),
    ],
)  # fmt: skip
def test_ways(questions: tuple[Question, ...], reached: str, least: int, most: int):
    flow = Flow(survey(*questions))
    assert flow.reachable() == set(reached)
    assert flow.extremes(dict.fromkeys("abcd", 1)) == (least, most)


def test_every_question_of_every_shipped_survey_can_be_reached():
    for shipped in CATALOGUE.latest():
        assert Flow(shipped).reachable() == {question.id for question in shipped.questions}
