"""`flask mail bounces`: a mail that came back is written down, and nobody is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from bot.clock import SetClock
from bot.service import Service
from channels.base import Sent
from channels.email.composing import message_id
from store.sending import unsent
from store.tables import ContactPoint, EarlyReceipt, Message, Person
from store.talks import messages
from store.talks.messages import Queued
from tests.channels.reports import READER, plain_mail, report
from tests.console.office import Browser, Office

ROOT = Path(__file__).parents[3]
KEY = "alert:K3P-7QX:mail"
OURS = message_id(KEY, "heard@council.example")


@pytest.fixture
def alert_mail(service: Service) -> None:
    """A mail about an alert that its server has taken."""
    with service.database.writing() as session:
        mail = Queued("email", "duty@council.example", "Alert", kind="alert", key=KEY, subject="Heard alert")
        messages.queue(session, [mail], service.clock.now())
        message = session.scalars(select(Message).where(Message.key == KEY)).one()
        sent = Sent(OURS)
        message.status, message.provider_id = sent.status, sent.provider_id


def hand_over(app: Flask, raw: bytes):
    return app.test_cli_runner().invoke(args=["mail", "bounces"], input=raw)


def state(service: Service) -> tuple[str, str | None]:
    with service.database.reading() as session:
        message = session.scalars(select(Message).where(Message.key == KEY)).one()
        return message.status, message.error_code


@pytest.mark.usefixtures("alert_mail")
def test_a_mail_that_came_back_is_undelivered_however_often_it_is_told(app: Flask, service: Service):
    for _ in range(2):
        done = hand_over(app, report(message_id=OURS))
        assert done.exit_code == 0
        assert done.output == "Written down. The mail came back: there is no such mailbox. (code 5.1.1)\n"
    assert state(service) == ("undelivered", "5.1.1")


@pytest.mark.usefixtures("alert_mail")
def test_an_alert_that_came_back_stands_on_the_first_page(
    app: Flask, service: Service, browser: Browser, office: Office, clock: SetClock
):
    del office
    hand_over(app, report(message_id=OURS, status="5.2.2"))
    with service.database.reading() as session:
        (trouble,) = unsent.troubles(session, clock.now())
    assert (trouble.kind, trouble.channel, trouble.is_over, trouble.code) == ("alert", "email", True, "5.2.2")
    browser.sign_in("duty")
    assert "Messages that did not go out" in browser.get("/").text


@pytest.mark.usefixtures("alert_mail")
@pytest.mark.parametrize("kind", ["digest", "alarm"])
def test_so_does_what_else_somebody_needs_for_their_work(app: Flask, service: Service, clock: SetClock, kind: str):
    with service.database.writing() as session:
        session.scalars(select(Message).where(Message.key == KEY)).one().kind = kind
    hand_over(app, report(message_id=OURS))
    with service.database.reading() as session:
        (trouble,) = unsent.troubles(session, clock.now())
    assert (trouble.kind, trouble.is_over, trouble.how_many) == (kind, True, 1)


@pytest.mark.usefixtures("alert_mail")
@pytest.mark.parametrize(("status", "closed_because"), [("5.1.1", "undeliverable"), ("5.2.2", None), ("4.4.7", None)])
def test_a_dead_mailbox_is_written_to_no_more_and_one_that_is_full_is(
    app: Flask, service: Service, status: str, closed_because: str | None
):
    with service.database.writing() as session:
        person = Person(name="Pat Partner", language="en", safe_contact="text")
        session.add(person)
        session.flush()
        point = ContactPoint(person_id=person.id, channel="email", address="duty@council.example")
        session.add(point)
    for _ in range(2):
        assert hand_over(app, report(status=status, message_id=OURS)).exit_code == 0
    with service.database.reading() as session:
        assert session.get_one(ContactPoint, point.id).closed_because == closed_because


@pytest.mark.usefixtures("alert_mail")
@pytest.mark.parametrize(
    "raw", [report("delayed", "4.4.1", message_id=OURS), plain_mail(Auto_Submitted="auto-replied")]
)
def test_what_says_nothing_final_changes_nothing(app: Flask, service: Service, raw: bytes):
    done = hand_over(app, raw)
    assert done.exit_code == 0
    assert done.output.startswith("Nothing to write down. ")
    assert state(service) == ("accepted", None)


@pytest.mark.usefixtures("alert_mail")
def test_a_report_before_our_own_record_is_kept_until_then(app: Flask, service: Service):
    hand_over(app, report())
    assert state(service) == ("accepted", None)
    with service.database.reading() as session:
        (early,) = session.scalars(select(EarlyReceipt)).all()
    assert (early.channel, early.status, early.error_code) == ("email", "undelivered", "5.1.1")


@pytest.mark.parametrize("raw", [b"", b"\xff\x00zzreader@partner.example", plain_mail(f"{READER} wrote this")])
def test_what_is_no_report_ends_with_a_sentence_and_names_nobody(app: Flask, raw: bytes):
    done = hand_over(app, raw)
    assert done.exit_code == 1
    assert done.output.startswith("Error: It ")
    assert READER not in done.output
    assert "Traceback" not in done.output


def test_what_is_too_large_is_not_read(app: Flask):
    done = hand_over(app, b"x" * (10 * 1024 * 1024 + 1))
    assert (done.exit_code, done.output) == (1, "Error: It is too large for a report about a mail of ours.\n")


def test_a_mail_servers_pipe_can_run_it(sqlite_url: str, tmp_path: Path):
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": sqlite_url, "FLASK_SKIP_DOTENV": "1"}
    command = [sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "mail", "bounces"]
    done = subprocess.run(
        command, input=report(), cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"Written down. The mail came back: there is no such mailbox. (code 5.1.1)\n"
