"""The channels that the settings ask for."""

from __future__ import annotations

from channels.base import Channel
from channels.email import KeptMail, SmtpMail
from channels.handset import Handset
from channels.sms import TwilioSms
from channels.telegram import Account, Line, TelegramChat
from channels.webchat import WebChat
from settings import Settings


def build_channels(settings: Settings) -> dict[str, Channel]:
    """Each channel by its name."""
    channels: dict[str, Channel] = {"sms": _sms(settings), "email": _email(settings), "web": WebChat()}
    if settings.telegram_bot_token.get_secret_value():
        channels["telegram"] = _telegram(settings)
    return channels


def _sms(settings: Settings) -> Channel:
    if settings.trial:
        return Handset()
    return TwilioSms(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.auth_tokens[0],
        messaging_service_sid=settings.twilio_messaging_service_sid or None,
        from_number=settings.twilio_from_number or None,
        status_callback=f"{settings.public_base_url}/webhooks/sms/status",
        inbound_url=f"{settings.public_base_url}/webhooks/sms",
        country=settings.country,
        api_base_url=settings.twilio_api_base_url or None,
        timeout=settings.twilio_timeout_seconds,
    )


def _telegram(settings: Settings) -> TelegramChat:
    line = Line(
        settings.telegram_bot_token.get_secret_value(),
        api_base_url=settings.telegram_api_base_url or None,
        timeout=settings.telegram_timeout_seconds,
    )
    account = Account(
        line,
        name=settings.telegram_bot_name,
        webhook_url=f"{settings.public_base_url}/webhooks/telegram",
        secret=settings.telegram_webhook_secret.get_secret_value(),
    )
    return TelegramChat(line, account)


def _email(settings: Settings) -> Channel:
    if settings.trial or not settings.smtp_host:  # nobody shall be mailed about invented people
        return KeptMail()
    return SmtpMail(
        host=settings.smtp_host,
        port=settings.smtp_port,
        username=settings.smtp_username or None,
        password=settings.smtp_password.get_secret_value() or None,
        security=settings.smtp_security,
        sender=settings.mail_from,
        subject=f"A message from {settings.brand}",
        timeout=settings.smtp_timeout_seconds,
    )
