"""`flask cases`: what it prints, and its exit code."""

from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from bot.clock import SetClock
from console.commands.cases import cases, progress_bar
from console.wiring import EXTENSION
from store.session import Database
from tests.bot.cases.lists import COUNCIL, a_file, a_row, a_young_person, catalogue


@pytest.fixture
def app(sqlite: Database, clock: SetClock) -> Flask:
    app = Flask(__name__)
    app.cli.add_command(cases)
    app.extensions[EXTENSION] = SimpleNamespace(database=sqlite, catalogue=catalogue(), council=COUNCIL, clock=clock)
    return app


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["cases", *arguments])


def test_an_import_sums_up_and_lists_every_refused_row(app: Flask, tmp_path: Path):
    path = a_file(tmp_path, a_row(), a_young_person(mobile="020 7946 0018", level="?"))
    result = run(app, "import", str(path))
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Rows read    2",
        "  added      1",
        "  changed    0",
        "  unchanged  0",
        "  refused    1",
        "Stages that somebody is to be asked about, each person counted",
        "  will be asked  1",
        "  not asked      1",
        "    1: the stage was too long ago",
        "line 3, level: not one of the choices - write one of: universal, additional, intensive, specialist",
        "line 3, mobile: landline - write a mobile number such as 07700 900123, or leave it empty",
    ]


def test_an_import_says_how_much_is_no_longer_planned(app: Flask, tmp_path: Path):
    told = "Planned by an earlier list, not by this one, so no longer expected: 1"
    assert told not in run(app, "import", str(a_file(tmp_path, a_row(stages="review:2026-12-01")))).output
    assert told in run(app, "import", str(a_file(tmp_path, a_row(stages="assessment:2026-10-01")))).output.splitlines()


def test_a_file_that_cannot_be_read_ends_with_exit_code_one_and_a_sentence(app: Flask, tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"\xff\xfe\x00")
    result = run(app, "import", str(path))
    assert result.exit_code == 1
    assert "UTF-8" in result.output
    assert run(app, "import", str(tmp_path / "missing.csv")).exit_code == 1


def test_an_invented_list_can_be_imported(app: Flask, tmp_path: Path):
    path = str(tmp_path / "list.csv")
    assert run(app, "generate", path, "--rows", "40", "--seed", "2").output == "40 rows written.\n"
    assert "refused    0" in run(app, "import", path).output


def test_a_list_may_be_invented_as_of_another_day(app: Flask, tmp_path: Path):
    run(app, "generate", str(tmp_path / "list.csv"), "--rows", "40", "--today", "2025-03-01")
    assert "2025-02" in (tmp_path / "list.csv").read_text(encoding="utf-8")
    assert ":2026" not in (tmp_path / "list.csv").read_text(encoding="utf-8")


class Terminal(StringIO):
    """A stream that says of itself that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_how_far_an_import_is():
    terminal = Terminal()
    with progress_bar(terminal) as progress:
        for done in range(1, 4):
            progress(done, 3)
    assert "100%" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()


def test_a_pipe_is_shown_no_bar():
    pipe = StringIO()
    with progress_bar(pipe) as progress:
        progress(3, 3)
    assert pipe.getvalue() == ""


@pytest.mark.parametrize(("name", "told"), [("", "Is a directory"), ("missing.csv", "No such file")])
def test_what_cannot_be_opened_ends_in_a_sentence(app: Flask, tmp_path: Path, name: str, told: str):
    result = run(app, "import", str(tmp_path / name))
    assert result.exit_code != 0
    assert told in result.output or "is a directory" in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_list_that_cannot_be_written_ends_in_a_sentence(app: Flask, tmp_path: Path):
    result = run(app, "generate", str(tmp_path / "no-such-folder" / "list.csv"))
    assert result.exit_code == 1
    assert "list.csv cannot be written: No such file or directory." in result.output


def test_a_database_that_fails_ends_an_import_in_a_sentence(app: Flask, sqlite: Database, tmp_path: Path):
    with sqlite.writing() as session:
        session.execute(text("DROP TABLE contact_points"))
    rows = [a_row(case_reference=f"EH-{number}", name_to_use="Zebra") for number in range(9)]
    result = run(app, "import", str(a_file(tmp_path, *rows)))
    assert result.exit_code == 1
    assert "The database failed (OperationalError)." in result.output
    assert "Zebra" not in result.output
