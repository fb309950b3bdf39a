"""The surveys that come with Heard, and how they are found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from surveys.catalogue import BadSurveys, load
from surveys.checking.files import DEFINITIONS, check
from surveys.stages import LEVELS
from surveys.survey import Survey
from tests.shipped import CATALOGUE, LINES


def test_the_definitions_that_come_with_heard_have_no_problem():
    assert check([DEFINITIONS]) == []


TOTALS = {
    "yp_8_10_assessment": 6,
    "yp_8_10_review": 6,
    "yp_8_10_closure": 6,
    "yp_11_15_assessment": 7,
    "yp_11_15_review": 7,
    "yp_11_15_closure": 8,
    "yp_16_25_assessment": 8,
    "yp_16_25_review": 8,
    "yp_16_25_closure": 8,
    "parent_assessment": 8,
    "parent_review": 8,
    "parent_closure": 8,
    "open_access_session": 4,
    "partner_six_monthly": 8,
    "partner_ad_hoc": 4,
    "notifier_triage": 5,
    "district_triage": 4,
    "staff_pulse": 8,
    "staff_event": 4,
    "audit_reflection": 5,
}


def test_all_twenty_surveys_are_there_with_their_questions():
    assert {survey.id: survey.total for survey in CATALOGUE.latest()} == TOTALS


@pytest.mark.parametrize(
    ("survey", "expected"),
    [
        ("yp_8_10_review", {"channels": ("web",), "in_person": True, "delay_days": 0}),
        ("yp_11_15_closure", {"channels": ("sms", "web"), "trigger": "involvement_ended", "delay_days": 3}),
        ("partner_six_monthly", {"trigger": "schedule", "every_months": 6, "stage": None}),
        ("district_triage", {"trigger": "schedule", "every_months": 1, "audience": "staff"}),
        ("staff_pulse", {"anonymous": True, "min_group_size": 11, "every_months": 3}),
        ("staff_event", {"anonymous": True, "min_group_size": 5, "trigger": "event_ended", "delay_days": 1}),
        ("open_access_session", {"anonymous": True, "trigger": "self_start", "audience": "open_access"}),
        ("audit_reflection", {"audience": "staff_or_partner", "trigger": "audit_findings_shared"}),
        ("notifier_triage", {"audience": "notifier", "trigger": "triage_decision_sent", "delay_days": 2}),
    ],
)
def test_who_is_asked_how_and_when(survey, expected):
    found = CATALOGUE.get(survey)
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_childs_faces_and_a_yes_or_no_are_marked_as_such():
    assert [q.id for q in CATALOGUE.get("yp_8_10_review").questions if q.faces] == ["q1", "q2"]
    assert CATALOGUE.get("partner_ad_hoc").question("q4").type == "yes_no"
    assert CATALOGUE.get("parent_review").question("q8").type == "choice"


@pytest.mark.parametrize(
    ("audience", "age_band", "stage", "found"),
    [
        ("parent_carer", None, "review", "parent_review"),
        ("parent_carer", None, "closure", "parent_closure"),
        ("young_person", "16-25", "review", "yp_16_25_review"),
        ("young_person", "11-15", "review", "yp_11_15_review"),
        ("young_person", "8-10", "closure", "yp_8_10_closure"),
        ("parent_carer", None, "assessment", "parent_assessment"),
        ("young_person", "under_8", "review", None),
        ("partner", None, "review", None),
    ],
)
def test_a_survey_is_found_by_who_is_asked_and_when(audience, age_band, stage, found):
    survey = CATALOGUE.for_stage(audience, age_band, stage)
    assert (survey.id if survey else None) == found


@pytest.mark.parametrize(
    ("asked_for", "sentence"),
    [
        (("parent_reveiw", None), "no survey called parent_reveiw; there are: audit_reflection"),
        (("parent_review", 7), "no version 7 of the survey parent_review; the latest is 1"),
    ],
)
def test_an_unknown_survey_is_refused_in_a_sentence(asked_for, sentence):
    with pytest.raises(KeyError, match=sentence):
        CATALOGUE.get(*asked_for)


@pytest.mark.parametrize("audience", ["young_person", "parent_carer", "partner", "staff"])
def test_what_stands_in_when_nothing_is_open_has_no_questions_and_is_found_again(audience):
    survey = CATALOGUE.nothing_open(audience)
    assert (survey.questions, survey.audience, survey.stage) == ((), audience, None)
    assert "no questions open" in survey.messages["nothing_open"]
    assert CATALOGUE.get(survey.id, survey.version) == survey


def test_versions_stand_side_by_side_and_the_latest_is_asked(tmp_path: Path):
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    newer = (folder / "parent_review.yaml").read_text().replace("version: 1", "version: 2").replace("Better", "Good")
    (folder / "parent_review.v2.yaml").write_text(newer)
    catalogue = load(folder, lines=LINES)
    assert catalogue.get("parent_review").version == 2
    assert catalogue.get("parent_review", 1) == CATALOGUE.get("parent_review")
    assert catalogue.for_stage("parent_carer", None, "review") == catalogue.get("parent_review", 2)
    assert len(catalogue.latest()) == len(TOTALS)


def with_levels(folder: Path, levels: str, survey: str = "parent_review_brief") -> Path:
    """The surveys that come with Heard, and one more for parents at a review, in cases of some levels."""
    text = (DEFINITIONS / "parent_review.yaml").read_text()
    folder.joinpath(f"{survey}.yaml").write_text(
        text.replace("id: parent_review", f"id: {survey}").replace(
            "stage: review", f"stage: review\nlevels: [{levels}]"
        )
    )
    return folder


def test_a_survey_that_names_the_level_of_the_case_goes_before_one_that_names_none(tmp_path: Path):
    folder = with_levels(shutil.copytree(DEFINITIONS, tmp_path / "definitions"), "universal, additional")
    catalogue = load(folder, lines=LINES)
    asked = {level: catalogue.for_stage("parent_carer", None, "review", level) for level in (*LEVELS, None)}
    assert {level: survey.id for level, survey in asked.items() if survey} == {
        "universal": "parent_review_brief",
        "additional": "parent_review_brief",
        "intensive": "parent_review",
        "specialist": "parent_review",
        None: "parent_review",
    }


def test_two_surveys_for_the_same_people_are_for_different_levels(tmp_path: Path):
    folder = with_levels(shutil.copytree(DEFINITIONS, tmp_path / "definitions"), "universal, additional")
    with_levels(folder, "specialist, additional", "parent_review_other")
    with pytest.raises(BadSurveys, match="The same people are asked at the same stage as in parent_review_brief"):
        load(folder, lines=LINES)


def test_a_folder_with_problems_is_refused_with_every_one_of_them(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("- not a mapping")
    (tmp_path / "b.yaml").write_text("id: [")
    with pytest.raises(BadSurveys) as refused:
        load(tmp_path)
    assert {problem.file for problem in refused.value.problems} == {"a.yaml", "b.yaml"}
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_definitions_is_refused(tmp_path: Path, name: str):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadSurveys, match="no definitions"):
        load(tmp_path / name)


@pytest.mark.parametrize(
    ("question", "value", "score", "flags"),
    [
        ("q1", 0, 0, ("flag_duty_same_day",)),
        ("q1", 1, 10, ("flag_duty_same_day",)),
        ("q1", 2, 20, ("flag_manager",)),
        ("q1", 3, 30, ("flag_manager",)),
        ("q1", 4, 40, ()),
        ("q1", 10, 100, ()),
        ("q1", None, None, ()),
        ("q4", 1, 100, ()),
        ("q4", 4, 0, ("flag_manager",)),
        ("q5", 4, None, ()),
        ("q6", None, None, ()),
        ("q6", "words", None, ()),
    ],
)
def test_an_answer_has_its_score_and_raises_its_flags(question, value, score, flags):
    asked = CATALOGUE.get("parent_review").question(question)
    assert (asked.score(value), asked.flags(value)) == (score, flags)


def test_a_question_asked_only_after_an_answer_shares_the_number_before_it():
    survey = CATALOGUE.get("parent_review")
    first, second, third = survey.questions[:3]
    depending = second.model_validate({**second.model_dump(), "ask_if": {"question": "q1", "answered": [3]}})
    shorter = Survey.model_validate(
        {**survey.model_dump(), "questions": [q.model_dump() for q in (first, depending, third)]}
    )
    assert [number for number, _ in shorter.numbered()] == [1, 1, 2]
    assert shorter.total == 2
