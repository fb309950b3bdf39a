"""What settings must be to each other before the service may start: a table of what is wrong and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from settings.chosen import Settings

TRIAL_SECRET = "a-secret-for-trying-out-on-this-computer-only"  # noqa: S105 - refused wherever the service is not on loopback
NOBODY = "duty@council.example"
LONGEST_LINK = 28
"""Characters of the link in a first text: one more, and the text of the longest brand takes two parts."""

Rule = tuple[bool, str]


def complaints(settings: Settings) -> list[str]:
    """Everything that is wrong between these settings."""
    rules = [
        *_about_trying_out(settings),
        *_about_texts(settings),
        *_about_telegram(settings),
        *_about_mail(settings),
        *_about_workers(settings),
        *_about_real_use(settings),
    ]
    return [complaint for is_wrong, complaint in rules if is_wrong]


def _about_trying_out(settings: Settings) -> list[Rule]:
    return [
        (
            settings.trial and settings.has_sms_credentials,
            "TRIAL: the simulated handset cannot be on while a TWILIO_… credential is set; set TRIAL=0 or take it out.",
        ),
        (
            settings.trial and not settings.is_on_loopback,
            "TRIAL: trying out is for this computer only; set TRIAL=0 and the TWILIO_… settings, "
            "or PUBLIC_BASE_URL to an address on 127.0.0.1.",
        ),
    ]


def _about_texts(settings: Settings) -> list[Rule]:
    service, number = settings.twilio_messaging_service_sid, settings.twilio_from_number
    longest_exchange = max(settings.twilio_timeout_seconds, settings.telegram_timeout_seconds)
    shortest_lease = max(2 * longest_exchange, settings.smtp_timeout_seconds / 2)
    return [
        (
            not settings.trial and not (settings.twilio_account_sid and settings.auth_tokens),
            "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: set both to send real texts, or TRIAL=1 to try the service out.",
        ),
        (
            bool(settings.twilio_account_sid) and not (service or number),
            "TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM_NUMBER: set one of them, which people can answer.",
        ),
        (
            bool(service and number),
            "TWILIO_MESSAGING_SERVICE_SID, TWILIO_FROM_NUMBER: set one of them, not both; "
            "a Messaging Service knows its numbers.",
        ),
        (
            len(settings.privacy_link) > LONGEST_LINK and not (settings.trial and settings.is_on_loopback),
            f"PRIVACY_URL: set PRIVACY_URL, at most {LONGEST_LINK} characters, to a page with the text of "
            "PUBLIC_BASE_URL/privacy: that address is too long for a first text.",
        ),
        (
            settings.outbox_lease_seconds <= shortest_lease,
            f"OUTBOX_LEASE_SECONDS: more than {shortest_lease:g} (twice TWILIO_TIMEOUT_SECONDS and "
            "TELEGRAM_TIMEOUT_SECONDS, and half of SMTP_TIMEOUT_SECONDS), or a message could be taken over while it is "
            "being sent.",
        ),
    ]


def _about_telegram(settings: Settings) -> list[Rule]:
    token, name = settings.telegram_bot_token.get_secret_value(), settings.telegram_bot_name
    return [
        (
            bool(token) != bool(name),
            "TELEGRAM_BOT_TOKEN, TELEGRAM_BOT_NAME: set both to ask people on Telegram, or neither.",
        ),
        (
            settings.trial and bool(token) and not settings.telegram_api_base_url,
            "TRIAL: nobody shall be written to about invented people; set TRIAL=0 or take TELEGRAM_BOT_TOKEN out.",
        ),
    ]


def _about_mail(settings: Settings) -> list[Rule]:
    name, password = settings.smtp_username, settings.smtp_password.get_secret_value()
    return [
        (
            bool(name) != bool(password),
            "SMTP_USERNAME, SMTP_PASSWORD: set both to sign in at the mail server, or neither.",
        ),
        (
            bool(password) and settings.smtp_security == "none",
            "SMTP_SECURITY: anybody on the way could read SMTP_PASSWORD; set SMTP_SECURITY=starttls or tls, "
            "or take SMTP_USERNAME and SMTP_PASSWORD out.",
        ),
    ]


def _about_workers(settings: Settings) -> list[Rule]:
    return [
        (
            bool(settings.redis_url) and settings.database_url.startswith("sqlite"),
            "REDIS_URL: workers are processes of their own, and several processes writing to one SQLite file wait for each "
            "other; set DATABASE_URL to postgresql+psycopg://…, or take REDIS_URL out.",
        ),
    ]


def _about_real_use(settings: Settings) -> list[Rule]:
    secret = settings.secret_key.get_secret_value()
    return [
        (
            not settings.trial and (secret == TRIAL_SECRET or len(secret) < 32),
            'SECRET_KEY: set at least 32 random characters, such as what "openssl rand -hex 32" prints.',
        ),
        (
            not settings.trial and settings.duty_email == NOBODY,
            "DUTY_EMAIL: name the person who is told when someone may not be safe. No cover, no send.",
        ),
    ]
