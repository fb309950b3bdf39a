"""A county for the bench of coverage: 50,000 cases and a million messages, written by the database itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    bindparam,
    insert,
    text,
)

from store.base import UtcTime
from store.migrate import migrate
from store.session import Database

LAST_DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
_DAYS = 3 * 365
_COUNTY = Path(__file__).with_name("county.sql")
_DAY_TABLE = Table(
    "bench_days", MetaData(), Column("n", Integer, primary_key=True), Column("day", Date), prefixes=["TEMPORARY"]
)
_VALUES: Mapping[str, BindParameter[Any]] = {
    "now": bindparam("now", NOW, UtcTime()),
    "false": bindparam("false", value=False, type_=Boolean()),
    "words": bindparam("words", b"Bench", LargeBinary()),
}


def build(database: Database) -> None:
    """Make the tables and fill them: within about a minute on SQLite, two on PostgreSQL."""
    migrate(database)
    with database.writing() as session:
        _DAY_TABLE.create(session.connection())
        days = [{"n": n, "day": LAST_DAY - timedelta(days=n)} for n in range(_DAYS)]
        session.execute(insert(_DAY_TABLE), days)
        for statement in _COUNTY.read_text(encoding="utf-8").split(";\n"):
            used = [value for name, value in _VALUES.items() if f":{name}" in statement]
            if "INSERT" in statement:
                session.execute(text(statement).bindparams(*used))
    if not database.is_sqlite:  # what PostgreSQL does by itself in time, and SQLite never
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
