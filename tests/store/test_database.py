"""The database itself: times, words and transactions on SQLite and PostgreSQL alike."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from store.session import Database
from store.tables import Message


def test_words_come_back_exactly_as_they_were_kept(database: Database) -> None:
    words = "emoji 😢, NUL \x00, right to left שלום, " + "x" * 1600
    with database.writing() as session:
        session.add(_message(words))
    with database.reading() as session:
        assert session.scalars(select(Message.text)).one() == words


def test_a_failed_transaction_leaves_nothing_behind(database: Database) -> None:
    def keep_and_fail() -> None:
        with database.writing() as session:
            session.add(_message("half"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_and_fail()
    with database.reading() as session:
        assert session.scalars(select(Message.id)).all() == []


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="aware"), database.writing() as session:
        session.add(_message("x", at=datetime(2026, 1, 1)))  # noqa: DTZ001 - that is the mistake


def _message(text: str, at: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> Message:
    return Message(direction="in", channel="sms", address="+447700900001", text=text, at=at, status="received")
