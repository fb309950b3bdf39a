"""`flask surveys`: what it prints, and its exit codes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from console.commands.surveys import WIDTH, surveys
from console.wiring import EXTENSION
from surveys.checking.files import DEFINITIONS
from tests.builders import COUNCIL
from tests.shipped import CATALOGUE

ROOT = Path(__file__).parents[3]


def run(*arguments: str, pence: str = "4", **lines: str) -> Result:
    app = Flask(__name__)
    app.cli.add_command(surveys)
    changes = {"pence_per_part": Decimal(pence), "lines": {**COUNCIL.lines, **lines}}
    council = SimpleNamespace(**{**vars(COUNCIL), **changes})
    app.extensions[EXTENSION] = SimpleNamespace(catalogue=CATALOGUE, council=council)
    return app.test_cli_runner().invoke(args=["surveys", *arguments])


def test_the_definitions_that_come_with_heard_are_sound():
    result = run("check")
    assert (result.exit_code, result.output) == (0, "Every definition is sound.\n")


def test_every_problem_is_a_line_of_its_own(tmp_path: Path):
    (tmp_path / "one.yaml").write_text("- 1")
    (tmp_path / "two.yaml").write_text("a: 1\na: 2")
    result = run("check", str(tmp_path), str(tmp_path / "gone.yaml"), night_line="1")
    assert result.exit_code == 1
    assert [line.partition(":")[0] for line in result.output.splitlines()] == [
        "settings, NIGHT_LINE",
        "one.yaml",
        "two.yaml",
        "gone.yaml",
    ]


def test_the_list_names_every_survey_with_whom_it_asks_and_how():
    lines = run("list").output.splitlines()
    assert len(lines) == 20
    assert (
        "parent_closure        v1  Parent or carer, end of involvement; 8 questions by sms, telegram, web; also cy, ne, pl"
        in lines
    )
    assert "staff_pulse           v1  Member of staff, no stage; 8 questions by web" in lines


def test_a_survey_is_shown_as_each_channel_gives_it():
    shown = run("show", "yp_11_15_review").output
    for words in (
        "Young people 11 to 15: review",
        "7 questions; 1 day after: formal review held.",
        "q2        2/7 Since you met Sam, are things 1 Better, 2 The same, 3 Worse, 4 Up and down       1",
        "q2b       2/7 Sorry to hear that. What's got harder?",
        "(only after 3 Worse to q2)",
        "The first time somebody hears from us, in place of the opening:",
        "A whole conversation, at 4p a part, all texts of ours counted:",
        "shortest  9 parts, 36p",
        "longest   11 parts, 44p",
        "── Web ──",
        "     (4) Up and down",
        "     [ type here ]",
        "0800",
    ):
        assert words in shown
    assert all(len(line) <= WIDTH for line in shown.splitlines())
    assert "{" not in shown


@pytest.mark.parametrize(
    ("pence", "price"), [("0", "at 0p"), ("3.95", "at 3.95p"), ("4.0", "at 4p"), ("10", "at 10p"), ("100", "at £1.00")]
)
def test_the_price_of_a_part_is_the_settings(pence: str, price: str):
    assert price in run("show", "parent_review", pence=pence).output


def test_a_conversation_of_a_pound_and_more_is_in_pounds():
    assert "longest   11 parts, £1.10" in run("show", "parent_review", pence="10").output


def test_a_survey_for_the_web_alone_costs_no_texts():
    shown = run("show", "yp_8_10_closure").output
    assert "It is not sent by text, so it costs none." in shown
    assert "shown as faces, with the words beside them" in shown
    assert "never sent to the child" in " ".join(shown.split())


def test_another_language_is_shown_with_what_it_costs():
    shown = run("show", "parent_closure", "--language", "ne", "--easy").output
    assert "In Nepali (नेपाली), draft." in shown
    assert "1/8 हाम्रो मद्दत राम्रो थियो?" in shown
    assert "longest   19 parts, 76p" in shown
    welsh = run("show", "parent_closure", "--language", "cy").output
    assert "1 Ydw, 2 Ddim yn siwr, 3 Nac ydw" in " ".join(welsh.replace(" 1\n", "\n").split())
    assert "(2) Ddim yn siŵr" in welsh


def test_a_survey_without_wordings_in_a_language_says_so():
    assert "have no wording in it yet, and stay English" in run("show", "parent_review", "--language", "cy").output


@pytest.mark.parametrize("survey", [survey.id for survey in CATALOGUE.latest()])
def test_every_survey_can_be_shown(survey: str):
    assert run("show", survey).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nope",), "There is no survey called nope; there are: audit_reflection, district_triage"),
        (("parent_review", "--language", "xx"), "There is no language xx; there are: en, cy, ne, pl."),
        (("parent_review", "--version", "9"), "There is no version 9 of the survey parent_review; the latest is 1."),
    ],
)
def test_what_is_not_there_is_told_of_with_what_there_is(arguments: tuple[str, ...], told: str):
    result = run("show", *arguments)
    assert result.exit_code == 2
    assert told in result.output


def test_a_command_that_cannot_start_says_why_without_a_traceback(tmp_path: Path):
    house = tmp_path / "house"
    shutil.copytree(ROOT, house, ignore=shutil.ignore_patterns(".git", ".venv", "var", "tests", "__pycache__"))
    broken = house / DEFINITIONS.relative_to(ROOT) / "parent_review.yaml"
    broken.write_text(broken.read_text().replace("metric: reliable", "metrik: reliable"))
    flask = Path(sys.executable).with_name("flask")
    found = subprocess.run(
        [flask, "surveys", "check"],
        cwd=house,
        env={**os.environ, "BRAND": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.returncode == 1
    assert found.stdout == ""
    assert "parent_review.yaml, parent_review, q3: `metrik` is not a word we know here." in found.stderr
    assert "Traceback" not in found.stderr
