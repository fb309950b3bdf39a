"""The first start of a newcomer, who loses patience in the middle of it and starts again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.demonstration.story import FINISHED, PLAYED
from console.trial import ADMINISTRATOR, DUTY, PASSWORD
from store import audit
from store.session import Database
from store.tables import Alert, Digest, Person
from tests.journeys.running import Browser, RunningService

pytestmark = pytest.mark.journey


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Where the newcomer's database is going to be."""
    database = Database(f"sqlite:///{tmp_path}/heard.sqlite")
    yield database
    database.close()


@pytest.fixture
def service(tmp_path: Path, database: Database) -> Iterator[RunningService]:
    """The service as it is tried out, not started yet."""
    service = RunningService(tmp_path, {"FLASK_APP": "app:create_app", "DATABASE_URL": str(database.engine.url)})
    yield service
    service.kill()


@pytest.mark.parametrize("days", [0, 5])
def test_a_first_start_that_was_killed_is_finished_by_the_next(service: RunningService, database: Database, days: int):
    service.start_and_kill(lambda: _people(database) and _played(database) >= days)
    assert _count_of(database, FINISHED) == 0, "the kill came too late"
    people = _people(database)

    service.start()
    printed = service.output.read_text(encoding="utf-8")
    manager, duty, administrator = re.findall(
        r"(\S+@\S+)   (?:a line manager|the duty desk|the administrator)", printed
    )
    assert f"Password  {PASSWORD}" in printed
    assert "sending hours and cover are not kept while trying out" in printed
    for email in (manager, duty, administrator):
        with Browser(service.url) as browser:
            assert "Sign out" in browser.sign_in(email, PASSWORD).text, email
    assert (duty, administrator) == (DUTY[0], ADMINISTRATOR[0])
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Digest)), "no digest to read"
        assert session.scalar(select(func.count()).select_from(Alert)), "no alert to see"
        assert session.scalar(select(func.count()).select_from(Person)) > people
    service.stop()

    played = _played(database)
    service.start()
    assert _played(database) == played, "the story is told once"


def _people(database: Database) -> int:
    try:
        with database.reading() as session:
            return session.scalars(select(func.count()).select_from(Person)).one()
    except OperationalError:  # the tables are not there yet
        return 0


def _played(database: Database) -> int:
    return _count_of(database, PLAYED)


def _count_of(database: Database, what: str) -> int:
    with database.reading() as session:
        return len(audit.subjects(session, what))
