"""Whether and by which channel a person may be asked: a table of who may use which, and the one that they have chosen.

What they prefer stands first; else Telegram, since only the person can bind it. It is never used below 16, by its own terms.
Who must be contacted discreetly gets a text that says nothing, and a private link to the web; so does whoever shares their
phone, and where one of them must never be texted, nobody is texted there. A number that nobody has known
to be theirs for half a year, or that waits for a worker, is not used: numbers go to strangers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, cast

from bot.calendar import local_day, months_earlier
from bot.respondents import band_on, years_between
from store.inviting.moves import Point, Reachable
from surveys.questions import Channel
from surveys.stages import AgeBand
from surveys.survey import Survey

IN_ORDER: tuple[Channel, ...] = ("telegram", "sms")
"""The channels on which people are asked first, the preferred one first."""

FRESH_FOR = 6
"""Months: so long a number is taken to be somebody's since they, or a worker, were last known to say so."""

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
    return band_on(audience, person.birth_date, person.age_band, local_day(now))


class Known(Protocol):
    """What is known of a person that may forbid to ask them, wherever they could be reached."""

    @property
    def is_barred(self) -> bool:
        """Nobody may write to them, whatever else is recorded."""

    @property
    def may_alone(self) -> bool | None:
        """A worker's latest decision that they can take part alone; None where nobody has decided."""


def reason_of_person(person: Known, band: str | None, survey: Survey | None) -> str | None:
    """Say why a person is not asked, or not by us, if so. That nobody may write to them comes before all else.

    Nobody below 11 is texted: they are asked with their worker or a parent. Who is 11 to 15 is asked only where a named
    worker has decided that they can take part alone (the surveys' policy).

    Args:
        band: the age band they are in today; None for adults.
        survey: what they would be asked.
    """
    by_age = reason_of_age(band, may_alone=person.may_alone)
    reasons = (
        ("do_not_contact", person.is_barred),
        (by_age, by_age == "too_young"),
        ("no_survey", survey is None or survey.in_person or not set(IN_ORDER) & set(survey.channels)),
        (by_age, by_age is not None),
    )
    return next((reason for reason, holds in reasons if holds), None)


def reason_of_age(band: str | None, *, may_alone: bool | None) -> str | None:
    """Say why nobody in that age band is texted, if so, whatever they would be asked; `may_alone` as of `Known`."""
    if band in {"under_8", "8-10"}:
        return "too_young"
    return "no_record_of_agreement" if band == "11-15" and not may_alone else None


def may_use_telegram(person: Reachable, now: datetime) -> bool:
    """Whether Telegram is open to a person: known to us, not below 16, and with nothing to hide from who reads along."""
    known = bool(person.roles) and person.safe_contact == "text" and not person.is_barred
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
    """The addresses at which a survey may reach a person, in the order in which they are used; stops included.

    All of them are recorded as theirs, so that whoever cannot be reached at the first has agreed to the next.
    """
    may = {"telegram": may_use_telegram(person, now), "sms": True}
    in_order = sorted(IN_ORDER, key=lambda channel: channel != person.preferred_channel)
    channels = [channel for channel in in_order if may[channel] and channel in survey.channels]
    good = [point for point in points if is_known_to_be_theirs(point, now)]
    return [point for channel in channels for point in good if point.channel == channel]


def is_known_to_be_theirs(point: Point, now: datetime) -> bool:
    """Whether an address may be used without asking a worker first; a chat was bound by its person, and is nobody else's."""
    fresh = point.channel != "sms" or point.confirmed_at > fresh_since(now)
    return fresh and not point.frozen


def fresh_since(now: datetime) -> datetime:
    """A number that was last known to be somebody's at that moment or before must be confirmed first."""
    return months_earlier(now, FRESH_FOR)


def safe_among(points: Sequence[Point], survey: Survey, *, leads_to_web: bool = True) -> list[Point]:
    """Those of some addresses at which nobody is harmed by being asked, whoever reads there.

    Args:
        leads_to_web: there is a private page to which a discreet text can lead.
    """
    ways = {"text", "discreet"} if leads_to_web else {"text"}
    return [point for point in points if point.safe_contact in ways and is_safe(point.safe_contact, survey)]


def choose(points: Sequence[Point]) -> Way | None:
    """The way to ask a person, out of those that `safe_among` gives; None where all have a stop."""
    first = next((point for point in points if not point.opted_out), None)
    if first is None:
        return None
    return Way(cast("Channel", first.channel), first.address, discreet=first.safe_contact == "discreet")
