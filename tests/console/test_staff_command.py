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
