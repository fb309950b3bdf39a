"""The floor of the outbox: the two commits that each message must cost, and nothing else, straight through the drivers.

The first says that the message is being sent and until when, the second that it was. As many threads as the service has.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

_CLAIM = "UPDATE messages SET status = 'sending', lease_until = {0}, attempts = 1, unsure = {1} WHERE id = {2}"
_RECORD = "UPDATE messages SET status = 'accepted', provider_id = {0}, sent_at = {1}, unsure = {2} WHERE id = {3}"

Commit = Callable[[str, tuple[object, ...]], None]


def rate(database_url: str, ids: range, threads: int) -> float:
    """Messages a second, through both commits.

    Args:
        ids: of messages that wait.
    """
    one_writer = threading.Lock()
    shares = [ids[place::threads] for place in range(threads)]
    workers = [threading.Thread(target=_drain, args=(database_url, share, one_writer)) for share in shares]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(ids) / (time.perf_counter() - began)


def _drain(database_url: str, ids: range, one_writer: AbstractContextManager[Any]) -> None:
    commit = _sqlite(database_url, one_writer) if database_url.startswith("sqlite") else _postgres(database_url)
    for message_id in ids:
        now = datetime.now(UTC).isoformat(sep=" ")
        commit(_CLAIM, (now, True, message_id))
        commit(_RECORD, (f"floor:{message_id}", now, False, message_id))


def _sqlite(database_url: str, one_writer: AbstractContextManager[Any]) -> Commit:
    connection = sqlite3.connect(make_url(database_url).database or "", isolation_level=None, timeout=15)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()

    def commit(statement: str, values: tuple[object, ...]) -> None:
        with one_writer:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(statement.format(*"????"), values)
            connection.execute("COMMIT")

    return commit


def _postgres(database_url: str) -> Commit:
    connection = psycopg.connect(database_url.replace("+psycopg", "", 1))

    def commit(statement: str, values: tuple[object, ...]) -> None:
        with connection.transaction():
            connection.execute(statement.format("%s", "%s", "%s", "%s").encode(), values)

    return commit
