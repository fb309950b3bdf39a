"""The pages' service, and a Chromium that looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright

from tests.channels.webchat.playing import EXIT, Play, Served
from tests.conftest import CHROMIUM


@pytest.fixture
def play() -> Play:
    return Play()


@pytest.fixture
def client(play: Play) -> FlaskClient:
    return play.app().test_client()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def url(play: Play) -> Iterator[str]:
    """Where the pages are served."""
    with closing(Served(play.app())) as served:
        yield served.url


def opened(chromium: Browser, **options: object) -> Page:
    """A page of a browser of its own, in which the way out leads to a page that says "Sunny"."""
    context = chromium.new_context(**{"viewport": {"width": 360, "height": 740}, **options})
    context.route(EXIT, lambda route: route.fulfill(content_type="text/html", body="<title>Weather</title>Sunny"))
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text) if "Policy" in message.text else None)
    return page


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def either_page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    page = opened(chromium, java_script_enabled=request.param)
    yield page
    assert page.complaints == []
    page.context.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = opened(chromium)
    yield page
    assert page.complaints == []
    page.context.close()
