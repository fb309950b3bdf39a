"""`flask tag --csv`: old exports with columns of tags behind them, as programs wrote them; no words in what is told."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from analysis.tags import tag
from console.commands.tag_csv import ADDED, LONGEST_CELL, tagged_csv
from tests.console.commands.tagged_files import FINDS_NOTHING, rows_of, run, small_app


@pytest.fixture(scope="module")
def app() -> Flask:
    return small_app()


def test_columns_of_tags_stand_behind_those_of_an_old_export(app: Flask):
    words = 'She listened, and "never" judged us.\nBut we waited 3 months'
    given = io.StringIO()
    csv.writer(given).writerows([["id", "text", "score of five"], ["7", words, "-4.5"], [], ["8", "he hit me", "+2"]])
    result = run(app, given.getvalue(), "--csv")
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
    found = [row[3:5] for row in rows_of("\n".join(tagged_csv(lines, FINDS_NOTHING)))]
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
    _, found = rows_of("\n".join(tagged_csv(["x,text\n", row.getvalue()], FINDS_NOTHING)))
    assert found[0] == written


@pytest.mark.parametrize(
    ("given", "told", "written"),
    [
        ("", "line 1: write a header with a column named text", 0),
        ("id,my dad said\n1,ok\n", "or tell with --text-column NAME which one holds the words", 0),
        ('{"id": 1, "text": "my dad"}\n', "line 1: this looks like JSON lines; leave out --csv\n", 0),
        ('\n{\n"text":"my dad"}\n', "line 2: this looks like JSON lines; leave out --csv\n", 0),
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
    found = "\n".join(tagged_csv(lines, FINDS_NOTHING))
    header, row = csv.reader(io.StringIO(found), delimiter=separator)
    assert header == ["id", "Text", *ADDED]
    assert row[:2] == ["7", "one, two; three\tfour"]


def test_lines_that_are_not_utf_8_are_read_as_windows_wrote_them_and_it_is_said_once(app: Flask):
    rows = ["text", "caf\xe9", "plain", "\u20ac5 \u2013 na\xefve"]
    given = "\n".join(rows).encode("cp1252") + "\nreal \xe9\n".encode()
    result = run(app, given, "--csv")
    assert [row[0] for row in rows_of(result.stdout)] == [*rows, "real \xe9"]
    assert result.stderr == "line 2: not UTF-8; this line and others like it are read as Windows-1252\n"


def test_a_long_text_is_a_cell_like_any_other():
    long = "word " * 40_000
    _, row = rows_of("\n".join(tagged_csv(["text\n", f"{long}\n"], FINDS_NOTHING)))
    assert row[0] == long


def test_a_byte_order_mark_is_written_again_so_that_a_spreadsheet_shows_accents(app: Flask):
    given = "id,text\n7,caf\xe9\n"
    marked = run(app, given.encode("utf-8-sig"), "--csv")
    assert marked.stdout_bytes.startswith(f"\ufeffid,text,{ADDED[0]}".encode())
    assert marked.stdout == "\ufeff" + run(app, given, "--csv").stdout


def test_a_quoted_header_behind_a_byte_order_mark_is_read(app: Flask):
    result = run(app, '\ufeff"Text";"id"\nok;1\n', "--csv")
    assert result.stdout.startswith("\ufeffText;id;language")


@pytest.mark.parametrize("name", ["Comment", " comment"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_column_with_the_words_may_have_another_name(app: Flask, name: str, separator: str):
    words = "She was rude and nobody rang back"
    given = f"id{separator}Comment{separator}text\n7{separator}{words}{separator}ok\n"
    result = run(app, given, "--csv", "--text-column", name)
    _, row = csv.reader(io.StringIO(result.stdout), delimiter=separator)
    assert row[3:6] == [tag(words).language, tag(words).sentiment, str(tag(words).score)]


def test_a_column_that_is_not_there_is_told_without_the_words_of_the_file(app: Flask):
    result = run(app, "my dad,text\n1,ok\n", "--csv", "--text-column", "Remarks")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "exactly one column remarks" in result.stderr
    assert "columns: 2, of which named remarks: 0" in result.stderr
    assert "my dad" not in result.stderr


def test_a_column_is_named_for_csv_only(app: Flask):
    result = run(app, '{"Comment": "ok"}', "--text-column", "Comment")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--text-column is for CSV: add --csv" in result.stderr
