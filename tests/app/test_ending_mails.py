"""Invitations by mail can be ended by their readers, from the header of the mail to the next mail that does not come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from bot.clock import SetClock
from bot.service import Service
from channels.email import SmtpMail
from console.wiring import EXTENSION
from settings import Settings
from store.sending import mails
from store.tables import Message
from store.talks import messages
from store.talks.messages import Queued
from tests.app.test_house import REAL
from tests.fakes import FakeChannel
from tests.standins.smtp import MailServer, text_of

READER = "manager@partner.example"
OURS = "https://heard.council.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as standin:
        yield standin


@pytest.fixture
def app(sqlite_url: str, clock: SetClock, server: MailServer) -> Flask:
    mail = SmtpMail(host=server.host, port=server.port, security="none", sender="Heard <heard@kent.example>")
    settings = Settings.from_environment({**REAL, "DATABASE_URL": sqlite_url})
    return create_app(settings, channels={"sms": FakeChannel("sms"), "email": mail}, clock=clock)


@pytest.fixture
def service(app: Flask) -> Service:
    return app.extensions[EXTENSION]


def send(service: Service, *kinds: str, number: int = 1) -> None:
    """Send the reader one mail of each kind, with the time between them that a mail server is given."""
    for kind in kinds:
        subject = f"A mail of {kind}"
        mail = Queued("email", READER, f"A mail\n\n{OURS}/x", kind=kind, key=f"{kind}:{number}", subject=subject)
        service.clock.move(timedelta(seconds=2))
        with service.database.writing() as session:
            messages.queue(session, [mail], service.clock.now())
        service.outbox.drain()


def subjects(server: MailServer) -> list[str]:
    return [mail["Subject"] for mail in server.mails]


@pytest.mark.parametrize("kind", ["invitation", "reminder"])
def test_the_link_in_a_mail_ends_such_mails_and_nothing_else(
    app: Flask, service: Service, server: MailServer, kind: str
):
    send(service, kind)
    (mail,) = server.mails
    link = mail["List-Unsubscribe"].strip("<>")
    assert link.startswith(f"{OURS}/mail/stop/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in text_of(mail)
    assert READER not in link

    client = app.test_client()
    page = link.removeprefix(OURS)
    assert client.post(page, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    send(service, "invitation", "reminder", "alert", "digest", number=2)
    assert sorted(subjects(server)[1:]) == ["A mail of alert", "A mail of digest"], "they are part of the work"
    with service.database.reading() as session:
        dropped = select(Message.kind, Message.error_code).where(Message.status == "dropped").order_by(Message.id)
        assert [tuple(row) for row in session.execute(dropped)] == [
            ("invitation", "opted_out"),
            ("reminder", "opted_out"),
        ]

    assert client.post(f"{page}/back").status_code == 200
    send(service, "invitation", number=3)
    assert subjects(server)[-1] == "A mail of invitation"


def test_what_is_part_of_the_work_has_no_such_link(service: Service, server: MailServer):
    send(service, "alert", "digest", "alarm")
    assert [mail["List-Unsubscribe"] for mail in server.mails] == [None] * 3


def test_where_no_server_is_set_invitations_are_kept_with_the_other_mails(sqlite_url: str, clock: SetClock):
    settings = Settings.from_environment({**REAL, "DATABASE_URL": sqlite_url})
    service: Service = create_app(settings, clock=clock).extensions[EXTENSION]
    send(service, "invitation", "alert", "digest")
    with service.database.reading() as session:
        kept = {mail.subject: (mail.to, mail.text) for mail in mails.kept(session)}
    assert kept == {f"A mail of {kind}": (READER, f"A mail\n\n{OURS}/x") for kind in ("invitation", "alert", "digest")}
