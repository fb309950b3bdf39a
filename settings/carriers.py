"""The settings of those who carry our messages: Twilio, Telegram, a mail server, and our own web chat."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, SecretStr

from settings.forms import AccountSid, BotName, LinkAddress, MailSender, SenderNumber, ServiceSid, WebhookSecret


class Carriers(BaseModel):
    """How messages travel."""

    twilio_account_sid: AccountSid = Field(
        "", description="Twilio's account, AC…; with it the service sends real texts."
    )
    twilio_auth_token: SecretStr = Field(
        SecretStr(""), description="Twilio's auth token; two, with a comma, while rotating."
    )
    twilio_messaging_service_sid: ServiceSid = Field("", description="The Messaging Service to send from, MG…")
    twilio_from_number: SenderNumber = Field("", description="Or the number to send from, +44…")
    twilio_api_base_url: str = Field("", description="Another address of Twilio's API; for tests only.")
    twilio_timeout_seconds: float = Field(10, gt=0, le=60, description="How long one exchange with Twilio may take.")

    telegram_bot_token: SecretStr = Field(
        SecretStr(""), description="The bot's token, from BotFather. Left out, nobody is asked on Telegram."
    )
    telegram_bot_name: BotName = Field(
        "", description="The bot's user name, which ends in bot; the links that people follow are made with it."
    )
    telegram_webhook_secret: WebhookSecret = Field(
        SecretStr(""),
        description="What Telegram proves itself with, 32 characters or more: A-Z, a-z, 0-9, _ and -. "
        "Left out, the bot asks Telegram itself (`flask telegram poll`), which is for trying out.",
    )
    telegram_api_base_url: str = Field("", description="Another address of Telegram's API; for tests only.")
    telegram_timeout_seconds: float = Field(
        10, gt=0, le=60, description="How long one exchange with Telegram may take."
    )

    smtp_host: str = Field(
        "", description="The mail server. Left out, or with TRIAL=1, mails are kept and shown in the console."
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is protected."
    )
    smtp_username: str = Field("", description="The user name there, if it wants one.")
    smtp_password: SecretStr = Field(SecretStr(""), description="The password there.")
    mail_from: MailSender = Field("heard@council.example", description="The sender of our mails.")
    smtp_timeout_seconds: float = Field(40, gt=0, le=60, description="How long handing over one mail may take.")

    chat_days: int = Field(14, ge=1, le=60, description="A link to a web chat works for so many days.")
    chat_idle_minutes: int = Field(
        15, ge=2, le=120, description="A web chat that nobody touches hides what was said after so many minutes."
    )
    exit_url: LinkAddress = Field(
        "https://www.bbc.co.uk/weather",
        description="Where a web chat's way out leads: a page that nobody wonders about.",
    )
    chat_entries_an_hour: int = Field(
        300,
        ge=1,
        description="How often one address may go in through the doors of open surveys. A whole event on one Wi-Fi is one "
        "address.",
    )
    chat_guesses_an_hour: int = Field(
        60, ge=1, description="How many links that lead nowhere one address may try; good links open all the same."
    )
