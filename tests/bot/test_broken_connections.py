"""A database that is restarted under us, as PostgreSQL is now and then: no message may be lost or stay unread over it."""

from __future__ import annotations

import time

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from store.session import IDLE_SECONDS, Session
from store.tables import Alert, Answer, Message
from tests.builders import House, make_case

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database", ["postgres"], indirect=True),
]


def cut_all_connections(house: House) -> None:
    """What a restart of the server does to those who are connected."""
    url = make_url(str(house.database.engine.url))
    where = f"host={url.host} port={url.port} user={url.username} dbname=postgres"
    with psycopg.connect(where, autocommit=True) as connection:
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(cut, [url.database])


def test_a_message_that_meets_a_broken_connection_is_taken_in_on_a_new_one(house: House):
    make_case(house)
    house.ask()
    house.text("GO")
    cut_all_connections(house)
    house.text("7")
    with house.database.reading() as session:
        assert session.scalars(select(Answer.value)).all() == [7]
        assert session.scalars(select(Alert.id)).all() == []


def test_a_connection_that_lay_idle_is_asked_first(house: House):
    with house.database.reading() as session:
        session.scalars(select(Message.id)).all()
    cut_all_connections(house)
    time.sleep(IDLE_SECONDS + 0.1)
    with house.database.reading() as session:
        assert session.scalars(select(Message.id)).all() == []


def test_a_transaction_is_done_again_when_its_connection_breaks_and_only_once(house: House):
    done = []

    def act(session: Session) -> None:
        session.scalars(select(Message.id)).all()
        done.append(len(done))
        if len(done) == 1:
            cut_all_connections(house)
        session.scalars(select(Message.id)).all()

    house.database.transact(act)
    assert done == [0, 1]


def test_any_other_fault_is_not_tried_again(house: House):
    done = []

    def act(session: Session) -> None:
        done.append(session)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        house.database.transact(act)
    assert len(done) == 1
