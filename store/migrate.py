"""Bringing a database to the tables of this version, with Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from store.session import Database

MIGRATIONS = Path(__file__).parent / "migrations"
_PG_LOCK = 4_847_201  # any number, the same for every process that migrates


class NewerDatabase(Exception):
    """The database has tables of a version that this program does not know; the message says what to do."""


class BrokenDatabase(Exception):
    """The database holds rows that refer to others which are not there; the message says what to do."""


def migration_config() -> Config:
    """Alembic's configuration; the connection is put into its attributes by whoever runs it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(database: Database) -> None:
    """Bring the database to the newest tables, if it is not there yet. Two processes may start at once.

    Raises:
        NewerDatabase: it has tables of a version that this program does not know.
        BrokenDatabase: its rows do not fit each other.
    """
    make_folder(database)
    if is_current(database):
        return
    config = migration_config()
    _refuse_newer(database, ScriptDirectory.from_config(config))
    with _open_for_rebuilding(database) as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_PG_LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _open_for_rebuilding(database: Database) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt, as SQLite has to do to change a column.

    SQLite would delete what refers to the old table while it is dropped, so its foreign keys are off in the meantime, and
    looked through before anything is kept.
    """
    with database.engine.connect() as connection:
        keys_can_be_off = database.is_sqlite and connection.connection.dbapi_connection
        if keys_can_be_off:
            keys_can_be_off.execute("PRAGMA foreign_keys=OFF").close()  # outside a transaction, or it does nothing
        try:
            with connection.begin():
                yield connection
                if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise BrokenDatabase(
                        "Rows refer to others that are missing, so nothing was changed. Restore a backup."
                    )
        finally:
            if keys_can_be_off:
                keys_can_be_off.execute("PRAGMA foreign_keys=ON").close()


def _refuse_newer(database: Database, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    with database.engine.connect() as connection:
        if set(MigrationContext.configure(connection).get_current_heads()) - known:
            raise NewerDatabase(
                "The database belongs to a newer version of Heard: run that version, or restore a backup from before it."
            )


def is_current(database: Database) -> bool:
    """Whether the database has exactly the tables of this version."""
    heads = set(ScriptDirectory.from_config(migration_config()).get_heads())
    with database.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


def make_folder(database: Database) -> None:
    """Make the folder of an SQLite file, which SQLite itself does not."""
    path = make_url(str(database.engine.url)).database
    if database.is_sqlite and path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
