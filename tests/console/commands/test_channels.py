"""`flask channels`: what it finds and says, and its exit codes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from channels.base import Finding
from channels.text import Measure, measure
from console.commands.channels import channels
from console.wiring import EXTENSION
from settings import Settings
from tests.builders import COUNCIL
from tests.shipped import CATALOGUE
from tests.standins.twilio_rest import TwilioStandIn

GOOD = Finding(is_wrong=False, what="All is well.")
LOOK = Finding(is_wrong=False, what="Nobody can tell.", instead="Look yourself.")
WRONG = Finding(is_wrong=True, what="It is off.", instead="Switch it on.")


def run(*arguments: str, said: str | bytes = "", **checks: list[Finding]) -> Result:
    app = Flask(__name__)
    app.cli.add_command(channels)
    app.extensions[EXTENSION] = SimpleNamespace(
        council=COUNCIL,
        catalogue=CATALOGUE,
        channels={"sms": object(), "email": object()},
        checks={name: lambda found=found: found for name, found in checks.items()},
    )
    return app.test_cli_runner().invoke(args=["channels", *arguments], input=said)


def test_every_finding_is_a_line_and_what_is_wrong_ends_with_exit_code_one():
    result = run("check", sms=[GOOD, WRONG], telegram=[LOOK])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "good  sms: All is well.",
        "WRONG sms: It is off. Switch it on.",
        "good  email: There is nothing to check.",
        "look  telegram: Nobody can tell. Look yourself.",
        "1 wrong.",
    ]


def test_what_a_person_must_look_at_is_not_wrong():
    result = run("check", sms=[GOOD, LOOK])
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "Nothing is wrong."


def test_one_channel_may_be_checked_alone():
    result = run("check", "email", sms=[WRONG])
    assert (result.exit_code, "sms" in result.output) == (0, False)


def test_a_channel_that_is_not_there_is_refused_with_those_that_are():
    result = run("check", "fax", sms=[])
    assert result.exit_code == 2
    assert "There is no fax; there are: sms, email." in result.output


def test_a_channel_that_is_not_set_up_is_told_with_what_to_set():
    result = run("check", "telegram", sms=[])
    assert result.exit_code == 2
    assert "Telegram is not set up here: set TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_NAME" in " ".join(
        result.output.split()
    )


@pytest.fixture
def twilio():
    with TwilioStandIn() as standin:
        yield standin


def test_a_real_account_is_checked_without_sending_anything(twilio: TwilioStandIn, tmp_path: Path):
    base = "https://127.0.0.1:1"
    settings = Settings.from_environment(
        {
            "TWILIO_ACCOUNT_SID": twilio.account_sid,
            "TWILIO_AUTH_TOKEN": twilio.auth_token,
            "TWILIO_MESSAGING_SERVICE_SID": twilio.messaging_service_sid,
            "TWILIO_API_BASE_URL": twilio.base_url,
            "PUBLIC_BASE_URL": base,
            "PRIVACY_URL": "council.example/privacy",
            "SECRET_KEY": "x" * 32,
            "DUTY_EMAIL": "duty@council.gov.uk",
            "DATABASE_URL": f"sqlite:///{tmp_path}/heard.sqlite",
        }
    )
    twilio.set_up.service["inbound_request_url"] = f"{base}/webhooks/sms"
    app = create_app(settings)
    result = app.test_cli_runner().invoke(args=["channels", "check"])
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if line.startswith("WRONG")] == [
        "WRONG address: Nothing answers at the public address. Start the service, and look whether "
        "PUBLIC_BASE_URL, its name, its certificate and the proxy are right.",
        "WRONG proxies: The public address is protected by a proxy, and no proxy is trusted, so all visitors count as one "
        "and one of them can use up what the web chat allows an address in an hour. Set TRUSTED_PROXIES to how many "
        "proxies stand before the service, most often 1.",
    ]
    assert app.test_cli_runner().invoke(args=["channels", "check", "sms"]).exit_code == 0
    assert twilio.messages == []
    assert twilio.auth_token not in result.output


MEASURED = [
    ("How was it?\n", ["GSM-7, 11 units, 1 part, 4p"]),
    ("", ["GSM-7, 0 units, 0 parts, 0p"]),
    ("😀 “x”", ["UCS-2, 6 units, 1 part, 4p", "It stays UCS-2 for: 😀 (grinning face)."]),
    (
        "Łukasz’s – Łucja’s\u00a0\u200b" + "x" * 60,
        [
            "UCS-2, 80 units, 2 parts, 8p",
            "In plain letters: GSM-7, 79 units, 1 part, 4p",
            "  Ł (latin capital letter l with stroke) becomes L, twice",
            "  ’ (right single quotation mark) becomes ', twice",
            "  – (en dash) becomes -, once",
            "  no-break space becomes a blank, once",
            "  zero width space becomes nothing, once",
            "Lukasz's - Lucja's " + "x" * 60,
        ],
    ),
]


@pytest.mark.parametrize(("said", "told"), MEASURED)
def test_a_text_is_measured_and_offered_in_plain_letters(said: str, told: list[str]):
    result = run("measure", said=said)
    assert (result.exit_code, result.output.splitlines()) == (0, told)


def test_the_replies_for_the_provider_are_our_own_messages_and_each_fits_one_text():
    lines = run("replies").output.splitlines()
    texts = [line.strip() for line in lines if line.startswith("  ")]
    assert [line for line in lines if not line.startswith("  ")] == [
        "STOP",
        "START",
        "HELP, where young people are texted",
        "HELP, where grown-ups alone are texted",
    ]
    assert [measure(text) for text in texts] == [Measure("gsm7", len(text), 1) for text in texts]
    assert not any("{" in text for text in texts)
    page = (Path(__file__).parents[3] / "docs" / "sms.md").read_text(encoding="utf-8")
    assert [text for text in texts if text not in page] == []


def test_lines_count_as_they_are_sent():
    assert run("measure", said="a\nb\n").output == "GSM-7, 3 units, 1 part, 4p\n"
