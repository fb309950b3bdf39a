"""`flask cases`: what it prints, and its exit code."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from bot.clock import SetClock
from console.commands.cases import cases
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
        "Invitations  2",
        "line 3, level: not one of the choices - write one of: universal, additional, intensive, specialist",
        "line 3, mobile: landline - write a mobile number such as 07700 900123, or leave it empty",
    ]


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
