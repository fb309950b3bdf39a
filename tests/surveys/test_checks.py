"""Every way of spoiling a definition is told of: where, what is wrong, and what to write instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.checking.files import DEFINITIONS, check
from surveys.checking.messages import NEEDED_MESSAGES

REVIEW = (DEFINITIONS / "parent_review.yaml").read_text(encoding="utf-8")
MESSAGES = (DEFINITIONS / "messages.yaml").read_text(encoding="utf-8")
CHANGE = "Since we started, have things got"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the definitions to spoil."""
    return shutil.copytree(DEFINITIONS, tmp_path / "definitions")


@pytest.mark.parametrize(
    ("old", "new", "question", "told"),
    [
        ('label: "Better"', "label: Yes", "q2", "`label` is true, not words. Put the words in quotes"),
        ("metric: reliable", "metrik: reliable", "q3", "`metrik` is not a word we know here"),
        ("metric: reliable\n", "\n", "q3", "`metric` is missing"),
        ("type: text", "type: txt", "q6", "Write one of: 'choice', 'scale' or 'text'"),
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
        ("id: parent_review", "id: parent_closure", None, "Version 1 stands in more than one file"),
        ("between: [2, 3]", "between: [3, 2]", "q1", "smaller first"),
        ("at_most: 1", "at_least: 1", "q1", "`at_least` is not a word we know here"),
        ("{at_most: 1, flag", "{flag", "q1", "A rule needs either `at_most` or `between`"),
        ("flag: flag_manager", "flag: tell_boss", "q1", "`flag` is 'tell_boss'"),
        ("metric: say_in_plan", "metric: say_in_plan\n  ask_if: {question: q9, answered: [1]}", "q4", "does not come before it"),
        ("metric: say_in_plan", "metric: say_in_plan\n  ask_if: {question: q5, answered: [1]}", "q4", "does not come before it"),
        ("metric: say_in_plan", "metric: say_in_plan\n  ask_if: {question: q2, answered: [9]}", "q4", "nobody can answer to q2"),
        ("questions:\n", 'questions:\n- {id: q0, metric: more, type: text, ask: "More?"}\n', None, "It has 9 questions"),
        ("metric: free_good\n  type: text", "metric: free_good\n  type: choice", "q6", "A choice needs at least two options"),
        ("metric: change_since\n  type: choice", "metric: change_since\n  type: text", "q2", "Only a choice has options"),
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
    ("content", "told"),
    [
        (b"", "not a list of `name: value` lines"),
        (b"- 1", "not a list of `name: value` lines"),
        (b"only words", "not a list of `name: value` lines"),
        (b"1: a", "not a list of `name: value` lines"),
        (b"id: [1,", "This is not YAML"),
        (b'id: "open', "This is not YAML"),
        (b"\tid: x", "This is not YAML"),
        (b"id: !!python/object:os.system {}", "This is not YAML"),
        (b"id: 2024-99-99", "This is not YAML"),
        (b"? [a]\n: 1", "This is not YAML"),
        (b"[" * 4000, "This is not YAML"),
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
