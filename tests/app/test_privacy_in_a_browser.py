"""From a web chat to the page about what happens with the words, and out or back: nothing leads to the chat but the chat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app import create_app
from bot.chats.links import Links
from bot.chats.open_surveys import open_to_all
from bot.clock import SetClock
from bot.service import Service
from console.wiring import EXTENSION
from settings import Settings
from store.tables import Invitation
from tests.builders import House, make_case
from tests.channels.webchat.conftest import chromium, opened
from tests.channels.webchat.playing import EXIT, Served
from tests.fakes import FakeChannel

__all__ = ["chromium"]
pytestmark = pytest.mark.browser
ABOUT = "What happens with what you say"


@pytest.fixture
def app(sqlite_url: str, clock: SetClock) -> Flask:
    return create_app(Settings(database_url=sqlite_url, exit_url=EXIT), clock=clock)


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    with closing(Served(app)) as served:
        yield served.url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = opened(chromium)
    page.sent_from = []
    page.on("request", lambda request: page.sent_from.append(request.headers.get("referer")))
    page.goto("about:blank")
    yield page
    assert page.complaints == []
    assert set(page.sent_from) == {None}, "no page tells where its reader comes from"
    page.context.close()


def covers(app: Flask, clock: SetClock) -> dict[str, str]:
    """A page of each kind that leads there: a link's cover, and a door."""
    service: Service = app.extensions[EXTENSION]
    person_id = make_case(House(service, FakeChannel(), FakeChannel("email"), clock)).person_id
    with service.database.writing() as session:
        open_to_all(session, service.catalogue.get("open_access_session"), now=clock.now(), code="hub")
        invitation = session.query(Invitation).filter_by(person_id=person_id).one()
        link = Links.of(service.council).for_invitation(session, invitation.id, person_id, clock.now())
    return {"cover": f"/chat/{link.rpartition('/')[2]}", "door": "/s/hub"}


@pytest.mark.parametrize("kind", ["cover", "door"])
@pytest.mark.parametrize("how", ["button", "keys"])
def test_who_leaves_from_there_finds_nothing_with_back(
    page: Page, url: str, app: Flask, clock: SetClock, kind: str, how: str
):
    page.goto(url + covers(app, clock)[kind])
    page.get_by_role("link", name=ABOUT).click()
    page.wait_for_url(f"{url}/privacy")
    expect(page.get_by_role("heading", name="Your answers: who reads them")).to_be_visible()
    assert page.title() == "Questions"
    expect(page.get_by_role("link", name="Leave this page")).to_be_in_viewport()
    if how == "button":
        page.get_by_role("link", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(EXIT)
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.parametrize("kind", ["cover", "door"])
def test_who_has_read_it_gets_back_by_one_press(page: Page, url: str, app: Flask, clock: SetClock, kind: str):
    path = covers(app, clock)[kind]
    page.goto(url + path)
    before = page.evaluate("history.length")
    page.get_by_role("link", name=ABOUT).click()
    page.wait_for_url(f"{url}/privacy")
    expect(page.get_by_text("use your browser's Back")).to_be_hidden()
    assert path not in page.content()
    page.get_by_role("button", name="Back to the questions").click()
    page.wait_for_url(url + path)
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    assert page.evaluate("history.length") == before


def test_who_comes_from_elsewhere_is_offered_no_way_back(page: Page, url: str):
    page.goto(f"{url}/privacy")
    expect(page.get_by_text("use your browser's Back")).to_be_visible()
    expect(page.get_by_role("button", name="Back to the questions")).to_be_hidden()
