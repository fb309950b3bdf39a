"""`flask tags`: tagging again, how often the machine is right, and what people said, to train with."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from analysis import tags
from bot.service import Service
from store.tables import Alert, Correction, Tag
from tests.console.office import LISTENED, Browser, Office


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["tags", *arguments])


@pytest.fixture
def released(service: Service, office: Office) -> None:  # noqa: ARG001 - the office must be furnished first
    """Nothing is held any more, and nothing was about anybody's conduct."""
    with service.database.writing() as session:
        session.execute(update(Alert).values(conduct=False, severity="amber", released_at=Alert.raised_at))


@pytest.fixture
def corrected(service: Service, office: Office) -> None:
    with service.database.writing() as session:
        tag = session.get_one(Tag, 1)
        session.add(
            Correction(
                answer_id=1,
                message_id=1,
                staff_id=office.manager_id,
                made_at=tag.tagged_at,
                sentiment="positive",
                themes='{"listened": "positive", "ending": "neutral"}',
                complaint=False,
                compliment=True,
                machine_sentiment="positive",
                machine_themes="{}",
                machine_complaint=False,
                machine_compliment=True,
                machine_method="test",
                machine_version="1",
            )
        )


def test_what_another_method_has_tagged_is_tagged_again_once(app: Flask, service: Service, corrected: None):  # noqa: ARG001
    result = run(app, "retag")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"3 answers tagged again, by {tags.method()}, version {tags.VERSION}.\n"
    assert result.stderr.startswith("3 of 3 answers")
    with service.database.reading() as session:
        assert set(session.scalars(select(Tag.method))) == {tags.method()}
        assert session.get_one(Correction, 1).machine_method == "test"
    again = run(app, "retag")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "There is nothing to tag again.\n", "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--since", "2026-10-06"], "3 answers tagged again"),
        (["--since", "2026-10-07"], "There is nothing to tag again"),
        (["--until", "2026-10-06"], "There is nothing to tag again"),
        (["--until", "2026-10-07"], "3 answers tagged again"),
        (["--since", "2026-10-06", "--until", "2026-10-06"], "There is nothing to tag again"),
        (["--since", "2026-10-06", "--until", "2026-10-07"], "3 answers tagged again"),
    ],
)
def test_days_are_counted_from_the_first_up_to_the_last(app: Flask, office: Office, options: list[str], told: str):  # noqa: ARG001
    assert run(app, "retag", *options).stdout.startswith(told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["retag", "--since", "spring"], "'--since': write it like 2026-11-30"),
        (["retag", "--until", "30/11/2026"], "'--until': write it like 2026-11-30"),
        (["retag", "--since", "2026-11-31"], "write it like 2026-11-30"),
        (["retag", "--since", "2026-10-07", "--until", "2026-10-06"], "--until must not be before --since"),
        (["agreement", "--month", "2026-13"], "write it like 2026-11"),
        (["agreement", "--month", "October"], "write it like 2026-11"),
    ],
)
def test_a_day_or_month_that_cannot_be_read_is_told(app: Flask, arguments: list[str], told: str):
    result = run(app, *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True)


def test_what_each_command_does_is_told_whole(app: Flask):
    lines = run(app, "--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == ["agreement", "corrections", "retag"]
    assert [line for line in lines if "..." in line] == []


def test_agreement_is_told_month_by_month(app: Flask, office: Office, corrected: None):  # noqa: ARG001
    lines = run(app, "agreement").stdout.splitlines()
    assert lines[0] == "2026-10: people looked at 1 comment"
    assert [line.split("  ")[1].strip() + ": " + line.split("  ")[-1].strip() for line in lines[1:]] == [
        "How it sounds: 1 of 1",
        "Praise to pass on: 1 of 1",
        "Being listened to: 0 of 1",
        "Ending well: 0 of 1",
    ]
    assert run(app, "agreement", "--month", "2026-10").stdout.splitlines() == lines
    assert run(app, "agreement", "--month", "2026-09").stdout == "Nobody looked at any tags then.\n"


def test_where_nobody_has_looked_that_is_told(app: Flask, office: Office):  # noqa: ARG001
    assert run(app, "agreement").stdout == "Nobody has looked at any tags yet.\n"


def test_what_people_said_is_written_to_train_with(app: Flask, corrected: None, released: None):  # noqa: ARG001
    rows = list(csv.reader(io.StringIO(run(app, "corrections").stdout)))
    assert rows == [
        ["text", "audience", "question", "sentiment", "themes", "complaint", "compliment"],
        [
            LISTENED.replace("Sam", "[name]"),
            "parent_carer",
            "free_good",
            "positive",
            "listened:pos|ending:neutral",
            "0",
            "1",
        ],
    ]


def test_nobody_is_named_in_what_is_written(app: Flask, browser: Browser, corrected: None, released: None):  # noqa: ARG001
    written = run(app, "corrections").stdout
    for private in ("EH-1042", "Robin", "Alex", "Sam", "7700", "2026"):
        assert private not in written
