"""`flask parse`: one JSON object a line, whatever bytes stand on it."""

import json
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from console.commands.replies import parse
from console.wiring import EXTENSION
from surveys.catalogue import load


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask(__name__)
    app.cli.add_command(parse)
    app.extensions[EXTENSION] = SimpleNamespace(catalogue=load())
    return app


def run(app: Flask, survey: str, question: str, replies: bytes = b"") -> Result:
    return app.test_cli_runner().invoke(args=["parse", survey, question], input=replies)


def parsed(app: Flask, replies: bytes) -> list[dict]:
    result = run(app, "parent_review", "q1", replies)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_every_reply_becomes_one_object_with_all_that_was_understood(app: Flask):
    assert parsed(app, b"4\n2 he hit me\nidk\n7 or 8\n") == [
        {"text": "4", "value": 4, "comment": None, "flags": [], "unclear": None},
        {"text": "2 he hit me", "value": 2, "comment": "2 he hit me", "flags": [], "unclear": None},
        {"text": "idk", "value": None, "comment": None, "flags": ["skipped"], "unclear": None},
        {"text": "7 or 8", "value": None, "comment": None, "flags": [], "unclear": "two_numbers"},
    ]


@pytest.mark.parametrize(
    ("replies", "texts"),
    [
        (b"4\r\n5\r\n", ["4", "5"]),
        (b"4\n\n5\n", ["4", "", "5"]),
        (b"4\n5", ["4", "5"]),
        (b"", []),
        (b"\n", [""]),
        (b"4 \xff\xfe ok\n", ["4 \ufffd\ufffd ok"]),
        (b"4\x00\n", ["4\x00"]),
        ("4 one\u2028two\u2029three\x85four\x0cfive\n".encode(), ["4 one\u2028two\u2029three\x85four\x0cfive"]),
        ("4️⃣ “so so” 👍🏽\n".encode(), ["4️⃣ “so so” 👍🏽"]),
        (b"4\rx\n", ["4\rx"]),
    ],
)
def test_only_a_line_feed_ends_a_reply_and_no_byte_stops_the_command(app: Flask, replies: bytes, texts: list[str]):
    assert [each["text"] for each in parsed(app, replies)] == texts


def test_an_empty_line_is_a_blank_reply(app: Flask):
    assert [each["unclear"] for each in parsed(app, b"\n4\n")] == ["blank", None]


@pytest.mark.parametrize(
    ("survey", "question", "said"),
    [
        ("no_such_survey", "q1", "There is no survey called no_such_survey; there are: "),
        ("parent_review", "q99", "has no question q99. There are: q1, q2,"),
        ("nothing_open_parent_carer", "q1", "has no question q1. There are: none."),
    ],
)
def test_a_survey_or_question_that_is_not_there_is_told_of_with_exit_code_two(
    app: Flask, survey: str, question: str, said: str
):
    result = run(app, survey, question, b"4\n")
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output
