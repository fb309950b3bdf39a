"""`flask tag`: a line in, a line out, as JSON or as CSV; what cannot be read is told by the number of its line."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import ClickException
from flask import Flask

from analysis.models.loading import UnknownModel
from analysis.models.reading import load
from analysis.tags import Tags, tag, tagger
from analysis.training.invented_corpus import invented
from console.commands.progress import EVERY_SECONDS, progress
from console.commands.tag import tagged_json, tagger_or_say_why_not
from console.commands.tag_csv import tagged_csv
from console.commands.tag_reading import Reader
from tests.console.commands.tagged_files import FINDS_NOTHING, nothing_found, run, small_app
from tests.shipped import CATALOGUE

RUDE = "She was rude, we waited 3 months and nobody rang back"


@pytest.fixture(scope="module")
def app() -> Flask:
    return small_app()


def test_the_same_object_comes_back_in_its_order_with_the_tags_behind_it(app: Flask):
    given = [{"id": number, "text": RUDE, "note": {"a": ["é", None]}} for number in range(3)]
    result = run(app, "\n\n".join(map(json.dumps, given)))
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {**each, **tag(RUDE).to_dict()} for each in given
    ]
    assert result.stderr == ""


def test_a_bad_line_ends_it_and_all_before_it_is_written(app: Flask):
    result = run(app, f'{{"text": "{RUDE}"}}\n{{"text": "ok"}}\nnonsense\n{{"text": "ok"}}\n')
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
    assert result.stderr.startswith("Error: line 3: write a JSON object with a text, such as")


@pytest.mark.parametrize("given", ["id,text\n1,my dad\n", "text\nmy dad\n", "my dad; shouts\n"])
def test_what_is_no_json_may_be_csv(app: Flask, given: str):
    result = run(app, given)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("; or add --csv if this is CSV\n")
    assert "dad" not in result.stderr


@pytest.mark.parametrize("given", ['{"words": "ok"}', '{"text": "ok"}\nok'])
def test_csv_is_named_where_it_may_be_that_only(app: Flask, given: str):
    assert "--csv" not in run(app, given).stderr


@pytest.mark.parametrize(
    ("name", "told", "there_are"),
    [
        ("audience", "mum", "child, young_person, parent_carer, grandparent,"),
        ("audience", "Staff", "notifier"),
        ("question", "free_mum", "free_better, free_change,"),
    ],
)
def test_an_audience_or_a_question_that_is_none_counts_as_left_out_and_is_told_of(name: str, told: str, there_are: str):
    reader = Reader(nothing_found, CATALOGUE.metrics())
    given = [{"text": "ok"}, {"text": "ok", name: told}, {"text": "ok", name: told}]
    without, *with_it = [json.loads(line) for line in tagged_json(map(json.dumps, given), reader)]
    assert [{**each, name: None} for each in with_it] == [{**without, name: None}] * 2
    (remark,) = reader.remarks()
    assert remark.startswith(f"2 lines, line 2 first, told {name} as none that there is")
    assert there_are in remark
    assert told not in remark


def test_what_was_left_out_is_told_of_once_all_is_written(app: Flask):
    result = run(app, '{"text": "ok", "audience": "mum"}\n{"text": "ok"}')
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    assert "1 line, line 1 first" in result.stderr


def test_tags_that_an_object_has_already_are_kept_beside_ours():
    given = {"text": "ok", "score": 4, "language": "x", "given_score": 5}
    (line,) = tagged_json([json.dumps(given)], FINDS_NOTHING)
    kept = json.loads(line)
    assert (kept["given_given_score"], kept["given_score"], kept["given_language"]) == (4, 5, "x")
    assert kept["score"] is None


def test_every_audience_and_question_that_the_models_learnt_from_or_the_surveys_know_is_taken(app: Flask):
    learnt = {(each.audience, each.question) for each in invented() if each.kind == "feedback"}
    known = {(survey.audience, each.metric) for survey in CATALOGUE.latest() for each in survey.questions}
    given = [
        {"text": "ok", "audience": who, "question": asked}
        for who, asked in learnt | known | {("", ""), (None, "complaint")}
    ]
    result = run(app, "\n".join(map(json.dumps, given)))
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == len(given)


def test_help_shows_how_files_are_given_and_taken(app: Flask):
    assert "\n    flask tag < in.jsonl > out.jsonl\n" in run(app, "", "--help").stdout


@pytest.mark.parametrize("options", [["--progress"], ["--progress", "--csv"]])
def test_how_far_it_is_stands_on_standard_error_where_it_is_wanted(app: Flask, options: list[str]):
    given = "text\nok\n" if "--csv" in options else '{"text": "ok"}\n{"text": "ok"}\n'
    result = run(app, given, *options)
    assert result.stderr.startswith("2 texts")
    assert "texts" not in result.stdout


def test_plain_lines_come_now_and_then_with_how_many_there_are():
    told, now = io.StringIO(), [0.0]
    with progress("answers", told, total=40, plain=True, seconds=lambda: now[0]) as add:
        for _ in range(4):
            now[0] += EVERY_SECONDS / 2
            add(10)
    assert told.getvalue().splitlines() == [
        "20 of 40 answers, 4 a second",
        "40 of 40 answers, 4 a second",
        "40 of 40 answers, 4 a second",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_a_bar_and_a_pipe_nothing_unless_it_is_wanted():
    terminal, pipe = Terminal(), io.StringIO()
    for file in (terminal, pipe):
        with progress("answers", file, total=2, plain=False) as add:
            add(2)
    assert "2/2" in terminal.getvalue()
    assert pipe.getvalue() == ""


@pytest.mark.parametrize("model", [None, "lite"])
def test_the_model_that_is_here_reads(app: Flask, model: str | None):
    found = tagger(model)(RUDE, None, None)
    assert found == tag(RUDE) or model == "lite"
    options = [] if model is None else ["--model", model]
    assert json.loads(run(app, json.dumps({"text": RUDE}), *options).stdout) == {"text": RUDE, **found.to_dict()}


def test_a_model_that_nobody_knows_is_refused_with_what_to_write(app: Flask):
    with pytest.raises(UnknownModel, match="write one of: full, lite"):
        tagger("grand")
    result = run(app, '{"text": "ok"}', "--model", "grand")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'lite'" in result.stderr


def test_json_must_be_utf_8(app: Flask):
    result = run(app, b'{"text": "caf\xe9"}')
    assert (result.exit_code, result.stdout) == (1, "")
    assert "line 1: not text in UTF-8" in result.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": "ok", "n": 1e400}', "line 2: JSON has no number like NaN, Infinity or 1e400"),
        ('{"text": "ok", "n": [NaN]}', "line 2: JSON has no number like"),
        ('{"text": "ok", "n": -Infinity}', "line 2: JSON has no number like"),
    ],
)
def test_an_object_that_could_not_be_passed_on_as_it_is_ends_it(line: str, told: str):
    tagged = tagged_json(['{"text": "ok", "n": 1.5}', line], FINDS_NOTHING)
    assert json.loads(next(tagged))["n"] == 1.5
    with pytest.raises(ClickException, match=re.escape(told)):
        next(tagged)


@pytest.mark.parametrize("model", [None, "lite", "full"])
def test_without_a_model_nothing_is_tagged_and_it_is_said_what_to_do(tmp_path: Path, model: str | None):
    with pytest.raises(ClickException, match=r"nothing was tagged: the model lite\.npz can't be used.* Restore"):
        tagger_or_say_why_not(model, tmp_path)


def many_lines(is_csv: bool, many: int, words: str) -> Iterator[str]:
    if is_csv:
        yield "text,id\n"
    for number in range(many):
        text = f"{number} {words}"
        yield f"{text},{number}\n" if is_csv else json.dumps({"text": text, "id": number})


def peak(is_csv: bool, many: int, words: str, reader: Reader) -> int:
    """The most memory that so many lines take, in bytes."""
    tagged = tagged_csv if is_csv else tagged_json
    tracemalloc.start()
    read = sum(1 for _ in tagged(many_lines(is_csv, many, words), reader))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == many + is_csv
    return most


@pytest.mark.parametrize("is_csv", [False, True])
def test_memory_stays_flat_however_many_lines_there_are(is_csv: bool):
    peak(is_csv, 10, "ok", FINDS_NOTHING)
    assert peak(is_csv, 20_000, "ok", FINDS_NOTHING) < peak(is_csv, 2_000, "ok", FINDS_NOTHING) + 20_000


def read_by_lite(text: str, audience: str | None, question: str | None) -> Tags:
    load("lite").said(text)
    return nothing_found(text, audience, question)


def test_no_text_stays_in_memory_when_a_model_has_read_it():
    long, reader = "\u2003" * 30_000, Reader(read_by_lite, ())
    peak(False, 2, long, reader)
    assert peak(False, 60, long, reader) < peak(False, 10, long, reader) + 1_000_000
