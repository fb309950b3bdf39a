"""Messages for the bench of the outbox, written by the database itself, a million of them within seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Boolean, bindparam, text

from store.base import UtcTime
from store.session import Database

_FILL = text(
    "INSERT INTO messages (direction, channel, address, text, at, status, kind, key, provider_id, priority, media_count,"
    " attempts, unsure, not_before, next_attempt_at)"
    " WITH RECURSIVE numbers(n) AS"
    " (SELECT CAST(:first AS integer) UNION ALL SELECT n + 1 FROM numbers WHERE n < CAST(:last AS integer))"
    " SELECT 'out', 'sms', '+999' || (100000000 + n), :words, :now, CAST(:status AS varchar), 'reply', 'bench:' || n,"
    " CASE WHEN CAST(:status AS varchar) = 'queued' THEN NULL ELSE 'sent:' || n END, 0, 0, 0, :no, :due, :due FROM numbers"
).bindparams(bindparam("now", type_=UtcTime()), bindparam("due", type_=UtcTime()), bindparam("no", type_=Boolean()))


def address(number: int) -> str:
    """The address of one message."""
    return f"+999{100_000_000 + number}"


def queue(database: Database, first: int, last: int, later: timedelta = timedelta(0)) -> None:
    """Write messages to addresses of their own, due now or so much later."""
    _fill(database, first, last, "queued", later)


def grow(database: Database, first: int, last: int) -> None:
    """Write a third that were sent, a third that wait for another day, and behind them a third that are due."""
    third = (last - first + 1) // 3
    _fill(database, first, first + third - 1, "delivered", timedelta(0))
    _fill(database, first + third, first + 2 * third - 1, "queued", timedelta(days=1))
    _fill(database, first + 2 * third, last, "queued", timedelta(0))
    if not database.is_sqlite:  # by itself PostgreSQL would do so within a minute
        with database.writing() as session:
            session.execute(text("ANALYZE messages"))


def _fill(database: Database, first: int, last: int, status: str, later: timedelta) -> None:
    now = datetime.now(UTC)
    values = {"first": first, "last": last, "words": b"Bench", "now": now, "due": now + later, "no": False}
    with database.writing() as session:
        session.execute(_FILL, {**values, "status": status})


def unsent(database: Database) -> int:
    """How many messages are due and not yet written down as sent."""
    with database.reading() as session:
        counted = session.execute(text("SELECT count(*) FROM messages WHERE status IN ('queued', 'sending')"))
        return int(counted.scalar_one())
