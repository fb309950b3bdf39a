"""By which channel a person may be asked: a table of who may use which, and the one that they have chosen themselves.

Telegram stands first, since only the person can bind it; it is never used below 16, by its own terms. Who must be contacted
discreetly gets a text that says nothing, and a private link to the web.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from bot.calendar import local_day
from bot.respondents import Respondent, age_band, years_between
from store.inviting.moves import Point, Reachable
from surveys.questions import Channel
from surveys.stages import AgeBand, Audience
from surveys.survey import Survey

IN_ORDER: tuple[Channel, ...] = ("telegram", "sms")
"""The channels on which people are asked first, the preferred one first."""

_TELEGRAM_FROM = 16
"""Years, by Telegram's own terms for the United Kingdom."""


@dataclass(frozen=True)
class Way:
    """Where somebody is asked. `discreet`: nothing there may tell what it is about or who it is from."""

    channel: Channel
    address: str
    discreet: bool = False


def band_of(person: Reachable, audience: str, now: datetime) -> AgeBand | None:
    """The age band that a person is in today, if it is a young person who is asked."""
    who = cast("Audience", audience)
    return age_band(
        Respondent(person.person_id, who, person.birth_date, person.age_band, person.safe_contact, has_mobile=True),
        local_day(now),
    )


def may_use_telegram(person: Reachable, now: datetime) -> bool:
    """Whether Telegram is open to a person: known to us, not below 16, and with nothing to hide from who reads along."""
    known = bool(person.roles) and person.safe_contact == "text"
    young = "young_person" in person.roles
    return known and is_old_enough_for_telegram(person.birth_date, person.age_band, now, young=young)


def is_old_enough_for_telegram(born: date | None, band: str | None, now: datetime, *, young: bool) -> bool:
    """Whether somebody is 16 or over today.

    Args:
        born: counts before anything else that is recorded.
        band: the age band as recorded.
        young: they are a young person in a case, so that an age which nobody knows is not enough.
    """
    if born is not None:
        return years_between(born, local_day(now)) >= _TELEGRAM_FROM
    return not young or band == "16-25"


def is_safe(safe_contact: str, survey: Survey) -> bool:
    """Whether there is a safe way to ask somebody, if they have a line at all."""
    return safe_contact == "text" or (safe_contact == "discreet" and "web" in survey.channels)


def open_to(person: Reachable, points: Sequence[Point], survey: Survey, now: datetime) -> list[Point]:
    """The addresses at which a survey may reach a person, in the order in which they are used; stops included."""
    may = {"telegram": may_use_telegram(person, now), "sms": True}
    channels = [channel for channel in IN_ORDER if may[channel] and channel in survey.channels]
    return [point for channel in channels for point in points if point.channel == channel]


def choose(person: Reachable, points: Sequence[Point], survey: Survey) -> Way | None:
    """The way to ask a person, out of those that `open_to` gives; None where none is safe, or all have a stop."""
    free = [point for point in points if not point.opted_out]
    if not free or not is_safe(person.safe_contact, survey):
        return None
    first = free[0]
    return Way(cast("Channel", first.channel), first.address, discreet=person.safe_contact == "discreet")
