"""What did not go out, as those see it who can do something about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import SetClock
from bot.service import Service
from store.tables import Alert, Message
from tests.console.office import Browser, Office

SECRET = "zzmarkerword"
ADDRESS = "zoe@council.example"
OUR_SIGN_IN = "The mail server refuses us."


def add(service: Service, clock: SetClock, **columns: Any) -> None:
    row = {
        "direction": "out",
        "channel": "email",
        "address": ADDRESS,
        "text": SECRET,
        "subject": SECRET,
        "at": clock.now(),
        "next_attempt_at": clock.now(),
        "first_attempt_at": clock.now() - timedelta(hours=1),
        "kind": "digest",
        "status": "failed",
        "error_code": "535",
        "error_explanation": OUR_SIGN_IN,
        **columns,
    }
    with service.database.writing() as session:
        session.add(Message(**row))


@pytest.mark.parametrize("role", ["duty", "administrator"])
def test_what_did_not_go_out_stands_on_top_of_the_first_page(
    browser: Browser, service: Service, clock: SetClock, role: str
):
    add(service, clock)
    add(service, clock)
    add(service, clock, kind="alert", status="queued")
    add(service, clock, kind="alert", channel="sms", status="undelivered", error_code="30003", error_explanation=None)
    browser.sign_in(role)
    shown = " ".join(browser.get("/").text.split())
    assert shown.index("Messages that did not go out") < shown.index("What people said")
    for words in ("Note about a digest", "given up", "still being tried", f"{OUR_SIGN_IN} (code 535)", ">2</td>"):
        assert words in shown
    assert "The network could not deliver it. (code 30003)" in shown
    assert SECRET not in shown
    assert ADDRESS not in shown


@pytest.mark.parametrize("role", ["worker", "manager"])
def test_others_are_not_troubled_with_it(browser: Browser, service: Service, clock: SetClock, role: str):
    add(service, clock)
    browser.sign_in(role)
    assert "Messages that did not go out" not in browser.get("/").text


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "delivered"},
        {"status": "undelivered", "kind": "invitation"},
        {"status": "dropped", "kind": "reply"},
        {"status": "queued", "first_attempt_at": None, "error_code": None},
        {"status": "queued", "soon": True},
        {"status": "failed", "long_ago": True},
    ],
)
def test_what_is_no_trouble_any_more_or_not_yet_is_not_shown(
    browser: Browser, service: Service, clock: SetClock, columns: dict[str, Any]
):
    if columns.pop("soon", False):
        columns["first_attempt_at"] = clock.now() - timedelta(minutes=5)
    if columns.pop("long_ago", False):
        columns["at"] = clock.now() - timedelta(days=15)
    add(service, clock, **columns)
    browser.sign_in("duty")
    assert "Messages that did not go out" not in browser.get("/").text


def test_an_alert_says_plainly_that_our_reply_did_not_arrive(
    browser: Browser, office: Office, service: Service, clock: SetClock
):
    with service.database.reading() as session:
        alert = session.scalars(select(Alert).where(Alert.reference == office.alerts["red_now"])).one()
        talk, message = alert.conversation_id, session.get_one(Message, alert.message_id)
    reply = {"channel": "sms", "address": message.address, "conversation_id": talk, "kind": "reply", "text": "thanks"}
    gone = {"error_code": "21614", "error_explanation": "Not a mobile."}
    browser.sign_in("duty")
    path = f"/alerts/{office.alerts['red_now']}"
    add(service, clock, **reply, status="delivered", error_code=None, error_explanation=None)
    shown = " ".join(browser.get(path).text.split())
    assert "– delivered" in shown
    assert "Our reply did not arrive" not in shown
    add(service, clock, **reply, **gone)
    shown = " ".join(browser.get(path).text.split())
    assert "Our reply did not arrive" in shown
    assert shown.count("Not a mobile. (code 21614)") == 2
    assert "– not delivered" in shown
