"""Every page, as everyone who may see it: valid HTML with one heading and a title, and nothing that axe would object to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from xml.etree.ElementTree import Element

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from bot.clock import SetClock
from bot.cover import shifts
from bot.service import Service
from tests.app.test_routes import NOT_STAFF, access_of, rules
from tests.conftest import CHROMIUM
from tests.console.office import LISTENED, LONG_WORD, MARKUP, PASSWORD, ROLES, Browser, Office

NOT_PAGES = {
    "/health",
    "/ready",
    "/metrics",
    "/chat/hides.css",
    "/coverage/file",
    "/coverage/gaps/file",
    "/partners/invited.csv",
}
API = "/api/"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def rota(service: Service, office: Office, clock: SetClock) -> None:  # noqa: ARG001 - staff must be there first
    """Somebody on duty, so that the rota has a shift and gaps."""
    with service.database.writing() as session:
        now = clock.now()
        shifts.add(session, "duty@council.example", now, now + timedelta(hours=2), by=None, now=now)


def pages_for(app: Flask, office: Office, role: str | None) -> list[str]:
    """The addresses of every page that someone of that role may see; None for a stranger."""
    known = {
        "reference": office.alerts["red_now"],
        "digest_id": office.digest_id,
        "answer_id": 1,
        "case_id": 1,
        "person_id": 1,
        "event_id": 1,
        "shift_id": 1,
    }
    may = {*NOT_STAFF, "signed in", role}
    found = []
    for rule in rules(app):
        allowed = may & set((access_of(app, rule) or "").split(", "))
        is_page = rule.rule not in NOT_PAGES and not rule.rule.startswith(API)
        if "GET" in (rule.methods or ()) and allowed and is_page and rule.arguments <= known.keys():
            built = rule.build({name: known[name] for name in rule.arguments}, append_unknown=False)
            assert built
            found.append(built[1])
    return [*sorted(set(found)), "/no-such-page"]


def document(markup: str) -> Element:
    """The page as a strict parser reads it."""
    parsed: Element = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(markup)
    return parsed


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_page_is_valid_html_with_one_heading(app: Flask, browser: Browser, office: Office, role: str | None):
    if role:
        browser.sign_in(role)
    for path in pages_for(app, office, role):
        answer = browser.get(path)
        if answer.mimetype != "text/html" or answer.status_code == 302:
            continue
        assert answer.status_code in {200, 404}, path
        page = document(answer.text)
        assert page.get("lang", "").startswith("en"), f"{path}: <html> says no language"
        assert (page.findtext("head/title") or "").strip(), f"{path}: no title"
        assert len(page.findall(".//h1")) == 1, f"{path}: exactly one h1, please"
        assert len(page.findall(".//main")) == 1, f"{path}: exactly one <main>, please"


@pytest.mark.parametrize("role", [None, *ROLES])
def test_no_page_needs_inline_scripts_or_styles(app: Flask, browser: Browser, office: Office, role: str | None):
    if role:
        browser.sign_in(role)
    for path in pages_for(app, office, role):
        answer = browser.get(path)
        if answer.mimetype != "text/html":
            continue
        for element in document(answer.text).iter():
            if not isinstance(element.tag, str):
                continue
            assert "style" not in element.attrib, f"{path}: <{element.tag}> has a style attribute; use heard.css"
            assert not [name for name in element.attrib if name.startswith("on")], f"{path}: inline script"
            is_inline = element.tag == "style" or (element.tag == "script" and "src" not in element.attrib)
            assert not is_inline, f"{path}: an inline <{element.tag}>"


def test_what_people_wrote_stands_word_for_word_and_escaped(browser: Browser, office: Office):
    browser.sign_in("manager")
    for path in ("/", f"/digests/{office.digest_id}"):
        shown = browser.get(path).text
        assert MARKUP not in shown
        for words in (LISTENED, MARKUP, LONG_WORD):
            assert words in unescape(shown)


@dataclass(frozen=True)
class Site:
    """The app as it is served, and a Chromium to look at it."""

    address: str
    chromium: Chromium

    def sign_in(self, page: Page, role: str) -> None:
        page.goto(f"{self.address}/sign-in")
        page.fill("#email", f"{role}@council.example")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")


@pytest.fixture
def site(app: Flask, office: Office) -> Iterator[Site]:  # noqa: ARG001 - the office must be furnished first
    """The app on a free port of loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            yield Site(f"http://127.0.0.1:{server.server_port}", chromium)
            chromium.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("role", [None, *ROLES])
def test_axe_finds_nothing_and_nobody_scrolls_sideways(
    app: Flask, site: Site, office: Office, role: str | None, width: int
):
    page = site.chromium.new_page(viewport={"width": width, "height": 800})
    if role:
        site.sign_in(page, role)
    for path in pages_for(app, office, role):
        page.goto(site.address + path)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path} at {width} px: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width} px"
