"""Each POST is done once, however often it is sent; every other call may be sent again by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from bot import systems
from bot.clock import SetClock
from store.session import Database
from store.tables import ApiMinute, ApiReply, AuditEntry, StageEvent
from tests.console.api.calling import CASE, PERSON, REVIEW, System

EVENTS = "/cases/EH-1/events"
KEY = {"Idempotency_Key": "7f0c"}


def counted(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.query(table).count()


def test_a_post_without_an_idempotency_key_is_refused(system: System, either: Flask):
    system.with_case()
    answer = either.test_client().post(
        f"/api/v1{EVENTS}", json=REVIEW, headers={"Authorization": f"Bearer {system.token}"}
    )
    assert answer.status_code == 400
    assert answer.json["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.parametrize("key", ["", "two words", "x" * 129, "ä"])
def test_an_idempotency_key_that_is_none_is_refused(system: System, key: str):
    system.with_case()
    assert system.call("POST", EVENTS, REVIEW, Idempotency_Key=key).status_code == 400


def test_the_same_call_is_done_once_and_answered_the_same(system: System, database: Database, clock: SetClock):
    system.with_case()
    first = system.call("POST", EVENTS, REVIEW, **KEY)
    clock.move(timedelta(days=6))
    again = system.call("POST", EVENTS, dict(reversed(REVIEW.items())), **KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert first.headers["Location"] == again.headers["Location"] == f"/api/v1/events/{first.json['id']}"
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert counted(database, StageEvent) == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (EVENTS, REVIEW | {"happened_on": "2026-10-04"}),
        (EVENTS, REVIEW | {"stage": "closure"}),
        ("/cases/EH-2/events", REVIEW),
    ],
)
def test_the_same_key_for_another_call_is_refused(system: System, database: Database, path: str, said: object):
    system.with_case()
    system.put("/cases/EH-2", CASE)
    system.call("POST", EVENTS, REVIEW, **KEY)
    refused = system.call("POST", path, said, **KEY)
    assert (refused.status_code, refused.json["type"]) == (422, "urn:heard:problem:idempotency-key-reused")
    assert counted(database, StageEvent) == 1


def test_another_system_may_use_the_same_key(system: System, either: Flask):
    system.with_case()
    system.call("POST", EVENTS, REVIEW, **KEY)
    other = System(either, name="another")
    said = REVIEW | {"happened_on": "2026-10-04"}
    assert other.call("POST", EVENTS, said, **KEY).status_code == 201


def test_what_was_refused_may_be_mended_under_the_same_key(system: System):
    system.with_case()
    assert system.call("POST", EVENTS, REVIEW | {"happened_on": "1999-01-01"}, **KEY).status_code == 422
    assert system.call("POST", EVENTS, REVIEW, **KEY).status_code == 201


def test_the_same_call_at_the_same_moment_is_done_once(system: System, database: Database):
    system.with_case()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: system.call("POST", EVENTS, REVIEW, **KEY), range(4)))
    assert [answer.status_code for answer in answers] == [201] * 4
    assert sum("Idempotent-Replayed" in answer.headers for answer in answers) == 3
    assert len({answer.json["id"] for answer in answers}) == 1
    with database.reading() as session:
        told = session.query(AuditEntry).filter(AuditEntry.what.contains("reported review")).count()
    assert told == 1


def test_the_same_new_person_at_the_same_moment_is_kept_once(system: System):
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: system.put("/people/P-1", PERSON), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]


def test_an_event_told_twice_under_different_keys_is_kept_once(system: System, database: Database):
    system.with_case()
    first, second = (system.call("POST", EVENTS, REVIEW) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert counted(database, StageEvent) == 1


def test_what_calls_were_answered_is_forgotten_after_a_week(system: System, database: Database, clock: SetClock):
    system.with_case()
    system.call("POST", EVENTS, REVIEW, **KEY)
    clock.move(timedelta(days=7))
    systems.forget_old(database, clock.now())
    assert (counted(database, ApiReply), counted(database, ApiMinute)) == (1, 0)
    clock.move(timedelta(seconds=1))
    assert systems.forget_old(database, clock.now()) == 1
    assert systems.forget_old(database, clock.now()) == 0
    assert counted(database, ApiReply) == 0
