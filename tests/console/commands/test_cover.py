"""`flask cover`: putting people on the rota, listing it with its gaps, and reading it from a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.console.office import Office

DUTY = "duty@council.example"


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["cover", *arguments])
    return result.exit_code, result.output


@pytest.mark.usefixtures("office")
def test_a_rota_is_begun_listed_and_cancelled(app: Flask, office: Office):
    assert office.manager_id
    assert "DUTY_HOURS are the cover" in run(app, "list")[1]
    assert run(app, "add", DUTY, "2026-10-06T09:00", "2026-10-06T13:00") == (0, f"{DUTY} is on the rota.\n")
    again = run(app, "add", DUTY, "2026-10-06T09:00", "2026-10-06T13:00")
    assert again == (0, f"{DUTY} is on the rota for that time already.\n")
    listed = run(app, "list")[1]
    assert f"1 2026-10-06T09:00 2026-10-06T13:00 {DUTY}" in listed
    assert "nobody: Tue 6 October, 13:00 to 16:45" in listed
    cancelled = run(app, "cancel", "1")[1]
    assert cancelled.startswith("Cancelled:")
    assert "nobody: Tue 6 October, 11:30 to 13:00\n" in cancelled, "from now on"
    assert run(app, "cancel", "1") == (1, "Error: No shift has the number 1: see 'flask cover list'.\n")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", DUTY, "today", "2026-10-06T13:00"), "write it like 2026-11-02T09:00, London time."),
        (("add", "worker@council.example", "2026-10-06T09:00", "2026-10-06T13:00"), "duty or administrator."),
    ],
)
def test_what_cannot_be_says_what_to_do(app: Flask, arguments: tuple[str, ...], told: str):
    code, shown = run(app, *arguments)
    assert code == 1
    assert told in shown


@pytest.mark.usefixtures("office")
def test_a_file_is_read_and_its_refused_lines_are_told(app: Flask, tmp_path: Path):
    rota = tmp_path / "rota.csv"
    rota.write_text(
        f"email,from,to\n{DUTY},2026-10-06T09:00,2026-10-06T13:00\n{DUTY},2026-10-07T09:00,2026-10-06T13:00\n",
        encoding="utf-8-sig",
    )
    code, shown = run(app, "import", str(rota))
    assert (code, shown) == (
        1,
        "1 shift added, 0 there already, 1 refused\nline 3: a shift ends after it begins\n",
    )
    rota.write_bytes(b"email,from,to\n\xff\xfe")
    assert "save it as CSV UTF-8" in run(app, "import", str(rota))[1]
    rota.write_text("who\n", encoding="utf-8")
    assert "email,from,to" in run(app, "import", str(rota))[1]
