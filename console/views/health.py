"""For whoever watches over the service: is it alive, is it ready."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, current_app, jsonify

from bot import calendar
from bot.clockwork import standing
from bot.clockwork.standing import ClockStanding
from bot.cover import gaps, rota
from bot.jobs import JOBS
from bot.sending import switch
from channels.base import StandsIn
from console.access import Page, public
from console.wiring import began_at, service
from store.session import Session

CHANNELS = ("sms", "telegram", "email", "web")

DAYS_AHEAD = 7
"""So many days of the rota are looked at."""

pages = Blueprint("health", __name__)


@pages.get("/health")
@public
def health() -> Page:
    """The process answers."""
    return jsonify(status="ok")


@pages.get("/ready")
@public
def ready() -> Page:
    """The database answers, somebody is the clock and its jobs are done; 503 where one of them is not so.

    For alarms, not for taking a process away from people: what they write is taken in without a clock too. That somebody
    has stopped all sending is told, and is no fault; which channels are set up, and what somebody must see to before nobody
    can be asked any more (bank holidays, terms, gaps in the rota), likewise. Where workers elsewhere send, it
    is told whether Redis answers; it stays 200 without, for what is due waits.
    """
    try:
        is_well = service().database.is_well()
        with service().database.reading() as session:
            is_on_time, told = _told(session)
    except Exception:  # noqa: BLE001 - whatever is wrong with the database, the answer is the same
        current_app.logger.warning("the database does not answer")
        is_well, is_on_time, told = False, False, {}
    if workers := service().workers:
        told["redis"] = "ok" if workers.answers() else "does not answer"
    is_ready = is_well and is_on_time
    database = "ok" if is_well else "does not answer"
    return jsonify(status="ok" if is_ready else "not ready", database=database, **told), 200 if is_ready else 503


def _told(session: Session) -> tuple[bool, dict[str, object]]:
    """Whether the clock is well, and what is told beside the database."""
    now = service().clock.now()
    clock = standing.look(session, JOBS, now, watched_since=began_at())
    told: dict[str, object] = {
        "sending": "stopped" if switch.stopped_at(session) else "ok",
        "clock": _clock(clock),
        "jobs": [line.job.name for line in clock.need_a_look] or "ok",
        "channels": _channels(),
    }
    short = gaps.short_of_cover(rota.read(session, now), service().council, now, DAYS_AHEAD)
    if see_to := [*calendar.warnings(now), *gaps.told(session, now, DAYS_AHEAD), *short]:
        told["see_to"] = see_to
    return clock.is_well, told


def _clock(clock: ClockStanding) -> str:
    if clock.holder:
        return "ok"
    return "nobody runs it" if clock.nobody_since else "not taken yet"


def _channels() -> Mapping[str, str]:
    return {name: _set_up(service().channels.get(name)) for name in CHANNELS}


def _set_up(channel: object) -> str:
    if isinstance(channel, StandsIn):
        return channel.instead_of_sending
    return "ok" if channel else "not set up"
