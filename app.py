"""The wiring: settings in, a running service out. Nothing imports this module; it may import everything.

`flask` finds `create_app` here by itself, for the pages and for the command line alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex

from flask import Blueprint, Flask

from bot import lines
from bot.calendar import Hours
from bot.clock import Clock, SystemClock
from bot.council import Council, DutyDesk
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.receipts import Receipts
from bot.service import Checks, Service
from bot.shown import watching
from channels.base import Channel, Checked
from channels.email import KeptMail, SmtpMail
from channels.handset import Bubble, Doing, Handset, Phone, PhoneList, Watched, handset_pages
from channels.phones import BadNumber, parse_mobile
from channels.sms import TwilioReader, TwilioSms
from channels.text import outside_gsm7
from channels.webhooks import reach, sms_webhooks
from console import commands, logs, pages
from console.wiring import EXTENSION
from settings import BadSettings, Settings
from store.session import Database, check_url
from surveys import catalogue
from surveys.catalogue import BadSurveys

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
        SystemExit: the settings were left out, and they or the surveys are wrong. `flask`, and whatever else finds this
            function by itself, then ends with every problem on a line of its own.
        settings.BadSettings: with every setting that is wrong.
        surveys.catalogue.BadSurveys: with every problem of a definition file.
    """
    if settings:
        return _wire(settings, channels, clock)
    return or_say_why_not(lambda: _wire(Settings.from_environment(), channels, clock))


def or_say_why_not(build: Callable[[], Flask]) -> Flask:
    """Build the app; where settings or surveys are wrong, end the program with every problem on a line of its own."""
    try:
        return build()
    except (BadSettings, BadSurveys) as problems:
        told = f"Heard cannot start:\n{problems}"
    raise SystemExit(told)


def _wire(settings: Settings, channels: Mapping[str, Channel] | None, clock: Clock | None) -> Flask:
    check(settings)
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


def check(settings: Settings) -> None:
    """Look at what only other modules can judge.

    Raises:
        settings.BadSettings: with all that they refuse, and what to write instead.
    """
    readers: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("DATABASE_URL", settings.database_url, check_url),
        ("DUTY_HOURS", settings.duty_hours, Hours.parse),
        ("DUTY_MOBILE", settings.duty_mobile, parse_mobile),
        ("BRAND", settings.brand, _check_plain),
        ("PRIVACY_URL", settings.privacy_link, _check_plain),
    )
    problems = []
    for name, value, read in readers:
        try:
            if value:
                read(value)
        except BadNumber as wrong:
            problems.append(f"{name}: {wrong.explanation}")
        except ValueError as wrong:
            problems.append(f"{name}: {wrong}.")
    if problems:
        raise BadSettings(*problems)


def _check_plain(text: str) -> None:
    if outside_gsm7(text):
        raise ValueError("write it in letters that plain SMS can carry, or every text with it costs double")


def build_service(settings: Settings, channels: Mapping[str, Channel], clock: Clock) -> Service:
    """Put the parts together.

    Raises:
        settings.BadSettings: a line or helpline is missing, or does not answer in the council's country.
    """
    database = Database(settings.database_url, pool_size=settings.web_threads + settings.outbox_workers + 4)
    council = build_council(settings)
    if problems := lines.unfit(council.lines, council.country):
        raise BadSettings(*map(str, problems))
    definitions = catalogue.load(lines=council.lines)
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
        checks=build_checks(settings, channels),
    )


def build_checks(settings: Settings, channels: Mapping[str, Channel]) -> Checks:
    """What can be looked at before the first family is asked; while trying out nothing needs to reach us."""
    address = {} if settings.trial else {"address": partial(reach, settings.public_base_url)}
    return {**address, **{name: channel.check for name, channel in channels.items() if isinstance(channel, Checked)}}


def build_council(settings: Settings) -> Council:
    """What the council has chosen, out of the settings."""
    return Council(
        brand=settings.brand,
        privacy_url=settings.privacy_link,
        base_url=settings.public_base_url,
        duty=DutyDesk(
            name=settings.duty_name,
            email=settings.duty_email,
            mobile=parse_mobile(settings.duty_mobile, settings.country) if settings.duty_mobile else None,
            safeguarding_email=settings.safeguarding_email or settings.duty_email,
            complaints_email=settings.complaints_email or settings.duty_email,
            data_email=settings.data_email or settings.duty_email,
            hours=Hours.parse(settings.duty_hours),
        ),
        country=settings.country,
        lines=settings.lines,
        pence_per_part=settings.pence_per_part,
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
        inbound_url=f"{settings.public_base_url}/webhooks/sms",
        country=settings.country,
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


def as_phone(holder: watching.Holder) -> Phone:
    """A phone as its pages show it."""
    return Phone(holder.id, holder.address, holder.name, holder.who, last=holder.last)


def trial_pages(service: Service) -> Blueprint:
    """The simulated phones."""

    def phones(search: str) -> PhoneList:
        listed, how_many = watching.holders(service.database, search)
        return PhoneList(tuple(map(as_phone, listed)), how_many)

    def find(phone_id: str) -> Phone | None:
        holder = watching.holder(service.database, phone_id)
        return as_phone(holder) if holder else None

    def watch(address: str) -> Watched | None:
        scene = watching.scene(service.database, service.catalogue, address)
        holder = watching.holder_at(service.database, address)
        if scene is None or holder is None:
            return None
        return Watched(
            as_phone(holder),
            bubbles=tuple(Bubble(said.text, said.direction == "in", said.at, said.status) for said in scene.messages),
            doings=tuple(Doing(done.at, done.title, done.detail, done.kind) for done in scene.steps),
            survey=scene.survey,
            stage=scene.stage,
        )

    return handset_pages(service.inbox.receive, phones, find, watch, service=service.council.brand)
