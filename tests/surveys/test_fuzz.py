"""Whatever a definition file holds, the check gives a clear report: never a traceback, never a wait, never a command run."""

from __future__ import annotations

import copy
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.catalogue import BadSurveys, load
from surveys.checking.files import DEFINITIONS, check
from surveys.checking.plain_yaml import LARGEST

GOOD = (DEFINITIONS / "parent_closure.yaml").read_text(encoding="utf-8")
PARSED = yaml.safe_load(GOOD)
WELSH = yaml.safe_load((DEFINITIONS / "languages" / "cy.yaml").read_text(encoding="utf-8"))
FUZZ = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates() | st.binary(max_size=8)
)
NAMES = (
    *("v", "label", "score", "ask_if", "skip_to", "answered", "question", "cy", "xx", "at_most", "between", "flag"),
    *(
        "web_only",
        "lowest",
        "highest",
        "faces",
        "every_months",
        "messages",
        "languages",
        *PARSED,
        *PARSED["questions"][2],
    ),
)
WORDS_OF_OURS = st.sampled_from(NAMES)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS_OF_OURS | st.text(max_size=5) | SCALARS, inner, max_size=5)
    ),
    max_leaves=25,
)


def assert_reported(folder: Path, *, fit: bool = False) -> None:
    """Every problem is one printable line that says what to write instead."""
    problems = check([folder])
    assert problems or fit
    for problem in problems:
        line = str(problem)
        assert "\n" not in line
        assert line.isprintable()
        line.encode("utf-8")
        assert problem.wrong
        assert problem.instead
    if problems:
        with pytest.raises(BadSurveys):
            load(folder)


@FUZZ
@given(content=st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, content: bytes):
    (tmp_path / "any.yaml").write_bytes(content)
    assert_reported(tmp_path)


@FUZZ
@given(content=st.text(max_size=300) | st.text(alphabet="-:[]{}#&*!|>'\"%@`?, \n\tab01<", max_size=200))
def test_any_text(tmp_path: Path, content: str):
    (tmp_path / "any.yaml").write_text(content, encoding="utf-8", errors="replace")
    assert_reported(tmp_path)


@FUZZ
@given(tree=st.dictionaries(WORDS_OF_OURS, TREES, max_size=12))
def test_any_structure(tmp_path: Path, tree: dict[str, object]):
    (tmp_path / "any.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    assert_reported(tmp_path)


@FUZZ
@given(data=st.data())
def test_a_good_file_with_any_part_put_in_the_place_of_another(tmp_path: Path, data: st.DataObject):
    survey = copy.deepcopy(PARSED)
    for _ in range(data.draw(st.integers(1, 3))):
        _spoil(survey, data)
    (tmp_path / "any.yaml").write_text(yaml.dump(survey, Dumper=_WithoutAliases, allow_unicode=True), encoding="utf-8")
    assert_reported(tmp_path, fit=True)


@FUZZ
@given(data=st.data())
def test_a_good_language_with_any_part_put_in_the_place_of_another(tmp_path: Path, data: st.DataObject):
    language = copy.deepcopy(WELSH)
    _spoil(language, data)
    home = tmp_path / "languages"
    home.mkdir(exist_ok=True)
    (tmp_path / "parent_closure.yaml").write_text(GOOD, encoding="utf-8")
    (home / "cy.yaml").write_text(yaml.dump(language, Dumper=_WithoutAliases, allow_unicode=True), encoding="utf-8")
    assert_reported(tmp_path, fit=True)


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's
        return True


def _spoil(whole: object, data: st.DataObject) -> None:
    """Put something else into one place of a tree, take it out, or give it another name."""
    place = whole
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not (isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans())):
            break
        place = place[key]
    action = data.draw(st.sampled_from(["change", "take out", "double"]))
    if action == "change":
        place[key] = data.draw(TREES)
    elif action == "take out":
        del place[key]
    elif isinstance(place, list):
        place.append(place[key])
    else:
        place[data.draw(WORDS_OF_OURS)] = place[key]


NINE_TIMES = "\n".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"a0: &a0 x\n{NINE_TIMES}", "& or *"),
        ("id: !!python/object/apply:os.system ['touch /tmp/x']", "a word beginning with !"),
        ("id: !include other.yaml", "a word beginning with !"),
        ("id: !!binary aGVsbG8=", "a word beginning with !"),
        ("[" * 100_000, "too deep"),
        ("a: " * 5 + "\n" + "\n".join(" " * depth + "a:" for depth in range(400)), "This is not YAML"),
        ("\n".join(" " * depth + "a:" for depth in range(400)), "too deep"),
        ("- " * 50_000, "too deep"),
        ("{" * 50_000, "too deep"),
        ("version: " + "9" * 50_000, "This is not YAML"),
        ("version: 1e999999", "`version`"),
        ('title: "\\ud800"', "invalid Unicode"),
        ('"\\ud800": 1', "invalid Unicode"),
        ('title: "\\e[31m"\nid: "\\e"', "`id`"),
        ("x" * (LARGEST + 1), "bytes, more than any survey needs"),
        ("a: 1\na: 2", "`a` stands twice"),
        ("questions: [{id: q1, id: q2}]", "`id` stands twice"),
        ("<<: {id: q1}", "is missing"),
        ("\0", "This is not YAML"),
        ("--- a\n--- b", "This is not YAML"),
    ],
)
def test_what_yaml_can_surprise_with_is_refused(tmp_path: Path, content: str, told: str):
    (tmp_path / "sly.yaml").write_text(content, encoding="utf-8")
    assert_reported(tmp_path)
    assert any(told in str(problem) for problem in check([tmp_path])), [str(p)[:200] for p in check([tmp_path])]


def test_what_is_no_file_is_told_of_and_not_waited_for(tmp_path: Path):
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing")
    told = {problem.file: problem.wrong for problem in check([tmp_path])}
    assert told == {
        "folder.yaml": "This is not a file.",
        "pipe.yaml": "This is not a file.",
        "loop.yaml": "The file cannot be opened.",
        "gone.yaml": "The file cannot be opened.",
    }
    assert [p.wrong for p in check([tmp_path / "loop.yaml"])] == ["The file cannot be opened."]


def test_messages_and_languages_that_are_no_files_are_told_of(tmp_path: Path):
    (tmp_path / "messages.yaml").mkdir()
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "cy.yaml").symlink_to(tmp_path / "languages" / "cy.yaml")
    (tmp_path / "parent_closure.yaml").write_text(GOOD, encoding="utf-8")
    assert {"messages.yaml", "cy.yaml"} <= {problem.file for problem in check([tmp_path])}


def test_a_survey_with_more_ways_than_anyone_could_follow_is_told_of_at_once(tmp_path: Path):
    questions = []
    for number in range(120):
        question = {"id": f"q{number}", "metric": "m", "type": "choice", "ask": "?"}
        question["options"] = [{"v": v, "label": f"L{v}", "score": None} for v in (1, 2)]
        if number >= 60:
            question["ask_if"] = {"question": f"q{number - 60}", "answered": [1]}
        questions.append(question)
    survey = {**PARSED, "questions": questions}
    (tmp_path / "long.yaml").write_text(yaml.dump(survey, Dumper=_WithoutAliases), encoding="utf-8")
    told = [str(problem) for problem in check([tmp_path])]
    assert any("too many ways through it" in line for line in told)
