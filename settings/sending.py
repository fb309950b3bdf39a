"""The settings of sending: how much may leave how fast, what it may cost, and who does it."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, Field

from settings.forms import MailAddress, RedisAddress


class Sending(BaseModel):
    """How messages leave."""

    outbox_lease_seconds: float = Field(
        30,
        gt=0,
        le=3600,
        description="How long a worker may hold a text before another may take it over; a mail twice as long.",
    )
    outbox_workers: int = Field(2, ge=1, le=32, description="Threads that send.")
    redis_url: RedisAddress = Field(
        "",
        repr=False,  # it may hold a password
        description="redis://HOST:PORT/NUMBER. With it, the outbox is drained by workers of their own (`flask worker`), "
        "on as many machines as you like. Left out, this process sends.",
    )
    sms_a_second: float = Field(
        10, gt=0, le=1000, description="Texts a second, at most; your sender's limit at Twilio."
    )
    sms_a_day: int = Field(
        20_000, ge=1, description="Texts a day, at most; alerts and replies to people leave all the same."
    )
    telegram_a_second: float = Field(
        30,
        gt=0,
        le=30,
        description="Telegram messages a second, at most, and never more than one a second in one chat.",
    )
    telegram_a_day: int = Field(20_000, ge=1, description="Telegram messages a day, at most.")
    mail_a_second: float = Field(5, gt=0, le=1000, description="Mails a second, at most.")
    mail_a_day: int = Field(5_000, ge=1, description="Mails a day, at most.")
    pence_per_part: Decimal = Field(Decimal(4), ge=0, le=100, description="What one SMS part costs, in pence.")
    pounds_a_day: Decimal = Field(
        Decimal(200),
        ge=0,
        description="What texts may cost a day. At four fifths of it the alarm is mailed; above it no invitation and no "
        "reminder leaves until the next day. Alerts and replies to people do.",
    )
    alarm_email: MailAddress = Field("", description="Who is told of such an alarm. Left out: DUTY_EMAIL.")
