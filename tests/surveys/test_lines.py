"""The council's lines and helplines: filled once when the definitions are loaded, and refused where they cannot stand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from surveys.catalogue import BadSurveys, load
from surveys.checking.files import DEFINITIONS
from surveys.gaps import LINES as GAPS
from surveys.gaps import PLACEHOLDER, PLACEHOLDERS
from tests.shipped import CATALOGUE, LINES

ELSEWHERE = {**LINES, "child_line": "0300 123 4567", "night_line": "0345 050 7666", "young_helpline": "Meic"}


def every_text(survey):
    yield from (survey.intro, survey.closing, *survey.messages.values())
    for question in survey.questions:
        yield from (question.ask, question.text_easy or "", *(option.label for option in question.options))


@pytest.mark.parametrize("code", ["en", "cy", "pl", "ne"])
def test_only_what_differs_from_person_to_person_is_left_to_fill(code: str):
    for survey in CATALOGUE.latest():
        gaps = {gap for text in every_text(survey.spoken(code, "web")) for gap in PLACEHOLDER.findall(text)}
        assert gaps <= set(PLACEHOLDERS)


def test_no_number_of_any_council_stands_in_a_definition():
    for path in DEFINITIONS.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        found = [line for line in (*LINES.values(), "Kent") if line in text.replace("urgent_999_silent", "")]
        assert found == [], f"{path.name}: write a gap such as {{child_line}} in its place"


def test_another_council_has_its_own_lines_in_every_survey_and_language():
    theirs = load(lines=ELSEWHERE)
    assert "0300 123 4567, nights 0345 050 7666" in theirs.get("parent_review").closing
    assert "call Meic free" in theirs.get("yp_8_10_assessment").closing
    assert "call 0300 123 4567." in theirs.get("notifier_triage").question("q4b").ask
    for code in theirs.languages:
        assert "0345 050 7666" in theirs.get("parent_closure").spoken(code, "sms").closing
    kents = {line for name, line in LINES.items() if ELSEWHERE[name] != line} - {LINES["complaints_line"]}
    assert not [text for survey in theirs.latest() for text in every_text(survey) for line in kents if line in text]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"night_line": ""}, "NIGHT_LINE: This line is missing"),
        ({"night_line": "  "}, "NIGHT_LINE: This line is missing"),
        ({"child_line": "0300 123 45678"}, "CHILD_LINE: It has 14 characters; texts have room for 13. Shorten it."),
        ({"young_helpline": "Zoë"}, "YOUNG_HELPLINE: Plain SMS cannot carry ë"),
        ({"young_helpline": "{brand}"}, "YOUNG_HELPLINE: It holds a { or }"),
        ({"day_line": "1"}, "DAY_LINE: No text has a gap for this line. The lines are: emergency, young_helpline"),
    ],
)
def test_a_line_that_cannot_stand_in_a_text_is_refused_by_its_settings_name(change: dict[str, str], told: str):
    with pytest.raises(BadSurveys) as refused:
        load(lines={**LINES, **change})
    assert told in str(refused.value)


def test_in_a_right_to_left_language_a_line_is_set_apart(tmp_path: Path):
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    arabic = {"code": "ar", "name": "Arabic", "own_name": "العربية", "direction": "rtl", "status": "draft"}
    messages = {"complaint_declined": "للشكوى اتصل على {complaints_line}."}
    content = {**arabic, "most_parts": 2, "words": {}, "messages": messages}
    (folder / "languages" / "ar.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    spoken = load(folder, lines=LINES).get("parent_review").spoken("ar", "sms")
    assert spoken.messages["complaint_declined"] == "للشكوى اتصل على \u206803000 411111\u2069."


def test_without_lines_their_gaps_stay_open():
    assert "{night_line}" in load().get("parent_review").closing


def test_the_shipped_lines_are_all_there_are():
    assert LINES.keys() == GAPS.keys()
