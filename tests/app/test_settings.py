"""What is chosen from outside: documented, checked once at start, and refused in plain words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app import create_app, or_say_why_not
from bot.calendar import Hours
from settings import BadSettings, Settings
from store.session import check_url
from surveys import catalogue

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("place", [".env.example", "docs/settings.md"])
def test_every_setting_is_documented(place: str) -> None:
    text = (ROOT / place).read_text()
    missing = [name.upper() for name in Settings.model_fields if name.upper() not in text]
    assert missing == [], f"explain these in {place}"


REAL = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "token-one, token-two",
    "TWILIO_FROM_NUMBER": "+447700900000",
    "PUBLIC_BASE_URL": "https://heard.council.example",
    "SECRET_KEY": "x" * 40,
    "DUTY_EMAIL": "dee@council.example",
    "PRIVACY_URL": "heard.council.example/p",
}


def test_real_settings_are_taken_and_show_no_secret() -> None:
    settings = Settings.from_environment(REAL)
    assert settings.auth_tokens == ("token-one", "token-two")
    assert not settings.trial
    assert "token-one" not in repr(settings)
    assert "x" * 40 not in repr(settings)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"TRIAL": "1"}, "handset cannot be on while a TWILIO_"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"TWILIO_FROM_NUMBER": ""}, "TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM_NUMBER"),
        ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN"),
        ({"DUTY_EMAIL": ""}, "DUTY_EMAIL"),
        ({"PUBLIC_BASE_URL": "heard.council.example/"}, "PUBLIC_BASE_URL"),
        ({"OUTBOX_LEASE_SECONDS": "5"}, "OUTBOX_LEASE_SECONDS"),
        ({"ASK_WITHIN_DAYS": "soon"}, "ASK_WITHIN_DAYS"),
        ({"SMTP_USERNAME": "heard"}, "SMTP_USERNAME, SMTP_PASSWORD: set both"),
        ({"SMTP_PASSWORD": "zebra"}, "SMTP_USERNAME, SMTP_PASSWORD: set both"),
        (
            {"SMTP_USERNAME": "heard", "SMTP_PASSWORD": "zebra", "SMTP_SECURITY": "none"},
            "SMTP_SECURITY: anybody on the way could read SMTP_PASSWORD; set SMTP_SECURITY=starttls or tls",
        ),
        ({"TWILIO_ACCOUNT_SID": ""}, "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: set both"),
        ({"TWILIO_ACCOUNT_SID": "", "TWILIO_FROM_NUMBER": "", "TRIAL": "1"}, "handset cannot be on while a TWILIO_"),
    ],
)
def test_wrong_settings_are_named_with_what_to_write(changes: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        Settings.from_environment({**REAL, **changes})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"DUTY_HOURS": "always"}, "DUTY_HOURS: hours are written like mon-fri 09:00-17:00"),
        ({"DUTY_HOURS": "sat-sun 09:00-17:00"}, "DUTY_HOURS: hours hold a day from Monday to Friday"),
        ({"DUTY_HOURS": "fri-mon 09:00-17:00"}, "DUTY_HOURS: hours hold a day from Monday to Friday"),
        ({"DUTY_MOBILE": "0123"}, "DUTY_MOBILE: This number has too few digits"),
        ({"TWILIO_FROM_NUMBER": "KentEH"}, "TWILIO_FROM_NUMBER: write a number that people can answer"),
        ({"TWILIO_MESSAGING_SERVICE_SID": "MG1"}, "TWILIO_FROM_NUMBER: set one of them, not both"),
        ({"TWILIO_ACCOUNT_SID": "SK1"}, "TWILIO_ACCOUNT_SID: write the Account SID"),
        ({"TWILIO_FROM_NUMBER": "", "TWILIO_MESSAGING_SERVICE_SID": "KentEH"}, "begins with MG"),
        ({"DATABASE_URL": "nonsense://u:zebra@h/db"}, "DATABASE_URL: write sqlite:///FILE, or postgresql"),
        ({"DATABASE_URL": "postgresql://u:zebra@h/db"}, "DATABASE_URL: write sqlite:///FILE, or postgresql"),
        ({"DATABASE_URL": "postgresql+psycopg://u:zebra@h:five/db"}, "DATABASE_URL: write"),
        ({"DATABASE_URL": "zebra"}, "DATABASE_URL: write"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL: write"),
        ({"MAIL_FROM": "heard@council.example\nBcc: zebra@x.example"}, "MAIL_FROM: write it on one line"),
        ({"MAIL_FROM": "zebra"}, "MAIL_FROM: write one e-mail address"),
        ({"DUTY_EMAIL": "not an address"}, "DUTY_EMAIL: write one e-mail address"),
        ({"DUTY_EMAIL": "a@council.example, zebra@council.example"}, "DUTY_EMAIL: write one e-mail address"),
        ({"SAFEGUARDING_EMAIL": "zebra"}, "SAFEGUARDING_EMAIL: write one e-mail address"),
        ({"PUBLIC_BASE_URL": "https://heard.example?x=1"}, "PUBLIC_BASE_URL: write it whole"),
        ({"PUBLIC_BASE_URL": "https://heard.example#top"}, "PUBLIC_BASE_URL: write it whole"),
        ({"PUBLIC_BASE_URL": "https://heard.example:port"}, "PUBLIC_BASE_URL: write it whole"),
        ({"PUBLIC_BASE_URL": "https://[heard.example"}, "PUBLIC_BASE_URL: write it whole"),
        ({"PUBLIC_BASE_URL": "https://zebra:word@heard.example"}, "PUBLIC_BASE_URL: write it whole"),
        (
            {"PUBLIC_BASE_URL": "https://heard.some-long-council.gov.uk", "PRIVACY_URL": ""},
            "set PRIVACY_URL, at most 28 characters",
        ),
        ({"PRIVACY_URL": "heard.council.example/privý"}, "PRIVACY_URL: write it in letters"),
        ({"BRAND": "Kent ✨"}, "BRAND: write it in letters"),
        ({"TRIAL": "perhaps"}, "TRIAL: write 1 or 0"),
        ({"WEB_THREADS": "many"}, "WEB_THREADS: write a whole number"),
    ],
)
def test_what_only_shows_deep_inside_is_refused_at_start(changes: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings, match=told) as refused:
        create_app(Settings.from_environment({**REAL, **changes}))
    assert "zebra" not in str(refused.value), "a setting may hold a password: never repeat it"
    assert "Value error" not in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"MAIL_FROM": "Early Help <heard@council.example>"},
        {"MAIL_FROM": '"Early Help, Kent" <heard@council.example>'},
        {"TWILIO_FROM_NUMBER": "60777"},
        {"PUBLIC_BASE_URL": "https://heard.some-long-council.gov.uk", "PRIVACY_URL": "kent.example/heard"},
        {"DUTY_HOURS": "mon-sun 00:00-23:59"},
    ],
)
def test_what_can_be_used_is_taken(changes: dict[str, str], sqlite_url: str) -> None:
    create_app(Settings.from_environment({**REAL, "DATABASE_URL": sqlite_url, **changes}))


def test_a_long_address_may_be_tried_out_on_this_computer() -> None:
    assert Settings.from_environment({"PUBLIC_BASE_URL": "http://localhost:8000/a-long-way-down"}).trial


def test_every_problem_stands_on_a_line_of_its_own() -> None:
    with pytest.raises(BadSettings) as refused:
        Settings.from_environment({**REAL, "SECRET_KEY": "short", "DUTY_EMAIL": ""})
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["SECRET_KEY", "DUTY_EMAIL"]


@pytest.mark.parametrize(
    "words", ["mon-fri", "mon-fri 9-17", "mon-fri 09:00z-17:00", "mon-fri 25:00-26:00", "", "x 09:00-17:00"]
)
def test_hours_that_cannot_be_read_say_how_they_are_written(words: str) -> None:
    with pytest.raises(ValueError, match="hours are written like mon-fri"):
        Hours.parse(words)


@pytest.mark.parametrize(
    "url", ["sqlite:///var/heard.sqlite", "postgresql+psycopg://u:p@h/db", "postgresql+psycopg:///db"]
)
def test_addresses_of_databases_that_can_be_used_are_taken(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize("arguments", [["serve"], ["--help"], ["cases", "import", "x.csv"]])
def test_the_terminal_gets_plain_lines_and_an_exit_code(arguments: list[str]) -> None:
    environment = {"PATH": os.environ["PATH"], "DUTY_EMAIL": "zebra", "LOG_LEVEL": "loud", "FLASK_SKIP_DOTENV": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == "Heard cannot start:"
    assert [line.split(":")[0] for line in lines[1:]] == ["DUTY_EMAIL", "LOG_LEVEL"]


def test_wrong_surveys_reach_the_terminal_as_plain_lines_too(tmp_path: Path) -> None:
    def build() -> Flask:
        catalogue.load(tmp_path)
        raise AssertionError("an empty folder is no catalogue")

    with pytest.raises(SystemExit, match=r"Heard cannot start:\n.*There are no definitions here"):
        or_say_why_not(build)
