"""Signing in: who gets in, who does not, and for how long."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from bot.clock import SetClock
from bot.service import Service
from console.access import IDLE, LONGEST, local_path
from console.accounts import LOCKED_FOR, WRONG_TRIES
from store import audit
from store.council import staff
from tests.console.office import PASSWORD, Browser

A_MOMENT = timedelta(seconds=1)


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/digests").status_code == 200


def test_the_right_password_opens_the_page_that_was_wanted(browser: Browser):
    wanted = browser.get("/digests?year=2026")
    assert wanted.status_code == 302
    assert wanted.location == "/sign-in?next=/digests?year%3D2026"
    assert 'value="/digests?year=2026"' in browser.get(wanted.location).text
    answer = browser.sign_in("manager", onwards="/digests?year=2026")
    assert (answer.status_code, answer.location) == (302, "/digests?year=2026")
    assert is_signed_in(browser)


@pytest.mark.parametrize("email", ["manager@council.example", "nobody@council.example", "unhashed@council.example"])
def test_a_refusal_is_the_same_whether_or_not_the_address_is_known(browser: Browser, service: Service, email: str):
    with service.database.writing() as session:
        staff.add(session, "unhashed@council.example", "Una Hashed", "worker")
    answer = browser.send("/sign-in", "/sign-in", email=email, password="wrong horse battery")
    assert answer.status_code == 422
    assert "do not open an account" in answer.text
    nobody = browser.send("/sign-in", "/sign-in", email="who@council.example", password="wrong horse battery")
    assert without_what_differs(answer.text, email) == without_what_differs(nobody.text, "who@council.example")


def without_what_differs(page: str, email: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*>', "", page.replace(email, ""))


def test_after_ten_wrong_tries_even_the_right_password_is_refused_for_a_quarter_of_an_hour(
    browser: Browser, clock: SetClock
):
    for _ in range(WRONG_TRIES):
        browser.sign_in("manager", "wrong horse battery")
    assert browser.sign_in("manager").status_code == 422
    clock.move(LOCKED_FOR - A_MOMENT)
    assert browser.sign_in("manager").status_code == 422
    clock.move(A_MOMENT)
    assert browser.sign_in("manager").status_code == 302


def test_the_right_password_begins_the_count_of_wrong_tries_anew(browser: Browser):
    for _ in range(2):
        for _ in range(WRONG_TRIES - 1):
            browser.sign_in("manager", "wrong horse battery")
        assert browser.sign_in("manager").status_code == 302


def test_capitals_and_blanks_around_the_address_do_not_matter(browser: Browser):
    answer = browser.send("/sign-in", "/sign-in", email=" Manager@Council.Example ", password=PASSWORD)
    assert answer.status_code == 302


def test_a_hash_of_another_cost_is_made_anew_at_sign_in(browser: Browser, service: Service):
    with service.database.reading() as session:
        before = staff.by_email(session, "manager@council.example")
    browser.sign_in("manager")
    with service.database.reading() as session:
        after = staff.by_email(session, "manager@council.example")
    assert before
    assert after
    assert before.password_hash != after.password_hash
    assert is_signed_in(browser)


def test_a_session_ends_after_an_hour_without_a_page(browser: Browser, clock: SetClock):
    browser.sign_in("manager")
    clock.move(IDLE - A_MOMENT)
    assert is_signed_in(browser)
    clock.move(IDLE)
    assert not is_signed_in(browser)


def test_a_session_ends_after_eight_hours_however_busy(browser: Browser, clock: SetClock):
    browser.sign_in("manager")
    for _ in range(int(LONGEST / IDLE * 2) - 1):
        clock.move(IDLE / 2)
        assert is_signed_in(browser)
    clock.move(IDLE / 2)
    assert not is_signed_in(browser)


def test_signing_out_ends_the_session(browser: Browser):
    browser.sign_in("manager")
    assert browser.send("/", "/sign-out").location == "/sign-in"
    assert not is_signed_in(browser)


def test_a_new_password_ends_the_sessions_that_began_with_the_old_one(browser: Browser, app: Flask):
    browser.sign_in("manager")
    result = app.test_cli_runner().invoke(
        args=["staff", "password", "manager@council.example", "--password-stdin"], input="another horse battery\n"
    )
    assert result.exit_code == 0, result.output
    assert not is_signed_in(browser)
    assert browser.sign_in("manager", "another horse battery").status_code == 302


def test_nothing_is_done_for_a_form_without_its_token(browser: Browser):
    fields = {"email": "manager@council.example", "password": PASSWORD}
    answer = browser.client.post("/sign-in", data=fields)
    assert answer.status_code == 400
    assert "That form had grown old" in answer.text
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        " //elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        "http:elsewhere",
        "//[",
        "",
        None,
    ],
)
def test_an_address_that_is_not_a_path_of_ours_leads_to_the_first_page(wanted: str | None):
    assert local_path(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/", "/alerts/K3P-7QX", "/digests?year=2026#top"])
def test_a_path_of_ours_is_kept(wanted: str):
    assert local_path(wanted) == wanted


def test_signing_in_never_sends_anybody_elsewhere(browser: Browser):
    assert browser.sign_in("manager", onwards="//elsewhere.example/").location == "/"


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser):
    cookie = browser.sign_in("manager").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_sign_ins_and_refusals_are_in_the_log(browser: Browser, service: Service):
    browser.sign_in("duty", "wrong horse battery")
    browser.sign_in("duty")
    with service.database.reading() as session:
        lines = audit.latest(session)
    assert [(line.who, line.what) for line in lines] == [
        ("Alex Duty", "signed in"),
        ("Alex Duty", "was refused at sign-in"),
    ]
