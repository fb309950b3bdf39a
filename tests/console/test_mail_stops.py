"""The pages on which whoever is invited by mail ends such mails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import func, select

from bot.sending.mail_stops import MailStops
from bot.service import Service
from console.wiring import MAIL_STOPS
from store.council import optouts
from store.tables import OptOut
from store.talks import messages
from store.talks.messages import Queued
from tests.app.test_pages import Site, document, site
from tests.console.office import Browser

__all__ = ["site"]

READER = "zzreader@partner.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def stops(app: Flask) -> MailStops:
    return app.extensions[MAIL_STOPS]


@pytest.fixture
def path(service: Service, stops: MailStops) -> str:
    """The page behind the link in an invitation."""
    mails = [
        Queued("email", READER, "How is it?", kind="invitation", key="invitation:1", subject="How is it going?"),
        Queued("email", READER, "An alert", kind="alert", key="alert:1", subject="Heard alert"),
    ]
    with service.database.writing() as session:
        messages.queue(session, mails, service.clock.now())
    return path_to(stops, "invitation:1")


def path_to(stops: MailStops, key: str) -> str:
    link = stops.link(key)
    assert link.startswith("http://127.0.0.1:8000/mail/stop/")
    return link.removeprefix("http://127.0.0.1:8000")


def has_stopped(service: Service) -> bool:
    with service.database.reading() as session:
        return optouts.stands(session, "email", READER)


def test_opening_the_link_changes_nothing(browser: Browser, path: str, service: Service):
    answer = browser.get(path)
    assert answer.status_code == 200
    assert "Send me no more invitations" in answer.text
    assert browser.client.head(path).status_code == 200
    assert not has_stopped(service)


def test_the_button_of_the_mail_program_stops_such_mails_at_once(app: Flask, path: str, service: Service):
    answer = app.test_client(use_cookies=False).post(path, data=ONE_CLICK)
    assert answer.status_code == 200
    assert has_stopped(service)


def test_some_mail_programs_post_it_in_several_parts(app: Flask, path: str, service: Service):
    assert app.test_client().post(path, data=ONE_CLICK, content_type="multipart/form-data").status_code == 200
    assert has_stopped(service)


def test_the_button_on_the_page_does_the_same_and_can_be_taken_back(browser: Browser, path: str, service: Service):
    (form,) = forms_on(browser.get(path).text)
    stopped = browser.client.post(form)
    assert "You get no more invitations by mail" in stopped.text
    assert has_stopped(service)
    assert "You get no more invitations by mail" in browser.get(path).text
    (back,) = forms_on(stopped.text)
    assert "You get invitations by mail again" in browser.client.post(back).text
    assert not has_stopped(service)


def forms_on(page: str) -> list[str]:
    return [form.get("action") for form in document(page).findall(".//main//form")]


def test_stopping_twice_is_one_stop_and_so_is_taking_back_what_does_not_stand(app: Flask, path: str, service: Service):
    client = app.test_client()
    for action in (f"{path}/back", path, path):
        assert client.post(action).status_code == 200
    with service.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OptOut)) == 1
    for _ in range(2):
        assert client.post(f"{path}/back").status_code == 200
    assert client.post(path).status_code == 200
    assert has_stopped(service), "and what was taken back can be stopped again"


def test_the_link_names_the_mail_and_no_address_and_nor_does_the_page(browser: Browser, path: str):
    assert READER not in path
    for shown in (browser.get(path).text, browser.client.post(path).text, browser.client.post(f"{path}/back").text):
        assert READER not in shown


@pytest.mark.parametrize("how", ["cut", "made up", "signed by another", "of no mail", "of an alert"])
def test_a_link_that_is_not_ours_stops_nothing(
    browser: Browser, path: str, stops: MailStops, service: Service, how: str
):
    other = MailStops(service.database, service.clock, "http://127.0.0.1:8000", "another secret")
    wrong = {
        "cut": path[:-3],
        "made up": "/mail/stop/1",
        "signed by another": path_to(other, "invitation:1"),
        "of no mail": path_to(stops, "invitation:2"),
        "of an alert": path_to(stops, "alert:1"),
    }[how]
    shown, sent = browser.get(wrong), browser.client.post(wrong)
    assert (shown.status_code, sent.status_code, browser.client.post(f"{wrong}/back").status_code) == (404, 400, 400)
    assert "This link does not work" in shown.text
    assert not has_stopped(service)


def test_two_presses_at_the_same_instant_are_one_stop(database, clock):
    stops = MailStops(database, clock, "https://heard.council.example", "secret")
    with database.writing() as session:
        mail = Queued("email", READER, "How is it?", kind="invitation", key="k", subject="s")
        messages.queue(session, [mail], clock.now())
    signed = stops.link("k").rpartition("/")[2]
    run_together([lambda: stops.stop(signed)] * 4)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OptOut)) == 1


def run_together(acts) -> None:
    with ThreadPoolExecutor(len(acts)) as pool:
        assert all(done.result(timeout=30) for done in [pool.submit(act) for act in acts])


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_of_these_pages(site: Site, path: str, width: int):
    page = site.chromium.new_page(viewport={"width": width, "height": 800}, java_script_enabled=True)
    page.goto(site.address + path)
    states = [("main button", "Stop invitations by mail?"), ("main button", "You get no more"), ("main a", "again")]
    for button, heading in states:
        assert heading in page.inner_text("h1")
        results = Axe().run(page)
        assert results.violations_count == 0, f"{heading} at {width} px: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.click(button)
    page.goto(f"{site.address}/mail/stop/1")
    assert Axe().run(page).violations_count == 0
