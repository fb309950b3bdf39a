"""Alerts in the console: on every page until acknowledged, shown to those whom they concern, released with a note."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.cover import shifts
from bot.service import Service
from store import audit
from store.tables import Alert, ContactPoint, Message, PartnerOrganisation, Person
from tests.console.office import UNSAFE, Browser, Office

ESCAPED = "i dont feel safe when he comes round &lt;b&gt;please&lt;/b&gt;"
NOTE = "Spoke to the social worker; mum and the children are at her sister's."


def path_of(office: Office, severity: str) -> str:
    return f"/alerts/{office.alerts[severity]}"


@pytest.mark.parametrize("page", ["/", "/alerts", "/digests", "/privacy", "/no-such-page"])
def test_a_standing_alert_is_on_top_of_every_page_by_reference_only(browser: Browser, office: Office, page: str):
    browser.sign_in("manager")
    shown = browser.get(page).text
    top = shown[: shown.index("<main")]
    assert f"Open alert {office.alerts['red_now']}" in top
    assert "Red: open within 15 minutes" in top
    assert UNSAFE not in shown
    assert ESCAPED not in shown


def test_what_is_urgent_is_in_sight_and_the_rest_one_press_away(browser: Browser, office: Office, service: Service):
    browser.sign_in("duty")
    in_sight, _, behind = browser.get("/privacy").text.partition("<summary>Show 1 more</summary>")
    for severity in ("red_now", "red_today", "conduct"):
        assert f"Open alert {office.alerts[severity]}" in in_sight
    assert f"Open alert {office.alerts['amber']}" in behind
    with service.database.writing() as session:
        session.execute(update(Alert).where(Alert.severity != "red_now").values(severity="amber"))
    shown = browser.get("/privacy").text
    assert "<summary>Show 2 more</summary>" in shown, "two are in sight, whatever they are"
    assert shown.index(office.alerts["red_now"]) < shown.index("<summary>")


def test_nothing_of_alerts_is_shown_before_sign_in(browser: Browser, office: Office):
    assert office.alerts["red_now"] not in browser.get("/privacy").text
    assert browser.get(path_of(office, "red_now")).status_code == 302


def test_an_acknowledged_alert_leaves_the_top_of_the_page(browser: Browser, office: Office):
    browser.sign_in("duty")
    path = path_of(office, "red_now")
    answer = browser.send(path, f"{path}/acknowledge")
    assert answer.location == path
    shown = browser.get(path).text
    assert "is acknowledged in your name" in shown
    assert "Acknowledged by Alex Duty" in shown
    assert f"Open alert {office.alerts['red_now']}" not in shown


def test_a_second_acknowledgement_says_that_somebody_had_it_before(browser: Browser, office: Office):
    browser.sign_in("duty")
    path = path_of(office, "red_now")
    browser.send(path, f"{path}/acknowledge")
    browser.send("/", f"{path}/acknowledge")
    assert "had been acknowledged before" in browser.get("/").text


def test_an_alert_is_released_with_a_note_and_not_without(browser: Browser, office: Office):
    browser.sign_in("duty")
    path = path_of(office, "red_now")
    browser.send(path, f"{path}/acknowledge")
    refused = browser.send(path, f"{path}/release", note="")
    assert refused.status_code == 422
    assert "Write what was done" in refused.text
    browser.send(path, f"{path}/release", note=NOTE)
    shown = browser.get(path).text
    assert "Released by Alex Duty" in shown
    assert "Spoke to the social worker" in shown


def test_the_words_are_shown_as_they_came_and_escaped(browser: Browser, office: Office):
    browser.sign_in("duty")
    shown = browser.get(path_of(office, "red_now")).text
    assert ESCAPED in shown
    assert UNSAFE not in shown


def test_a_manager_is_told_that_the_desk_has_it_and_reads_no_word(browser: Browser, office: Office):
    browser.sign_in("manager")
    path = path_of(office, "red_now")
    shown = browser.get(path).text
    assert "The duty desk reads it first" in shown
    assert "dont feel safe" not in shown
    assert "Robin Test" not in shown
    assert "EH-1042" in shown
    for step in ("acknowledge", "release"):
        assert f"{path}/{step}" not in shown
        assert browser.send("/", f"{path}/{step}", note="Mine.").status_code == 403


def test_who_wrote_on_their_own_page_can_be_reached_by_the_desk_and_by_nobody_before_the_release(
    browser: Browser, office: Office, service: Service
):
    with service.database.writing() as session:
        school = PartnerOrganisation(name="Hill School", kind="school", added_on=service.clock.now().date())
        session.add(school)
        session.flush()
        person = session.scalars(select(Person)).one()
        person.organisation_id, person.post = school.id, "Head of year"
        session.add(ContactPoint(person_id=person.id, channel="email", address="robin@school.example"))
        session.execute(update(Message).values(channel="web", address="chat-1"))
    path = path_of(office, "red_now")
    browser.sign_in("duty")
    assert "Hill School, Head of year" in browser.get(path).text
    assert "robin@school.example" in browser.get(path).text
    browser.sign_in("manager")
    assert browser.get(path).status_code == 200
    assert "Hill School" not in browser.get(path).text
    assert "robin@school.example" not in browser.get(path).text


def test_looking_at_an_alert_is_in_the_log(browser: Browser, office: Office, service: Service):
    browser.sign_in("manager")
    browser.get(path_of(office, "red_now"))
    with service.database.reading() as session:
        line = audit.latest(session, 1)[0]
    assert (line.who, line.what, line.subject) == ("Alex Manager", "looked at an alert", office.alerts["red_now"])


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_a_concern_about_conduct_is_hidden_from_all_but_the_duty_desk(browser: Browser, office: Office, role: str):
    browser.sign_in(role)
    assert browser.get(path_of(office, "conduct")).status_code == 404
    assert office.alerts["conduct"] not in browser.get("/alerts").text
    browser.sign_in("duty")
    assert browser.get(path_of(office, "conduct")).status_code == 200


def test_an_administrator_opens_a_concern_about_conduct_while_on_the_rota(
    browser: Browser, office: Office, service: Service
):
    now = service.clock.now()
    email = "administrator@council.example"
    with service.database.writing() as session:
        shifts.add(session, email, now - timedelta(hours=1), now + timedelta(hours=1), by=None, now=now)
    browser.sign_in("administrator")
    assert office.alerts["conduct"] in browser.get("/alerts").text
    assert browser.get(path_of(office, "conduct")).status_code == 200
    with service.database.reading() as session:
        assert audit.latest(session, 1)[0].what == "looked at an alert, on duty by the rota"


@pytest.mark.parametrize(
    ("role", "path"),
    [("worker", "/alerts"), ("worker", "/digests"), ("manager", "/mails"), ("duty", "/digests")],
)
def test_a_page_for_other_roles_is_refused_in_plain_words(browser: Browser, role: str, path: str):
    browser.sign_in(role)
    answer = browser.get(path)
    assert answer.status_code == 403
    assert "This page is not for your role" in answer.text


def test_an_unknown_alert_is_not_found(browser: Browser):
    browser.sign_in("duty")
    assert browser.get("/alerts/AAA-AAA").status_code == 404
