"""`flask staff`: adding people who sign in, and giving them new passwords."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.console.office import Browser

ADD = ["staff", "add", "New@Council.Example", "--name", "Kim New", "--role", "duty", "--password-stdin"]


def test_someone_who_is_added_can_sign_in(app: Flask, browser: Browser):
    result = app.test_cli_runner().invoke(args=ADD, input="a password to remember\n")
    assert result.output == "Kim New can sign in as new@council.example, with the role duty.\n"
    fields = {"email": "new@council.example", "password": "a password to remember"}
    assert browser.send("/sign-in", "/sign-in", **fields).status_code == 302
    assert browser.get("/alerts").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "password", "complaint"),
    [
        (ADD, "short", "Choose a password of 12 to 200 characters."),
        ([*ADD[:2], "duty@council.example", *ADD[3:]], "a password to remember", "flask staff password duty@"),
        (
            ["staff", "password", "x@council.example", "--password-stdin"],
            "a password to remember",
            "flask staff add x@",
        ),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_cannot_be_done_says_what_to_do_instead(app: Flask, arguments: list[str], password: str, complaint: str):
    result = app.test_cli_runner().invoke(args=arguments, input=f"{password}\n")
    assert result.exit_code == 1
    assert complaint in result.output
    assert password not in result.output


@pytest.mark.usefixtures("office")
def test_everyone_is_listed_with_their_role_and_no_hash(app: Flask):
    shown = app.test_cli_runner().invoke(args=["staff", "list"]).output
    assert any(line.startswith("duty") and "duty@council.example" in line for line in shown.splitlines())
    assert "argon2" not in shown


def test_a_list_of_nobody_says_how_to_add_somebody(app: Flask):
    assert "flask staff add" in app.test_cli_runner().invoke(args=["staff", "list"]).output


def staff(app: Flask, *arguments: str) -> str:
    return app.test_cli_runner().invoke(args=["staff", *arguments]).output


@pytest.fixture
def office_of_two(app: Flask) -> Flask:
    for name, role in (("mo", "manager"), ("di", "manager"), ("sam", "worker")):
        args = ["staff", "add", f"{name}@council.example", "--name", name.title(), "--role", role, "--password-stdin"]
        app.test_cli_runner().invoke(args=args, input="a password to remember\n")
    return app


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--deputy", "nobody@council.example"], "deputy: nobody has this address"),
        (["--deputy", "mo@council.example"], "deputy: themselves"),
        (["--deputy", "sam@council.example"], "give them the role of a manager first"),
        (["--unit", "Harbour unit"], "unit: not known"),
        (["--began", "2026-05-01", "--ended", "2026-04-01"], "ended: before they began"),
        (["--mobile", "020 7946 0018"], "--mobile"),
    ],
)
def test_what_does_not_fit_a_member_of_staff_is_refused(office_of_two: Flask, options: list[str], complaint: str):
    assert complaint in staff(office_of_two, "change", "mo@council.example", *options)


def test_a_deputy_leave_and_a_last_day_are_recorded(office_of_two: Flask, browser: Browser):
    change = ["change", "Mo@council.example"]
    details = ["--deputy", "di@council.example", "--mobile", "07700 900800", "--line-manager", "di@council.example"]
    assert staff(office_of_two, *change, *details) == "mo@council.example is changed.\n"
    assert staff(office_of_two, *change, *details) == "mo@council.example was so already.\n"
    assert staff(office_of_two, *change, "--deputy", "none") == "mo@council.example is changed.\n"
    away = ["leave", "mo@council.example", "--from", "2020-01-01", "--until", "2090-01-01"]
    assert staff(office_of_two, *away).startswith("mo@council.example is away from 2020-01-01")
    assert "noted already" in staff(office_of_two, *away)
    assert staff(office_of_two, "back", "mo@council.example") == "mo@council.example is back.\n"
    assert staff(office_of_two, "back", "mo@council.example") == "mo@council.example was not away.\n"
    assert staff(office_of_two, *change, "--ended", "2020-01-31") == "mo@council.example is changed.\n"
    assert "does not work here today" in staff(office_of_two, "list")
    fields = {"email": "mo@council.example", "password": "a password to remember"}
    assert browser.send("/sign-in", "/sign-in", **fields).status_code == 422, "who has left cannot sign in"


def test_whoever_leaves_while_signed_in_is_signed_out_that_day(office_of_two: Flask, browser: Browser):
    fields = {"email": "mo@council.example", "password": "a password to remember"}
    assert browser.send("/sign-in", "/sign-in", **fields).status_code == 302
    assert browser.get("/digests").status_code == 200
    staff(office_of_two, "change", "mo@council.example", "--ended", "2020-01-31")
    assert browser.get("/digests").status_code == 302
