"""The parts of the service, put together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from bot import lines, naming
from bot.calendar import Hours
from bot.clock import Clock
from bot.council import Council, DutyDesk
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.sending.limits import SPACING, Limits
from bot.sending.mail_stops import MailStops
from bot.sending.sealed import Sealed
from bot.sending.workers import Workers
from bot.service import Checks, Service
from bot.talks.moving import Moving
from channels.base import Channel, Checked
from channels.phones import parse_mobile
from channels.webhooks import behind, reach
from settings import BadSettings, Settings
from store.session import Database
from surveys import catalogue


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
    lease = timedelta(seconds=settings.outbox_lease_seconds)
    moving = Moving(definitions, council)
    outbox = Outbox(
        database,
        channels,
        clock,
        lease,
        limits=build_limits(settings),
        council=council,
        unsubscribe=mail_stops(settings, database, clock).link,
        sealed=Sealed(settings.secret_key.get_secret_value()),
        fall_back=moving.fall_back,
        say_again=moving.say_again,
    )
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
        workers=Workers(outbox, database, clock, settings.redis_url, lease) if settings.redis_url else None,
    )


def mail_stops(settings: Settings, database: Database, clock: Clock) -> MailStops:
    """Where those who are invited by mail can end it."""
    return MailStops(database, clock, settings.public_base_url, settings.secret_key.get_secret_value())


def build_checks(settings: Settings, channels: Mapping[str, Channel]) -> Checks:
    """What can be looked at before the first family is asked; while trying out nothing needs to reach us."""
    url = settings.public_base_url
    reached = {"address": partial(reach, url), "proxies": partial(behind, url, settings.trusted_proxies)}
    address = {} if settings.trial else reached
    return {**address, **{name: channel.check for name, channel in channels.items() if isinstance(channel, Checked)}}


def build_limits(settings: Settings) -> Limits:
    """How much may leave. While trying out nothing leaves this computer, so nothing is held back either."""
    if settings.trial:
        return Limits()
    return Limits(
        a_second={
            "sms": settings.sms_a_second,
            "telegram": settings.telegram_a_second,
            "email": settings.mail_a_second,
        },
        a_day={"sms": settings.sms_a_day, "telegram": settings.telegram_a_day, "email": settings.mail_a_day},
        pence_per_part=settings.pence_per_part,
        pounds_a_day=settings.pounds_a_day,
        alarm_to=settings.alarm_email or settings.duty_email,
        spacing=SPACING,
    )


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
        chat_days=settings.chat_days,
        telegram_bot=settings.telegram_bot_name,
        asks_staff=settings.staff_pulse,
        names=naming.load(settings.names_file or None),
    )
