"""The wiring: settings in, a running service out. Nothing imports this module; it may import everything.

`flask` finds `create_app` here by itself, for the pages and for the command line alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

from flask import Blueprint, Flask

from bot import watching
from bot.calendar import Hours
from bot.clock import Clock, SystemClock
from bot.council import Council, DutyDesk
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.receipts import Receipts
from bot.service import Service
from channels.base import Channel
from channels.email import KeptMail, SmtpMail
from channels.handset import Bubble, Doing, Handset, Phone, Watched, handset_pages
from channels.phones import parse_mobile
from channels.sms import TwilioReader, TwilioSms
from channels.webhooks import sms_webhooks
from console import commands, logs, pages
from console.wiring import EXTENSION
from settings import Settings
from store.session import Database
from surveys import catalogue

ROOT = Path(__file__).parent


def create_app(
    settings: Settings | None = None, channels: Mapping[str, Channel] | None = None, clock: Clock | None = None
) -> Flask:
    """Build the service.

    Args:
        settings: what is chosen from outside; read from the environment where left out.
        channels: how messages travel, by name (`sms`, `email`); built from the settings where left out.
        clock: what time it is; the machine's where left out.

    Raises:
        settings.BadSettings: with every setting that is missing or wrong.
        surveys.catalogue.BadSurveys: with every problem of a definition file.
    """
    settings = settings or Settings.from_environment()
    logs.set_up(settings.log_level)
    app = Flask("heard", root_path=str(ROOT), static_folder=None)
    app.config["SECRET_KEY"] = settings.secret_key.get_secret_value()
    service = build_service(settings, channels or build_channels(settings), clock or SystemClock())
    app.extensions[EXTENSION] = service
    csrf = pages.register(app)
    webhooks = provider_pages(settings, service)
    app.register_blueprint(webhooks)
    csrf.exempt(webhooks)  # their senders prove themselves by a signature
    if settings.trial:
        app.register_blueprint(trial_pages(service))
    app.config.update(WEB_THREADS=settings.web_threads, OUTBOX_WORKERS=settings.outbox_workers)
    commands.register(app)
    return app


def build_service(settings: Settings, channels: Mapping[str, Channel], clock: Clock) -> Service:
    """Put the parts together."""
    database = Database(settings.database_url, pool_size=settings.web_threads + settings.outbox_workers + 4)
    definitions = catalogue.load()
    council = build_council(settings)
    outbox = Outbox(database, channels, clock, lease=timedelta(seconds=settings.outbox_lease_seconds))
    inbox = Inbox(database, definitions, council, clock, wake=outbox.wake)
    return Service(
        council=council,
        database=database,
        catalogue=definitions,
        channels=channels,
        clock=clock,
        inbox=inbox,
        outbox=outbox,
        trial=settings.trial,
    )


def build_council(settings: Settings) -> Council:
    """What the council has chosen, out of the settings."""
    return Council(
        brand=settings.brand,
        privacy_url=settings.privacy_url or settings.public_base_url.split("://")[1] + "/privacy",
        base_url=settings.public_base_url,
        duty=DutyDesk(
            name=settings.duty_name,
            email=settings.duty_email,
            mobile=parse_mobile(settings.duty_mobile) if settings.duty_mobile else None,
            safeguarding_email=settings.safeguarding_email or settings.duty_email,
            hours=Hours.parse(settings.duty_hours),
        ),
        keeps_windows=not settings.trial,
        ask_within_days=settings.ask_within_days,
        conversation_days=settings.conversation_days,
        contact_cap_days=settings.contact_cap_days,
    )


def build_channels(settings: Settings) -> dict[str, Channel]:
    """The channels that the settings ask for."""
    return {"sms": _sms(settings), "email": _email(settings)}


def _sms(settings: Settings) -> Channel:
    if settings.trial:
        return Handset()
    return TwilioSms(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.auth_tokens[0],
        messaging_service_sid=settings.twilio_messaging_service_sid or None,
        from_number=settings.twilio_from_number or None,
        status_callback=f"{settings.public_base_url}/webhooks/sms/status",
        api_base_url=settings.twilio_api_base_url or None,
        timeout=settings.twilio_timeout_seconds,
    )


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
        timeout=settings.smtp_timeout_seconds,
    )


def provider_pages(settings: Settings, service: Service) -> Blueprint:
    """Where providers post. While trying out, the token is one that nobody knows, so nothing there counts as signed."""
    reader = TwilioReader(settings.public_base_url, settings.auth_tokens or (token_hex(),))
    receipts = Receipts(service.database, service.clock)
    return sms_webhooks(reader, service.inbox.receive, receipts.record)


def trial_pages(service: Service) -> Blueprint:
    """The simulated phones."""

    def phones() -> list[Phone]:
        holders = watching.holders(service.database)
        return [Phone(holder.id, holder.address, holder.name, holder.who, last=holder.last) for holder in holders]

    def watch(address: str) -> Watched | None:
        scene = watching.scene(service.database, service.catalogue, address)
        phone = next((phone for phone in phones() if phone.address == address), None)
        if scene is None or phone is None:
            return None
        return Watched(
            phone,
            bubbles=tuple(Bubble(said.text, said.direction == "in", said.at, said.status) for said in scene.messages),
            doings=tuple(Doing(done.at, done.title, done.detail, done.kind) for done in scene.steps),
            survey=scene.survey,
            stage=scene.stage,
        )

    return handset_pages(service.inbox.receive, phones, watch, service=service.council.brand)
