"""What goes wrong at the terminal ends in a sentence and an exit code, never in a traceback."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from bot.service import Service
from console.commands import COMMANDS
from console.commands.plain import PlainCommand
from settings import Settings


def every_command(commands: list[click.Command]) -> Iterator[click.Command]:
    for command in commands:
        if isinstance(command, click.Group):
            yield from every_command(list(command.commands.values()))
        else:
            yield command


def test_every_command_tells_faults_in_a_sentence():
    odd = [command.name for command in every_command(list(COMMANDS)) if not isinstance(command, PlainCommand)]
    assert odd == [], "make it with cls=PlainCommand, or in a PlainGroup"


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (["jobs", "run", "nonsense"], "", "'nonsense' is not one of"),
        (["jobs", "run", "lapses", "--at", "teatime"], "", "write it like 2026-11-02T09:00"),
        (["parse", "nonsense", "listened"], "4", "nonsense"),
        (["parse", "parent_review", "nonsense"], "4", "nonsense"),
        (["tag"], b'{"text": "ok"}\n\xff', "line 2: not text in UTF-8"),
        (["tag"], "she listens", "line 1: write a JSON object"),
        (["tag"], "[" * 100_000, "line 1: write a JSON object"),
        (["tag"], '{"text": 4}', "line 1: write a JSON object"),
        (["tag"], '{"text": "ok", "audience": ["staff"]}', "line 1: write audience as text"),
        (["serve", "--port", "99999"], "", "99999"),
        (["serve", "--host", "0.0.0.0"], "", "only this computer"),  # noqa: S104 - it is refused
        (
            ["staff", "add", "nobody", "--name", "X", "--role", "duty", "--password-stdin"],
            "x" * 20,
            "not an e-mail address",
        ),
    ],
)
def test_what_cannot_be_done_is_said(app: Flask, arguments: list[str], given: str | bytes, told: str):
    result = app.test_cli_runner().invoke(args=arguments, input=given)
    assert result.exit_code != 0
    assert told in result.output
    assert isinstance(result.exception, SystemExit), "a sentence, not a traceback"


def test_a_script_that_is_not_text_is_refused(app: Flask, tmp_path: Path):
    script = tmp_path / "script.txt"
    script.write_bytes(b"\xff\xfe")
    result = app.test_cli_runner().invoke(args=["talk", "parent_review", "--script", str(script)])
    assert (result.exit_code, "UTF-8" in result.output) == (2, True)


def test_half_an_emoji_is_written_again_as_it_was_read(app: Flask):
    result = app.test_cli_runner().invoke(args=["tag"], input='\ufeff{"text": "good \\ud83d"}\n')
    assert json.loads(result.output)["text"] == "good \ud83d"


def test_a_port_that_is_in_use_is_said_before_anything_starts(app: Flask):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = app.test_cli_runner().invoke(args=["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert result.output == (
        f"Error: Port {port} is in use: stop what uses it, or choose another with 'flask serve --port {port + 1}'.\n"
    )


@pytest.mark.parametrize("arguments", [["migrate"], ["jobs", "run", "lapses"], ["cases", "import", "x.csv"]])
def test_a_database_of_a_newer_version_is_left_alone(app: Flask, service: Service, arguments: list[str]):
    with service.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 1
    assert "belongs to a newer version of Heard" in result.output


def test_a_database_that_cannot_be_opened_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    for place in ("file/heard.sqlite", "file"):
        settings = Settings.from_environment({"DATABASE_URL": f"sqlite:///{tmp_path}/{place}"})
        result = create_app(settings).test_cli_runner().invoke(args=["migrate"])
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")


def test_a_case_list_can_be_the_first_thing_that_a_new_database_sees(tmp_path: Path):
    settings = Settings.from_environment({"DATABASE_URL": f"sqlite:///{tmp_path}/var/heard.sqlite"})
    runner = create_app(settings).test_cli_runner()
    assert runner.invoke(args=["cases", "generate", str(tmp_path / "list.csv"), "--rows", "5"]).exit_code == 0
    assert "added      5" in runner.invoke(args=["cases", "import", str(tmp_path / "list.csv")]).output
    arguments = ["staff", "add", "a@council.example", "--name", "A", "--role", "duty", "--password-stdin"]
    assert runner.invoke(args=arguments, input="a long enough password\n").exit_code == 0
