"""Two adults between whom contact is limited: kept apart on the pages of a person, until somebody says why no more."""

from __future__ import annotations

from bot.service import Service
from store.tables import Case, ContactLimit, ContactPoint
from tests.console.office import Browser
from tests.console.test_case_pages import PERSON, kept


def test_two_adults_are_kept_apart_and_one_number_is_confirmed_for_one_of_them_only(browser: Browser, service: Service):
    browser.sign_in("worker")
    shared = {**PERSON, "mobiles": "07700 900123"}
    browser.send("/cases/1/people/1", "/cases/1/people/1", **{**shared, "name": "Robin"})
    browser.send("/cases/1/people/add", "/cases/1/people/add", **shared)
    page = "/cases/1/people/1"
    assert browser.send(page, f"{page}/limit", other="", limited_for="court_order").status_code == 422
    assert browser.send(page, f"{page}/limit", other="1", limited_for="court_order").status_code == 422
    assert browser.send(page, f"{page}/limit", other="2", limited_for="court_order").status_code == 302
    assert kept(service, ContactPoint.frozen_because) == ["contact_limited"] * 2
    for one, other in ((1, "Jo"), (2, "Robin")):
        assert f"may reach {other}" in browser.get(f"/cases/1/people/{one}").text
    browser.send(page, f"{page}/addresses/1/confirm")
    browser.send(page, "/cases/1/people/2/addresses/2/confirm")
    assert kept(service, ContactPoint.frozen_because).count("contact_limited") == 1


def test_a_limit_on_contact_ends_by_hand_with_a_reason_and_may_be_noted_again(browser: Browser, service: Service):
    browser.sign_in("worker")
    browser.send("/cases/1/people/add", "/cases/1/people/add", **PERSON)
    page = "/cases/1/people/1"
    assert "limited no more" not in browser.get(page).text
    browser.send(page, f"{page}/limit", other="2", limited_for="court_order")
    for wrong in (
        {"ended_with": "2"},
        {"ended_with": "2", "ended_because": " "},
        {"ended_with": "9", "ended_because": "x"},
    ):
        assert browser.send(page, f"{page}/limit/end", **wrong).status_code == 422
    assert kept(service, ContactLimit.ended_on) == [None]
    assert browser.send(page, f"{page}/limit/end", ended_with="2", ended_because="The order ran out").status_code == 302
    worker = kept(service, Case.worker_id)
    assert kept(service, ContactLimit.ended_because) == ["The order ran out"]
    assert kept(service, ContactLimit.ended_by) == worker
    assert None not in kept(service, ContactLimit.ended_on)
    assert "may reach Jo" not in browser.get(page).text
    browser.send(page, f"{page}/limit", other="2", limited_for="unsafe")
    assert kept(service, ContactLimit.reason) == ["court_order", "unsafe"]
