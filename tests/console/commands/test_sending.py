"""`flask sending`: stopping all messages, letting them go, and how it stands."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from bot.service import Service
from store.tables import AuditEntry
from store.talks import messages
from store.talks.messages import Queued


def say(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["sending", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_switch_is_thrown_told_and_kept_in_the_log(app: Flask, service: Service):
    with service.database.writing() as session:
        queued = [Queued("sms", "+447700900001", "hello", "reply", f"k{number}") for number in range(2)]
        messages.queue(session, queued, service.clock.now())
    assert say(app, "status").startswith("Messages go.")
    told = say(app, "stop")
    assert told.startswith("All sending is stopped; alerts go on")
    assert "web chat is still answered" in told
    assert say(app, "stop") == "All sending was stopped already.\n"
    told = say(app, "status")
    assert "stopped since" in told
    assert "web chat is still answered" in told
    assert "       2  Reply to a person" in told
    assert "+44" not in told
    assert say(app, "start") == "Messages go again.\n"
    assert say(app, "start") == "Nothing was stopped.\n"
    with service.database.reading() as session:
        whats = session.scalars(select(AuditEntry.what).where(AuditEntry.subject == "sending"))
        assert list(whats) == ["stopped all sending", "started sending again"]
