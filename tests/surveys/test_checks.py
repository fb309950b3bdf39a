"""Every way of spoiling a definition is told of: where, what is wrong, and what to write instead."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from surveys.checking.files import DEFINITIONS, check
from surveys.checking.messages import NEEDED_MESSAGES
from surveys.languages import Language, QuestionWording, Wording
from surveys.questions import AskIf, Option, Question, RangeRule
from surveys.survey import Survey

REVIEW = (DEFINITIONS / "parent_review.yaml").read_text(encoding="utf-8")
MESSAGES = (DEFINITIONS / "messages.yaml").read_text(encoding="utf-8")
CHANGE = "Since we started, have things got"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of some of the definitions, to spoil."""
    home = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS / "languages", home / "languages")
    for name in ("messages.yaml", "parent_review.yaml", "parent_closure.yaml"):
        shutil.copy(DEFINITIONS / name, home)
    return home


@pytest.mark.parametrize(
    ("old", "new", "question", "told"),
    [
        ('label: "Better"', "label: Yes", "q2", "`label` is true, not words. Put the words in quotes"),
        ("metric: reliable", "metrik: reliable", "q3", "`metrik` is not a word we know here"),
        ("metric: reliable\n", "\n", "q3", "`metric` is missing"),
        ("type: text", "type: txt", "q6", "Write one of: 'choice', 'choices', 'yes_no'"),
        ("id: q3", "id: q2", "q2", "2 questions have this id"),
        ('{v: 3, label: "Worse"', '{v: 5, label: "Worse"', "q2", "The options are numbered 1, 2, 5, 4. Number them 1 to 4"),
        ('label: "Worse"', 'label: "Better"', "q2", '2 options say "better"'),
        ('label: "Worse"', 'label: "STOP"', "q2", "the SMS provider acts by itself"),
        ("score: 75}", "score: 175}", "q3", "`score` is 175. Write 100 or less"),
        (CHANGE, "Since we, your {wroker}, started", "q2", "{wroker} is a gap that nothing fills"),
        (CHANGE, "Since we started on {day}", "q2", "{day} is a gap that nothing fills"),
        (CHANGE, "Since {worker started", "q2", "A { or } stands alone"),
        (CHANGE, CHANGE + " x" * 50, "q2", "The question can grow to 183 characters; one SMS holds 160. Shorten it by 23."),
        (CHANGE, CHANGE + " €" * 36, "q2", "can grow to 191"),
        (CHANGE, "Since we started — have things got", "q2", "Plain SMS cannot carry —"),
        ('"Are things"', '"Are things ł"', "q2", "Plain SMS cannot carry ł"),
        ("closing: closing_parent", "closing: closing_parents", "closing", "no shared message called closing_parents"),
        ("8 quick questions", "7 quick questions", "intro", "promises 7 questions; there are 8"),
        ("version: 1", "version: one", None, "`version` is one. Write a whole number"),
        ("version: 1", "version: 0", None, "`version` is 0. Write 1 or more"),
        ("stage: review", "stage: reviews", None, "Write one of: 'assessment', 'review' or 'closure'"),
        ("stage: review\n", "", None, "A family's survey is about a case stage"),
        ("stage: review", "stage: closure", None, "The same people are asked at the same stage"),
        ("stage: review", 'stage: review\nage_band: "8-10"', None, "Young people, and nobody else, have an age band"),
        ("stage: review", "stage: closure\nlevels: [universal]", None, "`trigger: involvement_ended`, or mend"),
        ("stage: review", "stage: review\nlevels: [many]", None, "`levels` is many"),
        ("stage: review", "stage: review\nlevels: [universal, universal]", None, "`levels:` names universal 2 times"),
        ("stage: review\n", "levels: [universal]\n", None, "Only what is asked about a case stage can be for some levels"),
        ("id: parent_review", "id: parent_closure", None, "Version 1 stands in more than one file"),
        ("between: [2, 3]", "between: [3, 2]", "q1", "smaller first"),
        ("at_most: 1", "at_least: 1", "q1", "`at_least` is not a word we know here"),
        ("{at_most: 1, flag", "{flag", "q1", "A rule needs either `at_most` or `between`"),
        ("flag: flag_manager", "flag: tell_boss", "q1", "`flag` is tell_boss"),
        ("metric: say_in_plan", "metric: say_in_plan\n  ask_if: {question: q9, answered: [1]}", "q4", "does not come before it"),
        ("metric: say_in_plan", "metric: say_in_plan\n  ask_if: {question: q5, answered: [1]}", "q4", "does not come before it"),
        ("metric: say_in_plan", "metric: say_in_plan\n  ask_if: {question: q2, answered: [9]}", "q4", "nobody can answer to q2"),
        ("questions:\n", 'questions:\n- {id: q0, metric: more, type: text, ask: "More?"}\n', None, "It has 9 questions"),
        ("metric: free_good\n  type: text", "metric: free_good\n  type: choice", "q6", "A choice needs at least two options"),
        ("metric: change_since\n  type: choice", "metric: change_since\n  type: text", "q2", "Only a choice has options"),
        ("type: text", "type: text\n  highest: 5", "q6", "Only a scale or a number has a lowest and a highest. Take out highest"),
        ("type: scale", "type: scale\n  lowest: 10", "q1", "It goes from 10 to 10"),
        ("type: scale", "type: number\n  highest: 99999", "q1", "It goes from 0 to 99999"),
        ("type: scale", "type: scale\n  highest: 2", "q1", "A rule's numbers lie outside the scale. Use 0 to 2"),
        ("metric: joined_up\n  type: choice", "metric: joined_up\n  type: yes_no", "q5", "Yes or no has two options; there are 4"),
        ("metric: free_good\n  type: text", "metric: free_good\n  type: choices", "q6", "A choice needs at least two options"),
        ("metric: free_good", "metric: free_good\n  faces: true", "q6", "Only the options of a choice can be faces"),
        ("{at_most: 1, flag: flag_duty_same_day}", "{at_most: 1}", "q1", "A rule brings nothing about"),
        ('"Better", score: 100', '"Better", score: 100, skip_to: q9', "q2", "It skips to q9, which is not there. Name a later question: q3, q4"),
        ('"Better", score: 100', '"Better", score: 100, skip_to: q2', "q2", "It skips back to q2, and people would go round for ever"),
        ("{at_most: 1, flag", "{at_most: 1, skip_to: q1, flag", "q1", "It skips back to q1"),
        ('"Manager only", score: null', '"Manager only", score: null, skip_to: q1', "q8", "Name a later question: there is none"),
        ("metric: say_in_plan", "metric: say_in_plan\n  ask_if: {question: q6, answered: [1]}", "q4", "does not come before it"),
        ("metric: free_good", "metric: free_good\n  ask_if: {question: q1, answered: [11]}", "q6", "nobody can answer to q1. Use one of: 0 to 10"),
        ("metric: share_pref", "metric: share_pref\n  ask_if: {question: q6, answered: [1]}", "q8", "Use one of: nothing, as it has no options"),
        ("metric: free_better", "metric: free_better\n  web_only: true", "intro", "promises 8 questions; there are 7 on sms"),
        ("channels: [sms, telegram, web]", "channels: []", None, "It travels by no channel"),
        ("channels: [sms, telegram, web]", "channels: [sms, sms]", None, "`channels:` names sms 2 times"),
        ("trigger: formal_review_held", "trigger: schedule", None, "Write `trigger: formal_review_held`, or mend `stage:`"),
        ("delay_days: 1", "delay_days: 1\nevery_months: 6", None, "A survey on a schedule, and no other, says how often"),
        ("Does {worker} do what", "Does {child_line} {night_lines} do what", "q3", "{night_lines} is a gap that nothing fills"),
        ("trigger: formal", "language: cy\ntrigger: formal", None, "`language` is not a word we know here"),
        ("delay_days: 1", "delay_days: 1\nmessages: {}", None, "`messages` is not a word we know here"),
    ],
)  # fmt: skip
def test_a_spoilt_survey_is_told_of_in_one_plain_line(
    folder: Path, old: str, new: str, question: str | None, told: str
):
    assert old in REVIEW
    (folder / "parent_review.yaml").write_text(REVIEW.replace(old, new, 1), encoding="utf-8")
    problems = [p for p in check([folder]) if told in str(p) and p.file == "parent_review.yaml"]
    assert [problem.question for problem in problems] == [question]
    assert "\n" not in str(problems[0])


