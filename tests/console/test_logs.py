"""What opens a web chat stands in no line of the log, whoever writes it."""

from __future__ import annotations

import io
import logging

import pytest
from flask import Flask
from gunicorn.config import Config

from console.commands.serve import WordlessLog
from console.logs import WordlessFormatter, warnings_only
from tests.channels.webchat.playing import CODE, TOKEN, Play


@pytest.mark.parametrize(
    "path",
    [f"/chat/{TOKEN}", f"/chat/{TOKEN}/begin", f"/s/{CODE}", f"/t/{TOKEN}", f"https://heard.example/chat/{TOKEN}?x=1"],
)
def test_a_line_names_the_page_but_not_the_link(path: str):
    record = logging.LogRecord("any", logging.ERROR, __file__, 1, "Exception on %s [GET]", (path,), None)
    line = WordlessFormatter("%(message)s").format(record)
    assert line.startswith("Exception on ")
    assert "…" in line
    assert TOKEN not in line
    assert CODE not in line


@pytest.mark.parametrize("path", ["/alerts/K7Q2", "/static/site.css", "/privacy"])
def test_other_addresses_stay_whole(path: str):
    record = logging.LogRecord("any", logging.ERROR, __file__, 1, "Exception on %s [GET]", (path,), None)
    assert path in WordlessFormatter("%(message)s").format(record)


def test_a_fault_on_a_chats_page_is_logged_without_its_link_and_its_words():
    play, heard = Play(), io.StringIO()
    app: Flask = play.app()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(WordlessFormatter("%(levelname)s %(message)s"))
    app.logger.addHandler(handler)
    try:
        play.fault = RuntimeError("Quizzaciously")
        answer = app.test_client().post(f"/chat/{TOKEN}", data={"turn": "0", "answer": "Quizzaciously"})
    finally:
        app.logger.removeHandler(handler)
    assert answer.status_code == 500
    log = heard.getvalue()
    assert "Exception on /chat/… [POST]" in log
    assert "RuntimeError" in log
    assert TOKEN not in log
    assert "Quizzaciously" not in log


def test_the_servers_own_log_keeps_links_and_words_out_too():
    heard = io.StringIO()
    log = WordlessLog(Config())
    (handler,) = log.error_log.handlers
    was = handler.setStream(heard)
    try:
        try:
            int("Quizzaciously")
        except ValueError:
            log.exception("Error handling request %s", f"/chat/{TOKEN}")
    finally:
        handler.setStream(was)
        log.error_log.removeHandler(handler)
    written = heard.getvalue()
    assert "Error handling request /chat/…" in written
    assert "ValueError" in written
    assert "Quizzaciously" not in written
    assert TOKEN not in written
    assert log.cfg.accesslog is None


def test_while_a_line_is_being_written_only_warnings_interrupt_it(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    log = logging.getLogger("bot.outbox")
    with warnings_only():
        log.info("held back")
        log.warning("not sent")
    log.info("on its way")
    assert caplog.messages == ["not sent", "on its way"]
