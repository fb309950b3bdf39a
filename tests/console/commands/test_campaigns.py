"""`flask partners`, `flask triage` and `flask campaigns`, from a register to a campaign that has ended."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from bot.campaigns import jobs
from bot.clock import SetClock
from bot.service import Service

REGISTER = (
    "organisation,kind,post,name,email,mobile\n"
    "Oak Primary,school,Safeguarding lead,Pat Oak,pat@oak.example,\n"
    "Elm Clinic,health,Health visitor,Ash Elm,,07700 900201\n"
)
DECISIONS = "reference,decided_on,district,outcome,name,email\nT-1,2026-10-05,Marlbury,early help,Kit Beck,{}\n"
NEW = ("--survey", "partner_six_monthly", "--from", "2026-10-06", "--to", "2026-10-30")


def say(app: Flask, *arguments: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def _partners(app: Flask, tmp_path: Path) -> None:
    register = tmp_path / "partners.csv"
    register.write_text(REGISTER, encoding="utf-8")
    assert say(app, "partners", "import", str(register)).splitlines()[0] == "Added      2"
    assert "Unchanged  2" in say(app, "partners", "import", str(register))


@pytest.mark.usefixtures("_partners")
def test_partners_are_listed_added_to_left_out_and_proven_to_be_invited(
    app: Flask, service: Service, clock: SetClock
) -> None:
    assert "not asked yet" in say(app, "partners", "list")
    more = ("--organisation", "Yew Trust", "--kind", "voluntary", "--post", "Manager", "--name", "Bo Yew")
    assert "--email: no address" in say(app, "partners", "add", *more, code=1)
    assert say(app, "partners", "add", *more, "--email", "bo@yew.example") == "Added.\n"
    assert say(app, "partners", "add", *more, "--email", "bo@yew.example") == "It is there already.\n"
    assert "1 address is used no more" in say(app, "partners", "leave", "yew trust")
    assert "flask partners list" in say(app, "partners", "leave", "Nobody", code=1)
    assert jobs.make_due(service, clock) == 2
    assert jobs.ask_due(service, clock) == 2
    service.outbox.drain()
    proof = say(app, "partners", "invited")
    assert 'Oak Primary,school,,,Safeguarding lead,"Partners, October 2026",2026-10-06,email,kept,asked,' in proof
    assert "Pat" not in proof


def test_refused_rows_are_told_and_the_exit_code_is_that_of_a_case_list(app: Flask, tmp_path: Path) -> None:
    register = tmp_path / "partners.csv"
    register.write_text(REGISTER + "Yew Trust,voluntary,Manager,Bo Yew,,\n", encoding="utf-8")
    told = say(app, "partners", "import", str(register), code=0)
    assert "Added      2" in told
    assert "Refused    1\nline 4, email: no address" in told


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.csv"
    nothing.write_text("a,b\n1,2\n", encoding="utf-8")
    for command in (("partners", "import"), ("triage", "import")):
        told = say(app, *command, str(nothing), code=1)
        assert "must name these columns too" in told
        assert "Traceback" not in told
        assert "No such file" in say(app, *command, str(tmp_path / "missing.csv"), code=1)


def test_triage_decisions_are_taken_in_once(app: Flask, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(DECISIONS.format("kit@beck.example"), encoding="utf-8")
    assert "Added      1" in say(app, "triage", "import", str(decisions))
    assert "Unchanged  1" in say(app, "triage", "import", str(decisions))
    decisions.write_text(DECISIONS.format(""), encoding="utf-8")
    assert "line 2, email: no address" in say(app, "triage", "import", str(decisions))


@pytest.mark.usefixtures("_partners")
def test_a_campaign_goes_from_its_preview_to_its_end(app: Flask, service: Service, clock: SetClock) -> None:
    made = say(app, "campaigns", "new", "Summer plans", *NEW, "--selection", "partners")
    assert "will be asked  2" in made
    assert "First texts: 1 part, £0.0" in made
    assert "Each answer brings one more text." in made
    assert made.endswith("To begin: flask campaigns start 1 --confirm 2\n")
    assert say(app, "campaigns", "preview", "1") == made
    assert "2 people now, not 9" in say(app, "campaigns", "start", "1", "--confirm", "9", code=1)
    assert "2 people will be asked" in say(app, "campaigns", "start", "1", "--confirm", "2")
    assert say(app, "campaigns", "pause", "1") == "Campaign 1 is paused.\n"
    assert jobs.ask_due(service, clock) == 0
    assert say(app, "campaigns", "resume", "1") == "Campaign 1 runs again.\n"
    assert jobs.ask_due(service, clock) == 2
    assert "2 Asked, no answer yet" in say(app, "campaigns", "progress", "1")
    assert say(app, "campaigns", "end", "1") == "Campaign 1 has ended.\n"
    assert "Ended" in say(app, "campaigns", "list")
    assert "It has ended before." in say(app, "campaigns", "end", "1", code=1)
    for command in ("preview", "progress", "pause"):
        assert "There is no campaign 9" in say(app, "campaigns", command, "9", code=1)


def test_a_list_with_wrong_rows_is_told_row_by_row(app: Flask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,email\nRo Ash,\nJo Ash,x\n", encoding="utf-8")
    told = say(app, "campaigns", "new", "Plans", *NEW, "--list", str(people), code=1)
    assert "line 2, email: no address" in told
    assert "line 3, email: not an e-mail address" in told
    assert "There are none yet" in say(app, "campaigns", "list")
