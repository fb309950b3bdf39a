"""What `/ready` tells of Redis, where workers elsewhere send."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from app import create_app
from console.wiring import EXTENSION
from settings import Settings
from store.session import Database
from tests.standins.redis import RedisServer

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]
WELL = {
    "status": "ok",
    "database": "ok",
    "sending": "ok",
    "clock": "not taken yet",
    "jobs": "ok",
    "channels": {"sms": "simulated phones", "telegram": "not set up", "email": "kept in the console", "web": "ok"},
}


@pytest.fixture
def client(database: Database, redis: RedisServer) -> Iterator[FlaskClient]:
    """A browser before the app on PostgreSQL and this Redis."""
    url = database.engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url, redis_url=redis.url))
    yield app.test_client()
    app.extensions[EXTENSION].database.close()


def test_ready_says_that_redis_answers(client: FlaskClient):
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (200, {**WELL, "redis": "ok"})


def test_ready_is_ready_without_redis_and_says_that_it_does_not_answer(client: FlaskClient, redis: RedisServer):
    redis.kill()
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (200, {**WELL, "redis": "does not answer"})
    redis.start()
    assert client.get("/ready").json == {**WELL, "redis": "ok"}


def test_a_redis_that_hangs_keeps_nobody_waiting(client: FlaskClient, redis: RedisServer):
    redis.freeze()
    began = time.monotonic()
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (200, {**WELL, "redis": "does not answer"})
    assert time.monotonic() - began < 3
