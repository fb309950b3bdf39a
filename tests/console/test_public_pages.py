"""What anyone may see, and what every answer carries."""

from __future__ import annotations

import pytest
from flask import Flask

from bot.sending import switch
from bot.service import Service
from tests.console.office import Browser

READY = {
    "status": "ok",
    "database": "ok",
    "sending": "ok",
    "clock": "not taken yet",
    "jobs": "ok",
    "channels": {
        "sms": "simulated phones",
        "telegram": "not set up",
        "email": "kept in the console",
        "web": "ok",
    },
}
"""What an office tells that has only just begun, while it is being tried out."""


def test_health_says_that_the_process_answers(browser: Browser):
    assert browser.get("/health").json == {"status": "ok"}


def test_ready_says_that_the_database_answers(browser: Browser):
    answer = browser.get("/ready")
    assert (answer.status_code, answer.json) == (200, READY)


def test_ready_tells_that_all_sending_is_stopped_and_is_no_less_ready_for_it(browser: Browser, service: Service):
    switch.stop(service.database, service.clock.now())
    answer = browser.get("/ready")
    assert (answer.status_code, answer.json) == (200, {**READY, "sending": "stopped"})


def test_ready_is_503_while_the_database_does_not_answer(app: Flask, service: Service):
    service.database.engine.dispose()
    service.database.engine.pool._creator = _refuse
    answer = app.test_client().get("/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "database": "does not answer"})


def _refuse(*_: object) -> None:
    raise OSError("no database")


def test_the_privacy_page_names_the_numbers_and_how_to_stop(browser: Browser):
    shown = browser.get("/privacy").text
    for words in ("0800 1111", "116 123", "85258", "999", "Text STOP", "Confidential, not anonymous", "line manager"):
        assert words in shown


def test_the_privacy_page_is_true_of_open_surveys_and_betrays_nothing_in_the_browsers_history(browser: Browser):
    shown = browser.get("/privacy").text
    assert "<title>Questions</title>" in shown
    nobody = shown.partition("If nobody asked for your name")[2].partition("<h2")[0]
    assert "We don't know who answers them" in nobody
    assert "kept with your case" not in nobody


def test_the_privacy_page_has_the_web_chats_way_out_and_a_way_back(browser: Browser, app: Flask):
    shown = browser.get("/privacy").text
    way_out = f'href="{app.config["EXIT_URL"]}" rel="noreferrer noopener" data-leave="{app.config["EXIT_URL"]}">'
    assert way_out in shown
    assert "use your browser's <em>Back</em>" in shown


def test_the_first_page_leads_to_sign_in_and_to_the_simulated_phones(browser: Browser):
    shown = browser.get("/").text
    assert 'href="/sign-in"' in shown
    assert 'href="/handset/"' in shown
    assert "Trying out: simulated phones, invented people" in shown


@pytest.mark.parametrize("path", ["/", "/sign-in", "/privacy", "/health", "/no-such-page"])
def test_every_answer_says_what_a_browser_may_do_with_it(browser: Browser, path: str):
    headers = browser.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "code", "words"),
    [
        ("GET", "/no-such-page", 404, "There is no such page"),
        ("PUT", "/privacy", 405, "That address only takes a form"),
    ],
)
def test_what_went_wrong_is_said_in_plain_words(browser: Browser, method: str, path: str, code: int, words: str):
    answer = browser.client.open(path, method=method)
    assert answer.status_code == code
    assert words in answer.text


def test_too_much_at_once_is_refused(browser: Browser):
    answer = browser.client.post("/sign-in", data={"email": "x" * 300_000})
    assert answer.status_code == 413
    assert "That is too much at once" in answer.text
