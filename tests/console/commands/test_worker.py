"""`flask worker`, and `flask serve` beside it: who sends, and what to set."""

from __future__ import annotations

import pytest
from flask import Flask

from app import create_app
from settings import BadSettings, Settings

POSTGRES = "postgresql+psycopg://heard@127.0.0.1:9/heard"
REDIS = "redis://:secret-of-redis@127.0.0.1:9/0"


def make_app(**chosen: str) -> Flask:
    return create_app(Settings.from_environment({key.upper(): value for key, value in chosen.items()}))


def test_without_redis_the_worker_says_what_to_set(sqlite_url: str) -> None:
    done = make_app(database_url=sqlite_url).test_cli_runner().invoke(args=["worker"])
    assert done.exit_code == 1
    assert "set REDIS_URL to the same redis://HOST:PORT/NUMBER everywhere" in done.output
    assert "PostgreSQL" in done.output


def test_with_redis_the_worker_part_of_serve_points_to_the_command() -> None:
    app = make_app(database_url=POSTGRES, redis_url=REDIS)
    done = app.test_cli_runner().invoke(args=["serve", "--only", "worker"])
    assert done.exit_code == 2
    assert "run 'flask worker'" in done.output


@pytest.mark.parametrize("url", ["sqlite:///var/heard.sqlite", "sqlite+pysqlite:///var/heard.sqlite"])
def test_workers_on_one_sqlite_file_are_refused_at_start(url: str) -> None:
    with pytest.raises(BadSettings, match=r"REDIS_URL: .* set DATABASE_URL to postgresql") as refused:
        Settings.from_environment({"DATABASE_URL": url, "REDIS_URL": REDIS})
    assert "secret-of-redis" not in str(refused.value)


def test_the_password_of_redis_does_not_show() -> None:
    settings = Settings.from_environment({"DATABASE_URL": POSTGRES, "REDIS_URL": REDIS})
    assert "secret-of-redis" not in repr(settings)
