"""The simulated phones' pages: what they show, what they take, and what they keep out of addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import html5lib
import pytest
from flask import Flask

from channels.base import Outgoing
from channels.handset import Bubble, Doing, Handset, Phone, PhoneList, Watched, handset_pages

ROSA = Phone("k3f9", "+447700900123", "Rosa Delgado", "Parent of Theo", unread=0, last="yes")
THEO = Phone("p81c", "+447700900456", "Theo Delgado", "Young person", unread=2)
AT = datetime(2026, 10, 6, 22, 30, tzinfo=UTC)  # half past eleven at night in London
KINDS = ("kept", "looked", "answer", "said", "alert", "invited", "silent")


class Table:
    """The phones on a table, with what was received from them."""

    def __init__(self):
        self.phones = [ROSA, THEO]
        self.received = []
        self.watched = {
            ROSA.address: Watched(
                ROSA,
                bubbles=(Bubble("How was it?", mine=False, at=AT, status="delivered"), Bubble("<b>4</b> 😀", True, AT)),
                doings=tuple(Doing(AT, f"Title {kind}", "Because", kind) for kind in KINDS),
                survey="Families",
                stage="Review",
            )
        }
        app = Flask(__name__)
        app.register_blueprint(handset_pages(self.received.append, self.listed, self.found, self.watched.get))
        self.app, self.client = app, app.test_client()

    def listed(self, search):
        fitting = [phone for phone in self.phones if search.lower() in phone.name.lower()]
        return PhoneList(tuple(fitting[:2]), len(fitting))

    def found(self, phone_id):
        return next((phone for phone in self.phones if phone.id == phone_id), None)

    def page(self, path="/handset/"):
        answer = self.client.get(path)
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
def table():
    return Table()


def test_the_channel_delivers_at_once_and_names_the_same_message_the_same():
    first, again = (Handset().send(Outgoing(ROSA.address, "x", "k1")) for _ in range(2))
    assert first == again
    assert re.fullmatch(r"HS[0-9a-f]{32}", first.provider_id)
    assert first.status == "delivered"
    assert Handset().send(Outgoing(ROSA.address, "x", "k2")).provider_id != first.provider_id


def test_the_list_opens_the_first_phone_and_says_that_nothing_leaves(table):
    page = table.page()
    assert "no text message leaves this computer" in page
    assert "Rosa Delgado’s phone" in page
    assert page.count('aria-current="page"') == 1


def test_words_are_shown_as_they_are_and_never_as_markup(table):
    page = table.page("/handset/k3f9")
    assert "&lt;b&gt;4&lt;/b&gt; 😀" in page
    assert "How was it?" in page
    assert "Delivered" in page


def test_times_are_those_of_london(table):
    assert "Tuesday 6 October" in table.page()
    assert ">23:30</time>" in table.page()


def test_everything_the_service_did_is_listed_newest_first(table):
    titles = re.findall(r"<h3>Title (\w+)</h3>", table.page())
    assert titles == list(reversed(KINDS))


def test_a_phone_with_nothing_on_it_and_a_table_with_no_phones_are_pages_too(table):
    assert "No messages yet" in table.page("/handset/p81c")
    table.phones.clear()
    assert "no phones yet" in table.page()


def test_no_page_holds_a_number_or_anything_inline(table):
    for path in ("/handset/", "/handset/k3f9", "/handset/p81c", "/handset/k3f9/latest"):
        page = table.page(path)
        assert "7700" not in page
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script>|https?://", page)


@pytest.mark.parametrize("path", ["/handset/", "/handset/p81c"])
def test_every_page_is_valid_html(table, path):
    html5lib.HTMLParser(strict=True).parse(table.page(path))


def test_the_refresh_holds_the_same_parts_as_the_page(table):
    parts = [re.findall(r'data-part="(\w+)"', table.page(path)) for path in ("/handset/k3f9", "/handset/k3f9/latest")]
    assert parts[0] == parts[1] == ["phones", "thread", "doings"]


def test_what_is_written_on_a_phone_is_received_like_any_text(table):
    answer = table.client.post("/handset/k3f9/reply", data={"text": "line\r\nline 😀"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/handset/k3f9#reply")
    (received,) = table.received
    assert (received.channel, received.address, received.text) == ("sms", ROSA.address, "line\nline 😀")
    assert re.fullmatch(r"HS[0-9a-f]{32}", received.provider_id)


def test_two_texts_with_the_same_words_are_two_texts(table):
    for _ in range(2):
        table.client.post("/handset/k3f9/reply", data={"text": "4"})
    assert len({received.provider_id for received in table.received}) == 2


@pytest.mark.parametrize(("text", "status"), [("", 303), ("a" * 1601, 413)])
def test_nothing_and_too_much_are_not_sent(table, text, status):
    assert table.client.post("/handset/k3f9/reply", data={"text": text}).status_code == status
    assert table.received == []


def test_a_phone_that_is_not_there_is_not_found(table):
    client = table.client
    assert client.get("/handset/+447700900123").status_code == 404
    assert client.get("/handset/nobody/latest").status_code == 404
    assert client.post("/handset/nobody/reply", data={"text": "x"}).status_code == 404
    assert table.received == []


def test_the_form_carries_the_apps_token_where_there_is_one(table):
    assert "csrf_token" not in table.page()
    table.app.jinja_env.globals["csrf_token"] = lambda: "a-token"
    assert 'name="csrf_token" value="a-token"' in table.page()


def test_pages_let_nothing_foreign_in_and_leave_no_copies(table):
    headers = table.client.get("/handset/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_every_view_says_who_may_use_it(table):
    views = {name: view for name, view in table.app.view_functions.items() if name.startswith("handset.")}
    declared = {name: getattr(view, "access", None) for name, view in views.items()}
    assert {name for name, access in declared.items() if access != "public"} == {"handset.static"}


def test_a_phone_that_is_not_listed_any_more_is_still_there(table):
    table.phones.append(Phone("late", "+447700900789", "Zed Last", "Parent"))
    assert "1 more: find them by name or case" in table.page()
    page = table.page("/handset/late")
    assert "Zed Last’s phone" in page
    assert page.count('aria-current="page"') == 1


def test_phones_are_found_by_name(table):
    page = table.page("/handset/?search=theo")
    assert "Theo Delgado’s phone" in page
    assert "1 phone for “theo”" in page
    assert "Rosa" not in page
    assert "/latest?search=theo" in page


def test_the_day_stands_on_top_of_its_entries(table):
    page = table.page()
    entries = page.split('data-part="doings"')[1]
    assert entries.count("Tuesday 6 October") == 1
    assert entries.index("Tuesday 6 October") < entries.index("Title silent")
