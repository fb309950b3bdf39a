"""`flask events` and `flask pulse`, and what `flask links list` tells of open surveys."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from bot.clock import SetClock
from bot.pulse import asking
from bot.service import Service
from store.council.organisation import keep_unit
from store.tables import Campaign, OpenSurvey, Staff


def run(app: Flask, *arguments: str):
    return app.test_cli_runner().invoke(args=[*arguments])


def test_an_event_gets_a_door_a_picture_and_mails(app: Flask, tmp_path: Path):
    listed, picture = tmp_path / "there.csv", tmp_path / "poster.svg"
    listed.write_text("email\na@council.example\nb@council.example\n")
    result = run(app, "events", "add", "Roadshow", "--on", "2026-10-06", "--list", str(listed), "--qr", str(picture))
    assert result.exit_code == 0, result.output
    assert "/s/" in result.output
    assert "It opens on 7 October 2026 and closes after 20 October 2026; 2 mails wait for that." in result.output
    assert picture.read_bytes().startswith(b"<?xml")
    assert "in Roadshow, open until 20 October 2026" in run(app, "links", "list").output
    again = run(app, "events", "add", "Roadshow", "--on", "2026-10-06")
    assert again.exit_code == 1
    assert "There is an event of that name" in again.output


@pytest.mark.parametrize(
    "content", [b"email\nno address\n", b"name\nAnn\n", "email\nä@council.example".encode("utf-16")]
)
def test_with_a_bad_list_nothing_is_made(app: Flask, service: Service, tmp_path: Path, content: bytes):
    listed = tmp_path / "there.csv"
    listed.write_bytes(content)
    result = run(app, "events", "add", "Roadshow", "--on", "2026-10-06", "--list", str(listed))
    assert result.exit_code in {1, 2}
    assert "Traceback" not in result.output
    with service.database.reading() as session:
        assert session.query(OpenSurvey).count() == 0


def test_a_survey_that_is_bound_to_a_campaign_tells_how_many_came_and_answered(
    app: Flask, service: Service, clock: SetClock
):
    today = date(2026, 10, 6)
    with service.database.writing() as session:
        session.add(
            Campaign(
                name="Hub week",
                kind="one_off",
                survey_id="open_access_session",
                audience="young_person",
                opens_on=today,
                closes_on=today + timedelta(days=6),
                reminders=0,
                selection="whoever has the code",
                status="running",
                made_at=clock.now(),
            )
        )
    made = run(app, "links", "open", "open_access_session", "--campaign", "Hub week", "--code", "hub-week")
    assert made.exit_code == 0, made.output
    app.test_client().post("/s/hub-week")
    line = next(line for line in run(app, "links", "list").output.splitlines() if "hub-week" in line)
    assert "1 in     0 answered" in line
    assert "in Hub week, open" in line
    refused = run(app, "links", "open", "open_access_session", "--campaign", "Hub year")
    assert "no campaign that has not ended has that name" in " ".join(refused.output.split())


def test_of_a_pulse_nobody_is_told_how_many_have_answered_so_far(app: Flask, service: Service, clock: SetClock):
    with service.database.writing() as session:
        unit = keep_unit(session, "Early Help units", "Marlbury", "Ashbrook")
        session.add_all(
            Staff(email=f"{number}@council.example", name="Sam", role="worker", unit_id=unit) for number in range(11)
        )
    assert asking.run(service, clock.now()) == 11
    line = run(app, "links", "list").output.splitlines()[0]
    assert "by private links" in line
    assert "answered" not in line
    assert "/s/" not in line
    running = run(app, "pulse", "show", "2026-Q4")
    assert running.exit_code == 1
    assert "It is still running" in running.output
    clock.move(timedelta(days=25))
    asking.run(service, clock.now())
    shown = run(app, "pulse", "show", "2026-Q4").output
    assert "Ashbrook: 11 asked, answered: too few to be shown" in shown


def test_where_there_is_no_pulse_the_command_says_why(app: Flask):
    result = run(app, "pulse", "show")
    assert result.exit_code == 1
    assert "There is no staff pulse in 2026-Q4 yet. 0 are in post" in result.output


def test_a_pulse_is_paused_as_any_campaign_is_and_watched_without_its_answers(
    app: Flask, service: Service, clock: SetClock
):
    with service.database.writing() as session:
        session.add_all(Staff(email=f"{number}@council.example", name="Sam", role="worker") for number in range(11))
    assert asking.run(service, clock.now()) == 11
    assert run(app, "campaigns", "pause", "1").output == "Campaign 1 is paused.\n"
    line = run(app, "campaigns", "list").output
    assert "Paused" in line
    assert "11 asked" in line
    assert "answered" not in line
    told = run(app, "campaigns", "progress", "1").output
    assert "paused, 11 people" in told
    assert "see 'flask pulse show'" in told
    assert run(app, "campaigns", "resume", "1").output == "Campaign 1 runs again.\n"
    ended = run(app, "campaigns", "end", "1")
    assert ended.exit_code == 1
    assert "ends by itself after its last day" in ended.output
    preview = run(app, "campaigns", "preview", "1")
    assert preview.exit_code == 1
    assert "begins by itself" in preview.output
