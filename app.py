"""The wiring: settings in, a running service out. Nothing imports this module; it may import everything.

`flask` finds `create_app` here by itself, for the pages and for the command line alike.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from analysis.models import reading
from bot import naming
from bot.calendar import Hours
from bot.chats.links import check_base
from bot.clock import Clock, SystemClock
from bot.sending.bounces import Bounces
from channels.base import Channel
from channels.email import read_bounce
from channels.phones import BadNumber, parse_mobile
from channels.text import outside_gsm7
from console import commands, logs, pages
from console.wiring import BOUNCES, EXTENSION, MAIL_STOPS, TELEGRAM
from settings import BadSettings, Settings
from store.session import check_url
from surveys.catalogue import BadSurveys
from wiring.carriers import build_channels
from wiring.parts import build_service, mail_stops
from wiring.providers import provider_pages, receipts, telegram_bot
from wiring.rooms import chat_pages, trial_pages

ROOT = Path(__file__).parent

_log = logging.getLogger(__name__)


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
    for problem in reading.problems():
        _log.error("%s", problem)
    app = Flask("heard", root_path=str(ROOT), static_folder=None)
    app.url_map.merge_slashes = False  # Flask leads from // to / by a page of its own, which no case system reads
    app.config["SECRET_KEY"] = settings.secret_key.get_secret_value()
    service = build_service(settings, channels or build_channels(settings), clock or SystemClock())
    app.extensions[EXTENSION] = service
    app.extensions[MAIL_STOPS] = mail_stops(settings, service.database, service.clock)
    app.extensions[BOUNCES] = Bounces(read_bounce, receipts(service).record)
    csrf = pages.register(app)
    for proven in (*provider_pages(settings, service), chat_pages(settings, service)):
        app.register_blueprint(proven)
        csrf.exempt(proven)  # a signature, a secret or the token in a link is the proof; no session goes with it
    if bot := telegram_bot(service):
        app.extensions[TELEGRAM] = bot
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    if settings.trial:
        app.register_blueprint(trial_pages(service))
    app.config.update(WEB_THREADS=settings.web_threads, OUTBOX_WORKERS=settings.outbox_workers)
    app.config["EXIT_URL"] = settings.exit_url
    commands.register(app)
    return app


def check(settings: Settings) -> None:
    """Look at what only other modules can judge.

    Raises:
        settings.BadSettings: with all that they refuse, and what to write instead.
    """
    readers: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("DATABASE_URL", settings.database_url, check_url),
        ("PUBLIC_BASE_URL", settings.public_base_url, check_base),
        ("DUTY_HOURS", settings.duty_hours, Hours.parse),
        ("DUTY_MOBILE", settings.duty_mobile, parse_mobile),
        ("BRAND", settings.brand, _check_plain),
        ("PRIVACY_URL", settings.privacy_link, _check_plain),
        ("NAMES_FILE", settings.names_file, naming.load),
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
