"""What happens in a case, by hand: kept, corrected, withdrawn, each in the audit log, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.service import Service
from store.tables import (
    AuditEntry,
    StageEvent,
)
from tests.console.keeping import kept
from tests.console.office import Browser, Office


def test_an_event_is_kept_corrected_and_withdrawn_and_each_stands_in_the_audit_log(
    browser: Browser, service: Service, office: Office
):
    browser.sign_in("manager")
    assert browser.send("/cases/1", "/cases/1/events", stage="closure", happened_on="2026-12-24").status_code == 302
    assert "24 December 2026" in browser.get("/cases/1").text
    assert browser.send("/cases/1/events/2", "/cases/1/events/2/correct", happened_on="25/12/2026").status_code == 302
    assert date(2026, 12, 25) in kept(service, StageEvent.happened_on)
    assert browser.send("/cases/1/events/2", "/cases/1/events/2/withdraw", because="").status_code == 422
    assert browser.send("/cases/1/events/2", "/cases/1/events/2/withdraw", because="typed twice").status_code == 302
    assert "Withdrawn: typed twice" in browser.get("/cases/1").text
    assert browser.get("/cases/1/events/2").status_code == 404
    with service.database.reading() as session:
        logged = select(AuditEntry.staff_id, AuditEntry.what).where(AuditEntry.subject == "event 2")
        assert [tuple(row) for row in session.execute(logged.order_by(AuditEntry.id))] == [
            (office.manager_id, "told of a closure on 2026-12-24"),
            (office.manager_id, "corrected the date of a closure: 2026-12-24 became 2026-12-25"),
            (office.manager_id, "withdrew a closure on 2026-12-25"),
        ]


def test_no_worker_takes_a_stage_out_of_coverage(browser: Browser, service: Service):
    browser.sign_in("worker")
    page = "/cases/1/events/2"
    browser.send("/cases/1", "/cases/1/events", stage="review", happened_on="2026-10-01")
    shown = browser.get(page).text
    assert "withdraw it" in shown
    assert f"{page}/withdraw" not in shown
    assert browser.send(page, f"{page}/withdraw", because="typed twice").status_code == 422
    for out_of_reach in ("2027-06-01", "2024-06-01"):
        answer = browser.send(page, f"{page}/correct", happened_on=out_of_reach)
        assert answer.status_code == 422
        assert "ask your line manager" in answer.text.lower()
    assert browser.send(page, f"{page}/correct", happened_on="2026-10-02").status_code == 302
    assert kept(service, StageEvent.withdrawn_at) == [None, None]
    assert date(2026, 10, 2) in kept(service, StageEvent.happened_on)


def test_a_worker_withdraws_what_nobody_is_asked_about(browser: Browser, service: Service):
    browser.sign_in("worker")
    browser.send("/cases/1", "/cases/1/events", stage="family_plan", happened_on="2026-10-01")
    page = "/cases/1/events/2"
    assert browser.send(page, f"{page}/withdraw", because="typed twice").status_code == 302
    assert "typed twice" in kept(service, StageEvent.withdrawn_because)


@pytest.mark.parametrize("typed", ["", "tomorrow", "2099-01-01", "1890-01-01"])
def test_a_day_that_cannot_be_right_is_refused(browser: Browser, service: Service, typed: str):
    browser.sign_in("worker")
    before = kept(service, StageEvent.happened_on)
    answer = browser.send("/cases/1", "/cases/1/events", stage="review", happened_on=typed)
    assert answer.status_code == 422
    assert 'href="#happened_on"' in answer.text
    assert kept(service, StageEvent.happened_on) == before