@pytest.mark.parametrize(
    ("old", "new"),
    [("delay_days: 1", "anonymous: true"), ("audience: parent_carer\nstage: review", "audience: partner")],
)
def test_who_is_not_known_has_no_worker_to_name(folder: Path, old: str, new: str):
    (folder / "parent_review.yaml").write_text(REVIEW.replace(old, new), encoding="utf-8")
    told = [p for p in check([folder]) if "{worker} is a gap that nothing fills. Use only {brand}, {url}," in str(p)]
    assert {problem.question for problem in told} == {"closing", "q3", "q8"}


def test_a_question_that_nobody_reaches_is_told_of(folder: Path):
    leads = REVIEW.replace('"Haven\'t seen a plan", score: 0', '"Haven\'t seen a plan", score: 0, skip_to: q6')
    unreachable = "metric: joined_up\n  ask_if: {question: q4, answered: [4]}"
    (folder / "parent_review.yaml").write_text(leads.replace("metric: joined_up", unreachable), encoding="utf-8")
    told = [problem for problem in check([folder]) if "Nobody can ever reach it" in problem.wrong]
    assert [problem.question for problem in told] == ["q5"]


def test_a_condition_on_a_question_of_the_web_alone_is_told_of(folder: Path):
    spoilt = REVIEW.replace("metric: change_since", "metric: change_since\n  web_only: true")
    spoilt = spoilt.replace("metric: joined_up", "metric: joined_up\n  ask_if: {question: q2, answered: [3]}")
    (folder / "parent_review.yaml").write_text(spoilt, encoding="utf-8")
    assert any("q2, which is asked on the web only" in str(p) for p in check([folder]) if p.question == "q5")


