"""What those who look after the service see of its clock: on its page, on their first page and in `/ready`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from bot.calendar import Hours
from bot.clock import SetClock
from bot.clockwork.standing import NOBODY_AFTER
from bot.jobs import JOBS
from bot.service import Service
from console.wiring import EXTENSION
from store import clock as rows
from store.clock import Run
from store.tables import CoverShift, Staff
from tests.console.office import Browser

A_SECOND = timedelta(seconds=1)


def take(service: Service, lasts: timedelta = timedelta(seconds=20)):
    now = service.clock.now()
    with service.database.writing() as session:
        assert rows.take(session, "process 7 on a machine", now=now, until=now + lasts)


def went(service: Service, *, but: str | None = None, ago: timedelta = timedelta(0), failures: int = 0):
    """Every job has just gone well; but this one did so some time ago, or failed since."""
    now = service.clock.now()
    with service.database.writing() as session:
        for job in JOBS:
            run = Run(job.name, now, now, now, 3, 0, None)
            if job.name == but:
                fault = "OperationalError" if failures else None
                run = run._replace(succeeded_at=now - ago, failures=failures, fault=fault)
            rows.keep(session, run)


def ready(app: Flask) -> tuple[int, object, object]:
    answer = app.test_client().get("/ready")
    assert answer.json
    return answer.status_code, answer.json["clock"], answer.json["jobs"]


def test_ready_waits_two_minutes_for_somebody_to_be_the_clock(app: Flask, clock: SetClock):
    clock.move(NOBODY_AFTER)
    assert ready(app) == (200, "not taken yet", "ok")
    clock.move(A_SECOND)
    assert ready(app)[:2] == (503, "nobody runs it")


def test_ready_is_well_while_somebody_is_the_clock_and_every_job_is_done(app: Flask, service: Service, clock: SetClock):
    clock.move(timedelta(hours=1))
    take(service)
    went(service)
    assert ready(app) == (200, "ok", "ok")
    clock.move(timedelta(seconds=20))
    assert ready(app)[:2] == (200, "not taken yet"), "it is being taken over"
    clock.move(NOBODY_AFTER + A_SECOND)
    assert ready(app)[:2] == (503, "nobody runs it")


def test_ready_tells_of_lists_that_run_out_and_is_no_less_ready_for_it(app: Flask, clock: SetClock):
    assert not any("are known" in told for told in see_to(app))
    clock.at += timedelta(days=3650)
    assert [told.split(" are known")[0] for told in see_to(app)][:2] == ["Bank holidays", "School terms"]


def see_to(app: Flask) -> list[str]:
    answer = app.test_client().get("/ready").json
    assert answer
    return list(answer.get("see_to", []))


@pytest.mark.parametrize(("desk", "is_told"), [("mon-fri 09:00-17:00", True), ("mon-fri 09:00-18:00", False)])
def test_ready_and_the_rota_tell_who_is_asked_with_less_than_two_hours_of_cover(
    app: Flask,
    service: Service,
    browser: Browser,
    desk: str,
    is_told: bool,
):
    duty = replace(service.council.duty, hours=Hours.parse(desk))
    council = replace(service.council, duty=duty, keeps_windows=True)
    app.extensions[EXTENSION] = replace(service, council=council)
    browser.sign_in("duty")
    for shown in ("".join(see_to(app)), browser.get("/cover").text):
        assert ("Young person, 11 to 15. Put somebody on the rota past 17:45" in shown) == is_told


def test_ready_tells_of_gaps_in_the_rota_and_names_nobody(app: Flask, service: Service, clock: SetClock):
    now = clock.now()
    with service.database.writing() as session:
        duty = Staff(email="dee@council.example", name="Dee", role="duty", failed_sign_ins=0)
        session.add(duty)
        session.flush()
        session.add(CoverShift(staff_id=duty.id, begins_at=now, ends_at=now + timedelta(hours=1), made_at=now))
    answer = app.test_client().get("/ready")
    assert answer.json
    (told,) = answer.json["see_to"]
    assert told.startswith("Nobody is on duty on ")
    assert "Dee" not in answer.text


@pytest.mark.parametrize(
    ("failures", "ago", "code"),
    [
        (1, timedelta(minutes=1), 200),
        (2, timedelta(minutes=1), 200),
        (3, timedelta(minutes=1), 503),
        (0, timedelta(hours=4), 503),
        (0, timedelta(hours=1), 200),
    ],
)
def test_ready_names_what_failed_or_is_late(
    app: Flask, service: Service, clock: SetClock, failures: int, ago: timedelta, code: int
):
    clock.move(timedelta(hours=1))
    take(service)
    went(service, but="lapses", ago=ago, failures=failures)
    named = ["lapses"] if failures or code == 503 else "ok"
    assert ready(app) == (code, "ok", named)


def test_after_an_outage_two_minutes_are_given_to_catch_up(app: Flask, service: Service, clock: SetClock):
    take(service, lasts=timedelta(minutes=10))
    went(service, but="lapses", ago=timedelta(days=2))
    assert ready(app) == (200, "ok", "ok")
    clock.move(NOBODY_AFTER + A_SECOND)
    assert ready(app) == (503, "ok", ["lapses"])


@pytest.mark.parametrize("role", ["duty", "administrator"])
def test_what_is_the_matter_stands_on_the_first_page_and_on_top_of_the_clocks(
    browser: Browser, service: Service, clock: SetClock, role: str
):
    clock.move(timedelta(hours=1))
    take(service)
    went(service, but="digests", ago=timedelta(days=1), failures=2)
    browser.sign_in(role)
    for path in ("/", "/jobs"):
        shown = unescape(browser.get(path).text)
        assert "Jobs that failed or are late" in shown
        assert "failed 2 times in a row (OperationalError)" in shown
    assert shown.index("Jobs that failed or are late") < shown.index("Every job")


def test_all_is_well_is_said_on_the_page_and_not_on_the_first(browser: Browser, service: Service, clock: SetClock):
    clock.move(timedelta(hours=1))
    take(service)
    went(service)
    browser.sign_in("administrator")
    shown = unescape(browser.get("/jobs").text)
    assert "The clock is run by process 7 on a machine. Every job is on time." in shown
    assert "Manager and month" not in shown
    assert "Once by manager and month." in shown
    assert "Tue 6 October 2026, 12:30: 3 done" in shown
    assert "Every hour from 07:00 to 18:00" in shown
    assert "failed or are late" not in browser.get("/").text


def test_that_nobody_is_the_clock_is_said(browser: Browser, clock: SetClock):
    clock.move(timedelta(minutes=10))
    browser.sign_in("duty")
    for path in ("/", "/jobs"):
        shown = unescape(browser.get(path).text)
        assert "Nobody runs the clock" in shown
        assert "start 'flask serve'" in shown


@pytest.mark.parametrize("role", ["manager", "worker"])
def test_others_are_not_bothered_with_it(browser: Browser, clock: SetClock, role: str):
    clock.move(timedelta(minutes=10))
    browser.sign_in(role)
    assert "clock" not in browser.get("/").text.lower().replace("o’clock", "")
    assert browser.get("/jobs").status_code == 403
