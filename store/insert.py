"""Inserting what may be there already: the database, not a check before it, decides what is a duplicate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.base import Base

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_if_new(session: Session, table: type[Base], returning: str | None = None) -> Any:  # noqa: ANN401 - the two dialects share no typed parent
    """An INSERT into `table` that leaves a row alone where any unique key of it is there already; built once.

    Args:
        returning: the column to give back of a row that was new.
    """
    return _built(session.get_bind().dialect.name, table, returning)


@lru_cache
def _built(dialect: str, table: type[Base], returning: str | None) -> Any:  # noqa: ANN401
    statement = _INSERTS[dialect](table.__table__).on_conflict_do_nothing()
    return statement.returning(table.__table__.c[returning]) if returning else statement


def insert_or_replace(session: Session, table: type[Base], unique: tuple[str, ...]) -> Any:  # noqa: ANN401
    """An INSERT into `table` that takes the place of a row with the same `unique` columns and keeps its id; built once."""
    return _replacing(session.get_bind().dialect.name, table, unique)


@lru_cache
def _replacing(dialect: str, table: type[Base], unique: tuple[str, ...]) -> Any:  # noqa: ANN401
    statement = _INSERTS[dialect](table.__table__)
    others = [column.name for column in table.__table__.columns if not column.primary_key and column.name not in unique]
    return statement.on_conflict_do_update(
        index_elements=list(unique), set_={name: statement.excluded[name] for name in others}
    )


def insert_new(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those of `rows` that are not there yet; return how many were new."""
    if not rows:
        return 0
    statement = insert_if_new(session, table)
    result = session.connection().execute(statement, list(rows), execution_options={"preserve_rowcount": True})
    return result.rowcount