CLOSURE = (DEFINITIONS / "parent_closure.yaml").read_text(encoding="utf-8")
WELSH = (DEFINITIONS / "languages" / "cy.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "question", "told"),
    [
        ('      q4: {ask: "Beth helpodd', '      q9: {ask: "Beth helpodd', "q9", "cy has a wording for a question that is not there"),
        ('"Gwael iawn"]', '"Gwael", "Iawn"]', "q1", "cy has 6 options; the question has 5"),
        ("  cy:\n", "  xx:\n", None, "`wordings:` has xx, which has no file. Languages that have one: cy, ne, pl"),
        ("  cy:\n", "  CYM:\n", None, "`wordings:` has CYM, which has no file"),
        ("Beth helpodd eich teulu fwyaf?", "Beth" + " helpodd" * 25, "q4", "In Welsh: The question can grow to"),
        ("Beth helpodd eich teulu fwyaf?", "Beth {helpodd}?", "q4", "In Welsh: {helpodd} is a gap that nothing fills"),
        ("हामीले के अझ राम्रो गर्न सक्थ्यौं?", "राम्रो " * 40, "q5", "In Nepali: The question can grow to 284 characters; 3 SMS hold 201"),
        ('"Do", "Rhy gynnar"', "Do, [1]", "q6", "`options` is [1], not words"),
        ('{ask: "Beth helpodd', '{aks: "Beth helpodd', "q4", "`aks` is not a word we know here. Take it out or check its spelling; known here: ask, text_easy, options"),
        ('  text_easy: "What helped you most?"\n', "", "q4", "cy has an easy-read wording, and the English has none"),
    ],
)  # fmt: skip
def test_a_translation_that_does_not_fit_the_english_is_told_of(
    folder: Path, old: str, new: str, question: str | None, told: str
):
    assert old in CLOSURE
    (folder / "parent_closure.yaml").write_text(CLOSURE.replace(old, new, 1), encoding="utf-8")
    problems = [p for p in check([folder]) if told in str(p) and p.file == "parent_closure.yaml"]
    assert [problem.question for problem in problems] == [question], [str(p) for p in check([folder])]


@pytest.mark.parametrize(
    ("old", "new", "message", "told"),
    [
        ("code: cy", "code: cym", None, "`code` is cym"),
        ("code: cy", "code: xq", None, "xq is no code of a language"),
        ("code: cy", "code: en", None, "English has no file of its own"),
        ("code: cy", "code: fr", None, "The file is called cy, and its code is fr"),
        ("  skipped:", "  skiped:", "skiped", "There is no shared message called skiped, so nobody would hear it"),
        ("nos {night_line}. Bydd", "nos. Bydd", "help_adult", "It has lost {night_line}, which the English has"),
        ("Y nesaf:", "Y nesaf {wroker}:", "moving_on", "{wroker} is a gap that nothing fills"),
        ("Y nesaf:", "Y nesaf" + "!" * 120, "moving_on", "The message can grow to"),
        ("Y nesaf:", "Нет 👍:", "moving_on", None),
        ("status: draft", "status: done", None, "`status` is done. Write one of: 'draft' or 'checked'"),
        ("{dim: 0,", "{dim: nothing,", None, "`dim` is nothing. Write a whole number"),
        ("  go: [", "  goo: [", None, "known here: yes, no, unsure, skip, go, later, numbers"),
        ('  "yes": [', "  yes: [", None, "Put it in quotes"),
    ],
)  # fmt: skip
def test_a_spoilt_language_is_told_of(folder: Path, old: str, new: str, message: str | None, told: str | None):
    assert old in WELSH
    (folder / "languages" / "cy.yaml").write_text(WELSH.replace(old, new, 1), encoding="utf-8")
    problems = [p for p in check([folder]) if p.file == "cy.yaml"]
    assert [p for p in problems if told and told in str(p) and p.question == message] or (not told and not problems), [
        str(p) for p in problems
    ]


def test_a_language_in_two_files_is_told_of(folder: Path):
    shutil.copy(folder / "languages" / "cy.yaml", folder / "languages" / "cy.yml")
    assert [str(p) for p in check([folder])] == [
        "cy.yml: The language cy stands in more than one file. Keep one of them."
    ]


