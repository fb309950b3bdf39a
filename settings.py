"""Everything that is chosen from outside, read from the environment once and checked at start.

Each field's description is its documentation: `.env.example` and docs/settings.md name every one (a test looks).
Only `app.py` imports this module; everything else is handed what it needs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SMS_CREDENTIALS = {"twilio_account_sid", "twilio_auth_token", "twilio_messaging_service_sid", "twilio_from_number"}
TRIAL_SECRET = "a-secret-for-trying-out-on-this-computer-only"  # noqa: S105 - refused wherever the service is not on loopback


class BadSettings(Exception):
    """One or more settings are missing or wrong; the message says which and what to write instead."""


class Settings(BaseModel):
    """The service's settings. Secrets never show in its repr."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    database_url: str = Field(
        "sqlite:///var/heard.sqlite", description="Where everything is kept: sqlite:///FILE or postgresql+psycopg://…"
    )
    public_base_url: str = Field(
        "http://127.0.0.1:8000",
        description="The address at which providers and people reach the service, without a slash at the end. "
        "Signatures of inbound messages are checked against it.",
    )
    secret_key: SecretStr = Field(
        SecretStr(TRIAL_SECRET),
        description="Signs the sessions of staff. At least 32 random characters; keep it secret.",
    )
    trial: bool = Field(
        default=True,
        description="1: the handset stands in for SMS and a demonstration council is loaded. 0: real families. "
        "Left out, it is 0 as soon as any of Twilio's credentials is set.",
    )

    brand: str = Field(
        "Kent Early Help", max_length=16, description="Who a text says it is from; at most 16 characters."
    )
    privacy_url: str = Field(
        "",
        max_length=28,
        description="The page a first text points to; at most 28 characters. Left out: PUBLIC_BASE_URL.",
    )
    duty_name: str = Field("Duty desk", description="Who is told at once when someone may not be safe.")
    duty_email: str = Field("duty@council.example", description="Where alerts are mailed.")
    duty_mobile: str = Field("", description="Where alerts are texted; left out, they are only mailed.")
    safeguarding_email: str = Field(
        "", description="Who alone is told of a concern about a worker. Left out: DUTY_EMAIL."
    )
    duty_hours: str = Field(
        "mon-fri 09:00-17:00",
        description="When the duty desk reads; outside it, people are given the numbers that answer.",
    )
    ask_within_days: int = Field(
        28, ge=1, le=365, description="A stage longer ago than this is not asked about any more; it shows in coverage."
    )
    conversation_days: int = Field(
        7, ge=1, le=60, description="A conversation without an answer lapses after so many days."
    )
    contact_cap_days: int = Field(
        28, ge=0, le=365, description="At most one survey per person in so many days; closure may override it."
    )

    twilio_account_sid: str = Field("", description="Twilio's account, AC…; with it the service sends real texts.")
    twilio_auth_token: SecretStr = Field(
        SecretStr(""), description="Twilio's auth token; two, with a comma, while rotating."
    )
    twilio_messaging_service_sid: str = Field("", description="The Messaging Service to send from, MG…")
    twilio_from_number: str = Field("", description="Or the number to send from, +44…")
    twilio_api_base_url: str = Field("", description="Another address of Twilio's API; for tests only.")
    twilio_timeout_seconds: float = Field(10, gt=0, le=60, description="How long to wait for Twilio.")

    smtp_host: str = Field(
        "", description="The mail server. Left out, or with TRIAL=1, mails are kept and shown in the console."
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is protected."
    )
    smtp_username: str = Field("", description="The user name there, if it wants one.")
    smtp_password: SecretStr = Field(SecretStr(""), description="The password there.")
    mail_from: str = Field("heard@council.example", description="The sender of our mails.")
    smtp_timeout_seconds: float = Field(10, gt=0, le=60, description="How long to wait for the mail server.")

    outbox_lease_seconds: float = Field(
        30, gt=0, le=3600, description="How long a worker may hold a message before another may take it over."
    )
    outbox_workers: int = Field(2, ge=1, le=32, description="Threads that send.")
    web_threads: int = Field(8, ge=1, le=64, description="Threads that answer requests.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @property
    def is_on_loopback(self) -> bool:
        """Whether only this computer can reach the service."""
        return urlsplit(self.public_base_url).hostname in LOOPBACK

    @property
    def has_sms_credentials(self) -> bool:
        """Whether anything of a real SMS account is set, be it only a part."""
        given = self.model_dump(include=SMS_CREDENTIALS - {"twilio_auth_token"}).values()
        return any(given) or bool(self.auth_tokens)

    @property
    def auth_tokens(self) -> tuple[str, ...]:
        """Twilio's auth tokens that are good at present; the first is ours to use."""
        return tuple(token.strip() for token in self.twilio_auth_token.get_secret_value().split(",") if token.strip())

    @model_validator(mode="after")
    def _check(self) -> Settings:
        problems = [complaint for wrong, complaint in self._rules() if wrong]
        if problems:
            raise ValueError(" ".join(problems))
        return self

    def _rules(self) -> list[tuple[bool, str]]:
        address = urlsplit(self.public_base_url)
        secret = self.secret_key.get_secret_value()
        slowest = max(self.twilio_timeout_seconds, self.smtp_timeout_seconds)
        return [
            (
                address.scheme not in {"http", "https"} or not address.hostname or self.public_base_url.endswith("/"),
                "PUBLIC_BASE_URL: write it whole and without a slash at the end, such as https://heard.council.example.",
            ),
            (
                self.trial and self.has_sms_credentials,
                "TRIAL: the simulated handset cannot be on while a TWILIO_… credential is set; "
                "set TRIAL=0 or take it out.",
            ),
            (
                self.trial and not self.is_on_loopback,
                "TRIAL: trying out is for this computer only; set TRIAL=0 and the TWILIO_… settings, "
                "or PUBLIC_BASE_URL to an address on 127.0.0.1.",
            ),
            (
                not self.trial and not (self.twilio_account_sid and self.auth_tokens),
                "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: set both to send real texts, "
                "or TRIAL=1 to try the service out.",
            ),
            (
                bool(self.twilio_account_sid) and not (self.twilio_messaging_service_sid or self.twilio_from_number),
                "TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM_NUMBER: set one of them, which people can answer.",
            ),
            (
                not self.trial and (secret == TRIAL_SECRET or len(secret) < 32),
                'SECRET_KEY: set at least 32 random characters, such as what "openssl rand -hex 32" prints.',
            ),
            (
                not self.trial and self.duty_email == "duty@council.example",
                "DUTY_EMAIL: name the person who is told when someone may not be safe. No cover, no send.",
            ),
            (
                self.outbox_lease_seconds <= 2 * slowest,
                f"OUTBOX_LEASE_SECONDS: more than {2 * slowest:g}, twice the longest time-out, "
                "or a message could be taken over while it is being sent.",
            ),
        ]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from the environment (or from a mapping like it).

        Raises:
            BadSettings: with every problem and what to write instead; never with a value.
        """
        given = os.environ if environment is None else environment
        values = {name: given[name.upper()] for name in cls.model_fields if given.get(name.upper(), "").strip()}
        values.setdefault("trial", "0" if values.keys() & SMS_CREDENTIALS else "1")
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise BadSettings("\n".join(_sentences(error))) from None


def _sentences(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(str(part).upper() for part in problem['loc'])}: {problem['msg']}"
        if problem["loc"]
        else problem["msg"]
        for problem in error.errors(include_input=False, include_url=False)
    ]
