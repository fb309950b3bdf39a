"""The simulated phones in a browser: accessible, narrow enough for a small phone, and refreshed without a reload."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from channels.handset import Bubble, Doing, Phone, PhoneList, Watched, handset_pages

pytestmark = pytest.mark.browser

ROSA = Phone("k3f9", "+447700900123", "Rosa Delgado", "Parent of Theo", last="yes")
THEO = Phone("p81c", "+447700900456", "Theo Delgado", "Young person", unread=2, last="Thank you")
LIST = PhoneList((ROSA, THEO), 2)
PHONES = {phone.id: phone for phone in LIST.phones}
AT = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)


class Echo:
    """A service that answers whatever is written with thanks."""

    def __init__(self):
        self.received = []
        self.seen = Watched(
            ROSA,
            (Bubble("How was it? Reply 1 to 5.", mine=False, at=AT, status="sent"),),
            (Doing(AT, "Invited Rosa", "", "invited"), Doing(AT, "May not be safe", "Found “x”", "alert")),
            "Families",
            "Review",
        )
        app = Flask(__name__)
        app.register_blueprint(handset_pages(self.receive, lambda _: LIST, PHONES.get, lambda _: self.seen))
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}/handset/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def receive(self, received):
        self.received.append(received)
        theirs = Bubble(received.text, mine=True, at=AT)
        thanks = Bubble("Thank you.", mine=False, at=AT, status="sent")
        kept = Doing(AT, f"Kept message {len(self.received)}", "", "kept")
        bubbles, doings = (*self.seen.bubbles, theirs, thanks), (*self.seen.doings, kept)
        self.seen = replace(self.seen, bubbles=bubbles, doings=doings)

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", headless=True)
        yield browser
        browser.close()


@pytest.fixture
def echo():
    with closing(Echo()) as running:
        yield running


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    made = context.new_page()
    made.complaints = []
    made.on("console", lambda message: made.complaints.append(message.text))
    made.on("pageerror", lambda error: made.complaints.append(str(error)))
    yield made
    context.close()


@pytest.mark.parametrize("width", [1280, 800, 320])
def test_the_page_is_accessible_and_fits_at_every_width(page, echo, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(echo.url)
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_a_text_that_is_sent_shows_at_once_with_its_answer_and_without_a_reload(page, echo):
    page.goto(echo.url)
    page.evaluate("window.stayed = true")
    first = page.locator(".bubble").first.element_handle()
    page.get_by_label("Text as Rosa Delgado").fill("4 😀")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble")).to_contain_text(["How was it?", "4 😀", "Thank you."])
    expect(page.locator(".doing h3").first).to_have_text("Kept message 1")
    expect(page.get_by_label("Text as Rosa Delgado")).to_have_value("")
    assert page.evaluate("window.stayed")
    assert first.is_visible()  # rows that were there stay, so that they are not read out again
    assert [received.text for received in echo.received] == ["4 😀"]
    assert page.complaints == []


def test_what_happens_elsewhere_appears_within_seconds_and_a_status_changes_in_place(page, echo):
    page.goto(echo.url)
    row = page.locator(".thread li").first.element_handle()
    bubbles = (replace(echo.seen.bubbles[0], status="delivered"), Bubble("A reminder", mine=False, at=AT))
    echo.seen = replace(echo.seen, bubbles=bubbles)
    expect(page.locator(".bubble").last).to_contain_text("A reminder", timeout=8000)
    assert "Delivered" in row.inner_text()


def test_the_phone_works_without_javascript(chromium, echo):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(echo.url)
    page.get_by_label("Text as Rosa Delgado").fill("5")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble").last).to_contain_text("Thank you.")
    page.get_by_role("link", name="Look for new messages").click()
    expect(page.locator(".bubble").last).to_contain_text("Thank you.")
    context.close()


def test_a_service_that_goes_away_is_noticed_on_the_page(chromium):
    echo = Echo()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(echo.url)
    echo.close()
    expect(page.get_by_role("status")).to_contain_text("not answering", timeout=8000)
    context.close()