def test_a_language_is_checked_alone_too(folder: Path):
    path = folder / "languages" / "cy.yaml"
    assert check([path]) == check([folder / "languages"]) == []
    path.write_text(WELSH.replace("code: cy", "code: xq"), encoding="utf-8")
    assert len(check([path])) == 1
    assert check([folder / "parent_review.yaml"]) == []


def test_every_message_there_is_is_needed_and_the_other_way_round():
    assert set(yaml.safe_load(MESSAGES)["messages"]) == set(NEEDED_MESSAGES)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not a list of `name: value` lines"),
        (b"- 1", "not a list of `name: value` lines"),
        (b"only words", "not a list of `name: value` lines"),
        (b"1: a", "not a list of `name: value` lines"),
        (b"id: [1,", "This is not YAML"),
        (b'id: "open', "This is not YAML"),
        (b"\tid: x", "This is not YAML"),
        (b"id: !!python/object:os.system {}", "a word beginning with !"),
        (b"id: 2024-99-99", "This is not YAML"),
        (b"? [a]\n: 1", "This is not YAML"),
        (b"[" * 4000, "indented too deep"),
        (b"id: &a [*a]", "& or *"),
        (b"id: a\nid: b", "`id` stands twice"),
        (b"\xff\xfe", "not written in UTF-8"),
        (b"id: x\nquestions: 7", "`questions` is not a list"),
        (b"id: x\nquestions: [7]", "an entry that is not made of `name: value` pairs"),
    ],
)
def test_a_file_that_is_no_survey_is_told_of_and_never_breaks_the_check(tmp_path: Path, content: bytes, told: str):
    (tmp_path / "broken.yaml").write_bytes(content)
    problems = check([tmp_path])
    assert [problem for problem in problems if told in str(problem)], [str(problem) for problem in problems]


@pytest.mark.parametrize("name", NEEDED_MESSAGES)
def test_a_missing_message_is_told_of_by_name(folder: Path, name: str):
    (folder / "messages.yaml").write_text(MESSAGES.replace(f"  {name}:", f"  old_{name}:"), encoding="utf-8")
    told = [problem for problem in check([folder]) if problem.question == name]
    assert [problem.wrong for problem in told] == ["This message is missing."]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("  skipped: no", "This is not words"),
        ('  skipped: "Fine, {boss}."', "{boss} is a gap"),
        ('  skipped: "' + "x" * 161 + '"', "can grow to 161 characters"),
        ("skipped: 3", "`skipped` is not a word we know here"),
    ],
)
def test_a_spoilt_message_is_told_of(folder: Path, new: str, told: str):
    line = next(line for line in MESSAGES.splitlines() if line.startswith("  skipped:"))
    spoilt = MESSAGES.replace(line + "\n", "") + new + "\n"
    (folder / "messages.yaml").write_text(spoilt, encoding="utf-8")
    assert [problem for problem in check([folder]) if told in str(problem)]


def test_a_single_file_is_checked_against_the_messages_beside_it(folder: Path):
    assert check([folder / "parent_review.yaml"]) == []
    assert check([str(folder / "parent_review.yaml"), folder / "messages.yaml"]) == []


def test_a_survey_alone_in_its_folder_uses_the_messages_that_come_with_heard(tmp_path: Path):
    shutil.copy(DEFINITIONS / "parent_review.yaml", tmp_path)
    assert check([tmp_path]) == []


def test_paths_that_lead_nowhere_are_told_of(tmp_path: Path):
    told = [str(problem) for problem in check([tmp_path, tmp_path / "none.yaml"])]
    assert any("holds no definition files" in line for line in told)
    assert any("none.yaml: The file cannot be opened" in line for line in told)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_no_line_taken_out_doubled_or_cut_short_breaks_the_check(tmp_path: Path, data: st.DataObject):
    lines = REVIEW.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place : place + 1] = data.draw(
        st.sampled_from([[], [lines[place]] * 2, [lines[place][: len(lines[place]) // 2]]])
    )
    (tmp_path / "parent_review.yaml").write_text("\n".join(lines), encoding="utf-8")
    for problem in check([tmp_path]):
        assert problem.wrong
        assert problem.instead


@pytest.mark.parametrize("model", [Survey, Question, Option, RangeRule, AskIf, Language, Wording, QuestionWording])
def test_every_word_of_a_definition_is_explained(model: type[BaseModel]):
    page = (Path(__file__).parents[2] / "docs" / "surveys.md").read_text(encoding="utf-8")
    filled_by_us = {"messages", "shared", "languages", "language", "words"}
    unexplained = [name for name in model.model_fields if not re.search(rf"\b{name}\b", page)]
    assert [name for name in unexplained if name not in filled_by_us] == [], "explain these in docs/surveys.md"
