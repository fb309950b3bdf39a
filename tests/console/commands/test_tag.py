"""`flask tag`: a line in, a line out, as JSON or as CSV; what cannot be read is told by the number of its line."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import ClickException
from click.testing import Result
from flask import Flask

from analysis.models.loading import UnknownModel
from analysis.models.reading import load
from analysis.tags import Tagger, Tags, tag, tagger
from console.commands.progress import EVERY_SECONDS, progress
from console.commands.tag import tag as tag_command
from console.commands.tag import tagged_json, tagger_or_say_why_not
from console.commands.tag_csv import ADDED, LONGEST_CELL, tagged_csv

RUDE = "She was rude, we waited 3 months and nobody rang back"


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask(__name__)
    app.cli.add_command(tag_command)
    return app


def run(app: Flask, given: str | bytes, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["tag", *options], input=given)


def nothing_found(_text: str, audience: str | None, question: str | None) -> Tags:
    """Tells what it was given beside the text, where it can be seen."""
    return Tags(audience, question, None, {}, [], complaint=False, compliment=False, mentions=[])  # type: ignore[arg-type]


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


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_columns_of_tags_stand_behind_those_of_an_old_export(app: Flask):
    words = 'She listened, and "never" judged us.\nBut we waited 3 months'
    given = io.StringIO()
    csv.writer(given).writerows([["id", "text", "score of five"], ["7", words, "-4.5"], [], ["8", "he hit me", "+2"]])
    result = run(app, "\ufeff" + given.getvalue(), "--csv")
    assert result.exit_code == 0, result.output
    header, first, second = rows_of(result.stdout)
    assert header == ["id", "text", "score of five", *ADDED]
    assert first[:3] == ["7", words, "-4.5"]
    found = tag(words)
    assert first[3:] == [
        "en",
        found.sentiment,
        str(found.score),
        "|".join(f"{theme}:{polarity}" for theme, polarity in found.themes.items()),
        "",
        str(int(found.complaint)),
        str(int(found.compliment)),
    ]
    concerns = tag("he hit me").concerns
    assert second[7] == "|".join(f"{category}:{severity}" for category, severity, _ in concerns)
    assert second[7].startswith("physical_abuse:") or concerns


def test_audience_and_question_of_a_row_are_read_with_its_text():
    lines = ["Question , TEXT,audience\n", "free_good,ok,staff\n", ",ok,\n"]
    found = [row[3:5] for row in rows_of("\n".join(tagged_csv(lines, nothing_found)))]
    assert found == [["language", "sentiment"], ["staff", "free_good"], ["", ""]]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("- rude", "'- rude"),
        ("@sam", "'@sam"),
        ("+447700900123", "+447700900123"),
        ("-4", "-4"),
        ("\tx", "'\tx"),
        ("x=1", "x=1"),
        ("", ""),
    ],
)
def test_words_that_a_spreadsheet_would_take_for_a_formula_are_made_harmless(cell: str, written: str):
    row = io.StringIO()
    csv.writer(row).writerow([cell, "ok"])
    _, found = rows_of("\n".join(tagged_csv(["x,text\n", row.getvalue()], nothing_found)))
    assert found[0] == written


@pytest.mark.parametrize(
    ("given", "told", "written"),
    [
        ("", "line 1: write a header with a column named text", 0),
        ("id,words\n1,ok\n", "line 1: write a header that names exactly one column text", 0),
        ("my dad called, she was rude\n1,ok\n", "; columns: 2, of which named text: 0\n", 0),
        ("text,Text\nok,ok\n", "; columns: 2, of which named text: 2\n", 0),
        ("id;text\n1;ok\n2;she came; late\n", "the header has 2; put quotes around words with a semicolon in them", 2),
        (
            "text,Sentiment,themes\nok,x,y\n",
            "line 1: rename or take out what would be written over: sentiment, themes",
            0,
        ),
        ("text,id\nok,1\nshe came, late,2\n", "line 3: there are 3 columns, and the header has 2", 2),
        ('text,id\n"a\nb",1\nok\n', "line 4: there are 1 columns, and the header has 2", 2),
        ('text,id\nok,1\n"never closed,2\n', "line 3: this is no CSV", 2),
        ('text,id\nok,1\n"a"b,2\n', "line 3: this is no CSV", 2),
        (b"text\nok\n\x81\n", "line 3: not text in UTF-8", 2),
        ("text\nok\n".encode("utf-16"), "line 1: not text in UTF-8", 0),
        ("text\nok\n" + "x" * (LONGEST_CELL + 1) + "\n", "line 3: this is no CSV (field larger than field limit", 2),
    ],
)
def test_a_row_that_cannot_be_read_ends_it_with_its_line_and_what_to_write(
    app: Flask, given: str | bytes, told: str, written: int
):
    result = run(app, given, "--csv")
    assert result.exit_code == 1
    assert told in result.stderr
    assert "my dad" not in result.stderr
    assert len(rows_of(result.stdout)) == written


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_may_be_parted_as_old_programs_part_them(separator: str):
    lines = ["\n", f'id{separator}"Text"\n', "\n", f'7{separator}"one, two; three\tfour"\n']
    found = "\n".join(tagged_csv(lines, nothing_found))
    header, row = csv.reader(io.StringIO(found), delimiter=separator)
    assert header == ["id", "Text", *ADDED]
    assert row[:2] == ["7", "one, two; three\tfour"]


def test_lines_that_are_not_utf_8_are_read_as_windows_wrote_them_and_it_is_said_once(app: Flask):
    rows = ["text", "caf\xe9", "plain", "\u20ac5 \u2013 na\xefve"]
    given = "\n".join(rows).encode("cp1252") + "\nreal \xe9\n".encode()
    result = run(app, given, "--csv")
    assert [row[0] for row in rows_of(result.stdout)] == [*rows, "real \xe9"]
    assert result.stderr == "line 2: not UTF-8; this line and others like it are read as Windows-1252\n"


def test_json_must_be_utf_8(app: Flask):
    result = run(app, b'{"text": "caf\xe9"}')
    assert (result.exit_code, result.stdout) == (1, "")
    assert "line 1: not text in UTF-8" in result.stderr


def test_a_long_text_is_a_cell_like_any_other():
    long = "word " * 40_000
    _, row = rows_of("\n".join(tagged_csv(["text\n", f"{long}\n"], nothing_found)))
    assert row[0] == long


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": "ok", "score": 4}', "line 2: rename or take out what would be written over: score; fields of"),
        ('{"mentions": 1, "language": "x", "text": "ok"}', "written over: language, mentions; fields of"),
        ('{"text": "ok", "n": 1e400}', "line 2: JSON has no number like NaN, Infinity or 1e400"),
        ('{"text": "ok", "n": [NaN]}', "line 2: JSON has no number like"),
        ('{"text": "ok", "n": -Infinity}', "line 2: JSON has no number like"),
    ],
)
def test_an_object_that_could_not_be_passed_on_as_it_is_ends_it(line: str, told: str):
    tagged = tagged_json(['{"text": "ok", "n": 1.5}', line], nothing_found)
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


def peak(is_csv: bool, many: int, words: str, reads: Tagger) -> int:
    """The most memory that so many lines take, in bytes."""
    tagged = tagged_csv if is_csv else tagged_json
    tracemalloc.start()
    read = sum(1 for _ in tagged(many_lines(is_csv, many, words), reads))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == many + is_csv
    return most


@pytest.mark.parametrize("is_csv", [False, True])
def test_memory_stays_flat_however_many_lines_there_are(is_csv: bool):
    peak(is_csv, 10, "ok", nothing_found)
    assert peak(is_csv, 20_000, "ok", nothing_found) < peak(is_csv, 2_000, "ok", nothing_found) + 20_000


def read_by_lite(text: str, audience: str | None, question: str | None) -> Tags:
    load("lite").said(text)
    return nothing_found(text, audience, question)


def test_no_text_stays_in_memory_when_a_model_has_read_it():
    long = "\u2003" * 30_000
    peak(False, 2, long, read_by_lite)
    assert peak(False, 60, long, read_by_lite) < peak(False, 10, long, read_by_lite) + 1_000_000
