"""The web chat in the whole app: page after page as a browser without scripts goes through them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app import create_app
from bot import jobs
from bot.chats.links import Links
from bot.chats.open_surveys import open_to_all
from bot.clock import SetClock
from bot.service import Service
from console.wiring import EXTENSION
from settings import Settings
from store.tables import Alert, Answer, Invitation
from tests.builders import House, make_case
from tests.fakes import FakeChannel


@dataclass
class Guest:
    """A browser that fills in what the page before has given it."""

    client: FlaskClient
    path: str = ""
    page: str = field(default="")

    def open(self, path: str) -> str:
        return self._show(self.client.get(path))

    def press(self, path: str, **fields: str) -> str:
        return self._show(self.client.post(path, data=fields))

    def answer(self, answer: str = "", press: str = "send") -> str:
        return self.press(self.path, answer=answer, press=press, **self.hidden())

    def hidden(self) -> dict[str, str]:
        return {
            name: unescape(value)
            for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page)
        }

    def _show(self, response) -> str:
        if response.status_code == 303:
            return self.open(response.location.partition("#")[0])
        self.path, self.page = response.request.path, response.get_data(as_text=True)
        return self.page


@pytest.fixture
def app(sqlite_url: str, clock: SetClock) -> Flask:
    """The whole app, with simulated phones and no hours to keep."""
    return create_app(Settings(database_url=sqlite_url), clock=clock)


@pytest.fixture
def service(app: Flask) -> Service:
    """The service behind the pages."""
    running: Service = app.extensions[EXTENSION]
    return running


@pytest.fixture
def guest(app: Flask) -> Guest:
    """Somebody at a browser."""
    return Guest(app.test_client())


def a_parent(service: Service, clock: SetClock) -> str:
    """The path of the web chat of somebody who has been invited."""
    case = make_case(House(service, FakeChannel(), FakeChannel("email"), clock))
    with service.database.writing() as session:
        invitation = session.query(Invitation).filter_by(person_id=case.person_id).one()
        url = Links.of(service.council).for_invitation(session, invitation.id, case.person_id, clock.now())
    return url.removeprefix(service.council.base_url)


def test_a_parent_answers_on_the_web_all_the_way(service: Service, clock: SetClock, guest: Guest):
    chat = a_parent(service, clock)
    assert "Kent Early Help" in guest.open(chat)
    guest.press(f"{chat}/begin")
    for _ in range(12):
        if "turn" not in guest.hidden() or not guest.hidden().get("question"):
            break
        guest.answer("1" if 'type="radio"' in guest.page else "She always rings back")
    assert "All done" in guest.page
    with service.database.reading() as session:
        assert session.query(Invitation).one().status == "answered"
        assert session.query(Answer).count() >= 8


def test_a_disclosure_behind_an_open_door_reaches_the_duty_desk(service: Service, clock: SetClock, guest: Guest):
    with service.database.writing() as session:
        open_to_all(session, service.catalogue.get("open_access_session"), now=clock.now(), code="hub")
    assert "today&#39;s session" in guest.open("/s/hub") or "today’s session" in guest.page
    guest.press("/s/hub")
    for reply in ("2", "1"):
        guest.answer(reply)
    page = guest.answer("my dad hit me last night and im scared to go home")
    assert "999" in page
    with service.database.reading() as session:
        assert session.query(Alert).one().severity.startswith("red")
    jobs.run("rounding", service, clock)
    assert "999" in guest.open(guest.path)


def test_what_the_buttons_say_is_done(service: Service, clock: SetClock, guest: Guest):
    chat = a_parent(service, clock)
    guest.open(chat)
    guest.press(f"{chat}/begin")
    first = guest.hidden()["question"]
    guest.answer("7")
    guest.answer(press="skip")
    guest.answer(press="back")
    guest.answer(press="back")
    assert guest.hidden()["question"] in {first, "q2"}
    guest.answer(press="stop")
    with service.database.reading() as session:
        assert session.query(Invitation).one().status == "partly_answered"
    assert "question" not in guest.hidden()


def test_two_tabs_answer_once(service: Service, clock: SetClock, guest: Guest):
    chat = a_parent(service, clock)
    guest.open(chat)
    guest.press(f"{chat}/begin")
    old = guest.hidden()
    guest.answer("7")
    guest.press(chat, answer="2", press="send", **old)
    with service.database.reading() as session:
        assert [answer.value for answer in session.query(Answer)] == [7]


def test_no_link_is_in_the_log(service: Service, clock: SetClock, guest: Guest, caplog: pytest.LogCaptureFixture):
    chat = a_parent(service, clock)
    with caplog.at_level("DEBUG"):
        guest.open(chat)
        guest.press(f"{chat}/begin")
        guest.answer("marker-word")
        service.outbox.drain()
    token = chat.rpartition("/")[2]
    assert token not in caplog.text
    assert "marker-word" not in caplog.text


def test_who_came_is_told_by_as_many_proxies_as_are_trusted(sqlite_url: str, clock: SetClock):
    app = create_app(Settings(database_url=sqlite_url, trusted_proxies=1), clock=clock)
    seen = {}

    @app.get("/whoami")
    def whoami() -> str:
        seen["address"] = request.remote_addr
        return ""

    app.test_client().get("/whoami", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    assert seen["address"] == "198.51.100.7"


def test_what_an_address_may_do_in_an_hour_is_set_and_counted_for_each_visitor(sqlite_url: str, clock: SetClock):
    settings = Settings(database_url=sqlite_url, trusted_proxies=1, chat_entries_an_hour=2, chat_guesses_an_hour=2)
    app = create_app(settings, clock=clock)
    service: Service = app.extensions[EXTENSION]
    with service.database.writing() as session:
        open_to_all(session, service.catalogue.get("staff_event"), now=service.clock.now(), code="day")
    client = app.test_client()
    mine, yours = ({"X-Forwarded-For": address} for address in ("203.0.113.9", "203.0.113.10"))
    assert [client.post("/s/day", headers=mine).status_code for _ in range(3)] == [303, 303, 429]
    assert [client.get("/chat/guess", headers=mine).status_code for _ in range(3)] == [404, 404, 429]
    assert client.post("/s/day", headers=yours).status_code == 303
    assert client.get("/chat/guess", headers=yours).status_code == 404


def test_the_door_leads_to_the_privacy_page_without_telling_where_its_reader_comes_from(app: Flask):
    service: Service = app.extensions[EXTENSION]
    with service.database.writing() as session:
        survey = service.catalogue.get("open_access_session")
        open_to_all(session, survey, now=service.clock.now(), code="hub")
    assert '<a href="/privacy" rel="noreferrer noopener" data-in-place>' in app.test_client().get("/s/hub").get_data(
        as_text=True
    )
