"""The staff pulse in the whole app: from the mail to the end, and no line of the log knows the link."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app import create_app
from bot.clock import SetClock
from bot.pulse import asking
from bot.service import Service
from console.wiring import EXTENSION
from settings import Settings
from store.sending import mails
from store.tables import Answer, Conversation, Staff
from tests.app.test_web_chat import Guest


@pytest.fixture
def app(sqlite_url: str, clock: SetClock) -> Flask:
    """The whole app while it is tried out: mails are kept, with their links."""
    return create_app(Settings(database_url=sqlite_url), clock=clock)


def test_a_colleague_answers_from_the_mail_to_the_end(app: Flask, clock: SetClock, caplog: pytest.LogCaptureFixture):
    service: Service = app.extensions[EXTENSION]
    with service.database.writing() as session:
        session.add_all(Staff(email=f"{number}@council.example", name="Sam", role="worker") for number in range(11))
    guest = Guest(app.test_client())
    with caplog.at_level("DEBUG"):
        assert asking.run(service, clock.now()) == 11
        service.outbox.drain()
        with service.database.reading() as session:
            path = re.search(r"/t/[\w-]{22}\b", mails.kept(session)[0].text)[0]
        door = guest.open(path)
        assert "lets you in once" in door
        assert "closes tonight, finished or not" in door
        guest.press(path)
        assert guest.path.startswith("/chat/")
        for _ in range(8):
            guest.answer("2" if 'type="radio"' in guest.page else "marker-word")
        assert "Results and what happens next will be shared with your team." in guest.page
        assert "This link has been used" in guest.open(path)
    assert path.rpartition("/")[2] not in caplog.text
    assert "marker-word" not in caplog.text
    with service.database.reading() as session:
        talk = session.query(Conversation).one()
        assert (talk.person_id, talk.invitation_id) == (None, None)
        assert session.query(Answer).count() == 8
