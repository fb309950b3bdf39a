"""Connections and transactions, for SQLite and PostgreSQL alike.

SQLite runs with write-ahead logging, takes its write lock at BEGIN, and queues the writers of this process behind one
lock: without it the slowest requests wait many times longer. PostgreSQL needs none of that.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

Result = TypeVar("Result")

__all__ = ["Database", "DatabaseFault", "Session", "check_url"]

BUSY_TIMEOUT_SECONDS = 15
_GAVE_WAY = frozenset({"40P01", "40001"})
"""PostgreSQL's states of a transaction that it has ended in favour of another."""
_DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}


def check_url(url: str) -> None:
    """Look whether this is the address of a database that we can use; nothing is connected.

    Raises:
        ValueError: it is not; the sentence says what to write instead and never holds the address, nor its password.
    """
    try:
        read = make_url(url)
    except (DatabaseFault, ValueError):
        read = None
    is_file = read is not None and bool(read.database) and read.database != ":memory:"
    if read is None or read.drivername not in _DRIVERS or not is_file:
        raise ValueError("write sqlite:///FILE, or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE")


IDLE_SECONDS = 1.0
"""A connection that answered less than so long ago is used again without being asked first whether it still does."""


class _OneTransaction(Session):
    """A session for one transaction, whose connection is looked up once: statements ask for it over and over."""

    _found: Connection | None = None

    def connection(self, *args: Any, **kwargs: Any) -> Connection:  # noqa: ANN401 - SQLAlchemy's arguments
        """The connection of the transaction."""
        if args or kwargs:
            return super().connection(*args, **kwargs)
        if self._found is None:
            self._found = super().connection()
        return self._found


class Database:
    """One database, and the two ways of speaking to it: `writing()` and `reading()`."""

    def __init__(self, url: str, *, pool_size: int = 12) -> None:
        """Prepare the engine; no connection is made yet.

        Args:
            url: SQLAlchemy's form, `sqlite:///var/heard.sqlite` or `postgresql+psycopg://…`.
            pool_size: connections kept open; as many as there are threads.
        """
        self.engine = _engine(url, pool_size)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._reading_engine = self.engine.execution_options(writes=False)
        self._one_writer: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits at the end, or rolls back whole if anything is raised."""
        with self._one_writer, _OneTransaction(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def transact(self, act: Callable[[Session], Result]) -> Result:
        """Return what `act` gives, done in a transaction.

        It is done once more, from its beginning, if the connection breaks under it or it had to give way to another. It may
        have been committed when the connection broke, so `act` must change nothing the second time.
        """
        try:
            with self.writing() as session:
                return act(session)
        except DBAPIError as fault:
            if not (fault.connection_invalidated or getattr(fault.orig, "sqlstate", None) in _GAVE_WAY):
                raise
            with self.writing() as session:
                return act(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking things up; what is changed in it is never kept."""
        with Session(self._reading_engine, expire_on_commit=False) as session:
            yield session

    def is_well(self) -> bool:
        """Whether the database answers."""
        with self.reading() as session:
            return bool(session.execute(text("SELECT 1")).scalar_one())

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: str, pool_size: int) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(  # by name, a value that stands in a statement a hundred times is prepared once
            url,
            paramstyle="named",
            hide_parameters=True,
            pool_size=pool_size,
            connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(url, hide_parameters=True, pool_size=pool_size)
    _ask_after_a_pause(engine)
    return engine


def _ask_after_a_pause(engine: Engine) -> None:
    """Ask a connection that has lain idle whether it still answers, so that a restarted database costs nobody anything.

    SQLAlchemy's own `pool_pre_ping` asks every time, which is a round trip for every message. A connection that breaks
    within the second before it is used is found out by the statement that it breaks under, as one that breaks after being
    asked is: whoever takes messages in then does so again on a new one.
    """

    def note(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info["answered"] = time.monotonic()

    def ask(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info["answered"] < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None

    event.listen(engine, "connect", note)
    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ask)


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
