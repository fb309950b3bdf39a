"""Asking how an event for staff was: a door that opens the day after, and a mail with its address to whoever was there.

Everybody gets the same address, so nothing tells who has gone in; who was mailed is in the outbox alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from analysis.figures import counted
from bot.calendar import local_day, midnight
from bot.cases import readers
from bot.chats.links import Links
from bot.chats.open_surveys import open_to_all
from bot.council import Council
from bot.cover import rota as duty
from bot.cover.hours import due_at, may_go_at
from bot.cover.rota import Rota
from store.inviting import pulse as rows
from store.session import Session
from store.talks import messages
from store.talks.messages import Queued
from surveys.catalogue import Catalogue
from surveys.survey import Survey

SURVEY = "staff_event"
DAYS_OPEN = 14
LONGEST_NAME = 60


class CannotAsk(ValueError):
    """An event cannot be asked about so; the sentence says why and what to do instead."""


class Event(NamedTuple):
    """An event for staff. `emails`: of those who were there and shall be mailed."""

    name: str
    on: date
    unit_id: int | None = None
    emails: Sequence[str] = ()


class Made(NamedTuple):
    """A door that has been made for an event, its first and last day, and how many mails wait for that."""

    code: str
    opens_on: date
    closes_on: date
    mails: int


def read_emails(lines: Iterable[str]) -> list[str]:
    """Read a list of e-mail addresses: a table with commas and a column `email`; each counts once.

    Raises:
        CannotAsk: with every row that is no address by its line, and never what stands there.
    """
    table = csv.DictReader(lines)
    if "email" not in [name.strip().lower() for name in table.fieldnames or ()]:
        raise CannotAsk("The list has no column “email”: write email in its first line, and an address in each below.")
    found: dict[str, None] = {}
    wrong = []
    for row in table:
        address = next((value for name, value in row.items() if name and name.strip().lower() == "email"), None)
        try:
            found[readers.email((address or "").strip()).lower()] = None
        except readers.Unfit as unfit:
            wrong.append(f"line {table.line_num}: {unfit.kind}: {unfit.instead}")
    if wrong:
        raise CannotAsk("Nothing was made, since the list has rows that are no addresses.\n" + "\n".join(wrong))
    return list(found)


def add(session: Session, event: Event, *, catalogue: Catalogue, council: Council, now: datetime) -> Made:
    """Make the door of an event and queue its mails, in the caller's transaction.

    Raises:
        CannotAsk: it is there already, was too long ago, has no fit name, or nobody may be mailed at any time.
    """
    survey = catalogue.get(SURVEY)
    opens = event.on + timedelta(days=survey.delay_days or 0)
    closes = opens + timedelta(days=DAYS_OPEN - 1)
    if closes < local_day(now):
        raise CannotAsk(f"It was too long ago: people are asked for {DAYS_OPEN} days from {opens} on.")
    try:
        name = readers.words(LONGEST_NAME, "write what people called it, such as Roadshow in Ashford")(event.name)
    except readers.Unfit as unfit:
        raise CannotAsk(f"The name is {unfit.kind}: {unfit.instead}.") from None
    campaign_id = rows.begin(session, _campaign(survey, name, event, (opens, closes), now))
    if campaign_id is None:
        raise CannotAsk(f"There is an event of that name on {event.on} already: see 'flask links list'.")
    until = midnight(closes + timedelta(days=1))
    code = open_to_all(session, survey, now=now, unit_id=event.unit_id, closes_at=until, campaign_id=campaign_id)
    if code is None:
        raise CannotAsk("The code that was made up is taken: run the command once more.")
    goes_after, rota = max(now, midnight(opens)), duty.read(session, now)
    queued = list(_mails(event, survey, campaign_id, code, closes, council=council, goes_after=goes_after, rota=rota))
    messages.queue(session, queued, now)
    return Made(code, opens, closes, len(queued))


def _campaign(survey: Survey, name: str, event: Event, days: tuple[date, date], now: datetime) -> dict[str, object]:
    return {
        "name": name,
        "kind": "event",
        "period": f"{event.on} {name.casefold()}",
        "survey_id": survey.id,
        "audience": survey.audience,
        "opens_on": days[0],
        "closes_on": days[1],
        "reminders": 0,
        "selection": f"{counted(len(event.emails), 'address', 'addresses')} of a list"
        if event.emails
        else "whoever has the code",
        "status": "running",
        "made_at": now,
        "made_by": None,
        "started_at": now,
        "ended_at": None,
    }


def _mails(
    event: Event,
    survey: Survey,
    campaign_id: int,
    code: str,
    closes: date,
    *,
    council: Council,
    goes_after: datetime,
    rota: Rota,
) -> Iterator[Queued]:
    """The mails of those who were there. Where a rota is kept, it is looked at as each of them leaves."""
    if not event.emails:
        return
    goes = (due_at if rota.is_kept else may_go_at)("staff", None, goes_after, council)
    if goes is None:
        raise CannotAsk(
            "The duty desk reads at no hour at which staff are written to: set DUTY_HOURS, or leave --list out."
        )
    text = (
        f"How was it? There are a few quick questions about {' '.join(event.name.split())} behind this link:\n"
        f"{Links.of(council).door(code)}\n\n"
        "Everybody who was there has the same link, and nobody can see who has answered. Nothing is shown of fewer than "
        f"{survey.min_group_size or 2} answers. It is open until {closes:%A} {closes.day} {closes:%B}.\n"
    )
    for place, email in enumerate(sorted(event.emails)):
        key = f"event:{campaign_id}:{place}"
        subject = "Thank you for coming: a few quick questions, and no names"
        yield Queued("email", email, text, kind="invitation", key=key, subject=subject, not_before=goes)
