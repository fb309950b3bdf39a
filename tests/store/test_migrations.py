"""A database of an earlier version keeps every row when it is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from store.migrate import BrokenDatabase, migrate, migration_config
from store.session import Database

ROWS = (
    "INSERT INTO units (id, service, district, name) VALUES (1, 's', 'd', 'n')",
    "INSERT INTO staff (id, email, name, role, failed_sign_ins) VALUES (1, 'a@council.example', 'Ada', 'worker', 0)",
    "INSERT INTO people (id, name, language, safe_contact) VALUES (1, 'Bo', 'en', 'text')",
    "INSERT INTO cases (id, reference, level, unit_id, worker_id) VALUES (1, 'EH1', 'l', 1, 1)",
    "INSERT INTO stage_events (id, case_id, stage, happened_on) VALUES (1, 1, 'review', '2026-01-05')",
    "INSERT INTO invitations (id, person_id, case_id, stage_event_id, stage, stage_on, audience, worker_id, line_manager_id, "
    "unit_id, status, due_at, made_at) VALUES (1, 1, 1, 1, 'review', '2026-01-05', 'parent_carer', 1, 1, 1, 'asked', "
    "'2026-01-06', '2026-01-06')",
    "INSERT INTO conversations (id, invitation_id, person_id, channel, address, survey_id, survey_version, state, opened_at) "
    "VALUES (1, 1, 1, 'sms', '+447700900001', 's', 1, '{}', '2026-01-06')",
    "INSERT INTO messages (id, direction, channel, address, text, at, status, conversation_id, media_count, priority, "
    "attempts, unsure) VALUES (1, 'in', 'sms', '+447700900001', 'x', '2026-01-06', 'received', 1, 0, 0, 0, false)",
    "INSERT INTO answers (id, conversation_id, invitation_id, message_id, question, metric, flags, survey_id, "
    "survey_version, stage, answered_at) VALUES (1, 1, 1, 1, 'q1', 'm', '', 's', 1, 'review', '2026-01-06')",
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the version before channels, with a conversation in it."""
    is_file = request.param == "sqlite"
    url = (
        f"sqlite:///{tmp_path}/old.sqlite" if is_file else request.getfixturevalue("postgres_server").new_database_url()
    )
    database, config = Database(url), migration_config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        for row in ROWS:
            connection.execute(text(row))
    yield database
    database.close()


def test_every_row_is_kept_and_the_keys_between_tables_stand(earlier: Database) -> None:
    migrate(earlier)
    with earlier.reading() as session:
        assert (
            session.execute(
                text("SELECT count(*) FROM messages JOIN conversations ON conversation_id = conversations.id")
            ).scalar()
            == 1
        )
        assert session.execute(text("SELECT invitation_id FROM answers")).scalar() == 1
    with pytest.raises(Exception, match=r"(?i)foreign key"), earlier.writing() as session:
        session.execute(text("UPDATE messages SET conversation_id = 99"))


def test_one_address_still_has_one_open_conversation_at_most(earlier: Database) -> None:
    migrate(earlier)
    with pytest.raises(Exception, match=r"(?i)unique"), earlier.writing() as session:
        session.execute(
            text(
                "INSERT INTO conversations (channel, address, survey_id, survey_version, state, opened_at) "
                "VALUES ('sms', '+447700900001', 's', 1, '{}', '2026-01-07')"
            )
        )


@pytest.mark.parametrize("earlier", ["sqlite"], indirect=True)  # PostgreSQL cannot hold such rows
def test_rows_that_fit_nothing_stop_it_before_anything_is_changed(earlier: Database) -> None:
    with earlier.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF").close()
        with connection.begin():
            connection.execute(text("UPDATE answers SET message_id = 99"))
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON").close()
    with pytest.raises(BrokenDatabase, match="Restore a backup"):
        migrate(earlier)
