"""Who is let in: keys by their hash, their scopes, their end, and how often they may call."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask

from bot import systems
from bot.clock import SetClock
from console.wiring import EXTENSION
from store.session import Database
from store.systems import keys
from store.tables import ApiKey, AuditEntry
from tests.console.api.calling import PERSON, System

WRITE = ("people:write",)


def row_of(database: Database) -> ApiKey:
    with database.reading() as session:
        return session.query(ApiKey).one()


def test_only_the_hash_of_a_key_is_kept(system: System, database: Database):
    assert system.token.startswith("heard_")
    assert len(system.token) >= len("heard_") + 32
    kept = row_of(database)
    assert kept.key_hash == systems.hash_of(system.token)
    assert system.token not in str(vars(kept))


@pytest.mark.parametrize(
    ("header", "error"),
    [
        (None, ""),
        ("", ""),
        ("Bearer", ""),
        ("Basic aGVhcmQ6aGVhcmQ=", ""),
        ("Bearer heard_nobody", ', error="invalid_token"'),
        ("Bearer " + "x" * 5000, ', error="invalid_token"'),
        ("Bearer \udcff\udcfe", ', error="invalid_token"'),
    ],
)
def test_without_a_key_that_is_good_nothing_is_told(settled_app: Flask, header: str | None, error: str):
    headers = {} if header is None else {"Authorization": header}
    answer = settled_app.test_client().get("/api/v1/people/P-1", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == f'Bearer realm="Heard"{error}'
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:heard:problem:unauthorised"
    assert "RateLimit" not in answer.headers


def test_who_has_no_key_is_refused_without_waiting_for_whoever_writes(settled_app: Flask):
    database = settled_app.extensions[EXTENSION].database
    refused: list[int] = []

    def call() -> None:
        headers = {"Authorization": "Bearer heard_nobody"}
        refused.append(settled_app.test_client().get("/api/v1/people/P-1", headers=headers).status_code)

    caller = Thread(target=call)
    with database.writing():
        caller.start()
        caller.join(timeout=5)
        in_the_meantime = list(refused)
    caller.join()
    assert in_the_meantime == [401]


def test_a_key_ends(system: System, clock: SetClock):
    assert system.get("/people/P-1").status_code == 404
    clock.move(timedelta(days=364, hours=23))
    assert system.get("/people/P-1").status_code == 404
    clock.move(timedelta(hours=1))
    assert system.get("/people/P-1").status_code == 401


def test_a_revoked_key_opens_nothing_from_that_moment_on(system: System, database: Database, clock: SetClock):
    with database.writing() as session:
        assert systems.revoke(session, "case system", now=clock.now()) == 1
    assert system.get("/people/P-1").status_code == 401


def test_after_a_rotation_the_old_key_is_good_for_a_week(system: System, database: Database, clock: SetClock):
    with database.writing() as session:
        new = systems.rotate(session, "case system", days=30, now=clock.now())
    clock.move(timedelta(days=6, hours=23))
    assert system.get("/people/P-1").status_code == 404
    clock.move(timedelta(hours=1))
    assert system.get("/people/P-1").status_code == 401
    system.token = new
    assert system.get("/people/P-1").status_code == 404


def test_a_rotation_does_not_lengthen_what_was_to_end_sooner(system: System, database: Database, clock: SetClock):
    clock.move(timedelta(days=363))
    with database.writing() as session:
        systems.rotate(session, "case system", days=30, now=clock.now())
    clock.move(timedelta(days=2))
    assert system.get("/people/P-1").status_code == 401


def test_a_key_opens_only_what_it_is_for(either: Flask):
    system = System(either, WRITE)
    assert system.put("/people/P-1", PERSON).status_code == 201
    refused = system.get("/people/P-1")
    assert refused.status_code == 403
    assert 'error="insufficient_scope", scope="people:read"' in refused.headers["WWW-Authenticate"]
    assert "people:read" in refused.json["detail"]


def test_calls_are_counted_by_the_minute_over_all_processes(either: Flask, database: Database, clock: SetClock):
    system = System(either, a_minute=3)
    clock.move(timedelta(seconds=15))
    left = [system.get("/people/P-1").headers["RateLimit"] for _ in range(3)]
    assert left == [f'"minute";r={calls};t=45' for calls in (2, 1, 0)]
    with database.writing() as session:  # what another process would do
        assert isinstance(systems.admit(session, system.token, clock.now()), systems.TooMany)
    refused = system.get("/people/P-1")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "45"
    assert refused.headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    clock.move(timedelta(seconds=45))
    assert system.get("/people/P-1").status_code == 404


def test_when_a_key_was_used_is_noted_once_a_minute(system: System, database: Database, clock: SetClock):
    seen = []
    for step in (0, 59, 1):
        clock.move(timedelta(seconds=step))
        system.get("/people/P-1")
        seen.append(row_of(database).last_used_at)
    assert seen == [seen[0], seen[0], clock.now()]


def test_no_key_and_no_body_stands_in_a_log(system: System, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        system.put("/people/P-1", PERSON | {"name": "Zebra"})
        system.put("/people/P-1", PERSON | {"name": "Zebra", "mobiles": ["zebra"]})
        system.call("PUT", "/people/P-1", Authorization="Bearer heard_zebra")
    assert system.token not in caplog.text
    assert "zebra" not in caplog.text.lower()


def test_no_session_and_no_cookie_goes_with_a_call(system: System):
    answer = system.put("/people/P-1", PERSON)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_system_has_done_stands_in_the_log_of_who_did_what(system: System, database: Database):
    system.put("/people/P-1", PERSON)
    system.put("/people/P-1", PERSON)
    with database.reading() as session:
        lines = [(line.what, line.subject) for line in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert lines[1:].count(("case system (a system) kept a person", "P-1")) == 1, "and only what has changed"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rotate", "nobody"], "nobody has no key that is good"),
        (["revoke", "nobody"], "nobody has no key that is good"),
        (["add", "x", "--scopes", "everything"], "There is no scope everything: choose from people:read"),
        (["add", "x", "--scopes", " "], "Say what it may do"),
        (["add", "", "--scopes", "people:read"], "Name the calling system"),
        (["add", "x", "--scopes", "people:read", "--days", "9999"], "--days"),
    ],
)
def test_a_key_that_cannot_be_made_says_what_to_do_instead(app: Flask, arguments: list[str], told: str):
    result = app.test_cli_runner().invoke(args=["keys", *arguments])
    assert result.exit_code != 0
    assert told in result.output
    with app.extensions[EXTENSION].database.reading() as session:
        assert keys.every(session) == []


def test_the_commands_make_list_rotate_and_revoke_a_key(app: Flask):
    def run(*arguments: str) -> str:
        result = app.test_cli_runner().invoke(args=["keys", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert "flask keys add" in run("list")
    first = run("add", "case system", "--scopes", "cases:write people:read", "--calls-a-minute", "5").splitlines()[0]
    listed = run("list")
    assert "cases:write people:read  5 a minute  good until 2027-10-06, never used" in listed
    assert first not in listed
    again = app.test_cli_runner().invoke(args=["keys", "add", "case system", "--scopes", "cases:write"])
    assert "has a key already: use 'flask keys rotate'" in again.output
    second = run("rotate", "case system").splitlines()[0]
    assert first != second
    assert "good until 2026-10-13" in run("list")
    assert "(2 keys)" in run("revoke", "case system")
    assert run("list").count("revoked on 2026-10-06") == 2
