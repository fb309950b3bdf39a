"""`flask links`: surveys that anybody may open, and links for one person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import click
import segno

from bot.calendar import local_day, midnight
from bot.chats import handing, open_surveys
from bot.chats.handing import NobodyToAsk
from bot.chats.links import Links, NoTelegram
from bot.chats.open_surveys import CannotOpen
from console.commands.plain import PlainGroup
from console.wiring import service
from store.inviting import open_surveys as rows
from store.inviting.open_surveys import Opened
from store.migrate import migrate
from store.session import Session

PICTURES = (".svg", ".png")
UNITS_LISTED = 20
SCALE = 10
"""Dots of the picture for each square of the code: sharp on a poster, and on paper."""

links = PlainGroup("links", help="Surveys that anybody may open by a QR code, and links for one person.")

_case = click.argument("case")
_who = click.argument("who", metavar="NAME|ROLE")


@links.command("open")
@click.argument("survey")
@click.option("--unit", metavar="[DISTRICT/]UNIT", help="The unit that it is about.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which anybody may go in, such as 2026-12-18."
)
@click.option("--qr", type=click.Path(path_type=Path, dir_okay=False), help="Write the QR code here: FILE.svg or .png.")
@click.option("--code", help="The code, where one that is made up will not do.")
@click.option(
    "--campaign", metavar="NAME", help="The campaign that it belongs to: nobody goes in before its first day."
)
def open_survey(
    survey: str, unit: str | None, until: datetime | None, qr: Path | None, code: str | None, campaign: str | None
) -> None:
    """Open SURVEY to anybody who has its code, and say where."""
    if qr is not None and qr.suffix.lower() not in PICTURES:
        raise click.BadParameter("write FILE.svg or FILE.png", param_hint="--qr")
    with _writing() as session:
        chosen = open_surveys.check(service().catalogue, survey)
        about = unit_called(session, unit) if unit else None
        whole = _campaign(session, campaign) if campaign else None
        now = service().clock.now()
        closes_at = _last_moment(until, now) if until else None
        made = open_surveys.open_to_all(
            session, chosen, now=now, unit_id=about, closes_at=closes_at, code=code, campaign_id=whole
        )
        if made is None:
            raise click.ClickException(f"The code {code} is taken: choose another, or leave --code out.")
        address = _maker().door(made)
        if qr is not None:  # within the transaction: where no picture can be written, nothing has been opened
            segno.make(address, micro=False).save(str(qr), scale=SCALE)
    print(f"{address}\n{chosen.title} is open under the code {made}; close it with 'flask links close {made}'.")


@links.command("close")
@click.argument("code")
def close(code: str) -> None:
    """Let nobody in any more by CODE. Whoever has gone in may finish."""
    with _writing() as session:
        if not rows.close(session, code.lower(), service().clock.now()):
            raise click.ClickException(f"No survey is open under the code {code}: see 'flask links list'.")
    print(f"{code.lower()} is closed.")


@links.command("list")
def list_all() -> None:
    """List every open survey, the latest first, with how many have gone in and how many of them have answered.

    Of what goes to those who were sent a private link neither is told: see 'flask pulse show'.
    """
    migrate(service().database)
    now = service().clock.now()
    with service().database.reading() as session:
        everyone = rows.everyone(session)
    for opened in everyone:
        where = "by private links" if opened.by_ticket else _maker().door(opened.code)
        count = "" if opened.by_ticket else f"{opened.entered:5} in {opened.answered:5} answered"
        print(f"{where:50} {opened.survey_id:22} {count:23} {_stands(opened, now)}")
    if not everyone:
        print("Nothing is open yet: use 'flask links open SURVEY'.")


@links.command("chat")
@_case
@_who
def chat(case: str, who: str) -> None:
    """Make a link to the web chat of somebody who takes part in CASE; give it to nobody else."""
    with _writing() as session:
        here = service()
        print(handing.to_chat(session, case, who, _maker(), here.catalogue, here.clock.now()))


@links.command("telegram")
@_case
@_who
def telegram(case: str, who: str) -> None:
    """Make a link that works once, by which somebody who takes part in CASE begins a Telegram chat. Not for under-16s."""
    with _writing() as session:
        print(handing.to_telegram(session, case, who, _maker(), service().clock.now()))


@links.command("revoke")
@_case
@_who
def revoke(case: str, who: str) -> None:
    """Take back every link that was made for somebody who takes part in CASE."""
    with _writing() as session:
        taken_back = handing.take_back(session, case, who, service().clock.now())
    print(f"{taken_back} taken back.")


@contextmanager
def _writing() -> Iterator[Session]:
    """A transaction on a database that is up to date; what cannot be done is told in its sentence."""
    migrate(service().database)
    try:
        with service().database.writing() as session:
            yield session
    except (CannotOpen, NobodyToAsk, NoTelegram) as problem:
        raise click.ClickException(str(problem)) from None


def _maker() -> Links:
    return Links.of(service().council)


def unit_called(session: Session, called: str) -> int:
    """The one unit that is meant; else the sentence lists what could be written."""
    found = rows.units(session, UNITS_LISTED, called)
    if len(found) == 1:
        return found[0].id
    listed = found or rows.units(session, UNITS_LISTED)
    names = [f"{place.district}/{place.name}" for place in listed]
    if len(set(names)) < len(names):
        names = [f"{place.service}/{place.district}/{place.name}" for place in listed]
    told = "more than one unit has that name; write" if found else "no unit of the case list has that name; there are"
    instead = "; ".join(names) or "none yet: use 'flask cases import'"
    raise click.BadParameter(f"{told}: {instead}", param_hint="--unit")


def _campaign(session: Session, called: str) -> int:
    """The one campaign that is meant."""
    found = rows.campaigns(session, called)
    if len(found) != 1:
        told = "more than one has that name" if found else "no campaign that has not ended has that name"
        raise click.BadParameter(f"{told}: see 'flask campaigns list'", param_hint="--campaign")
    return found[0]


def _last_moment(until: datetime, now: datetime) -> datetime:
    """When the last day is over, which must not have gone by."""
    today = local_day(now)
    if until.date() < today:
        told = f"that day is over; write {today} or a later day, or leave it out to keep the survey open"
        raise click.BadParameter(told, param_hint="--until")
    return midnight(until.date() + timedelta(days=1))


def _stands(opened: Opened, now: datetime) -> str:
    where = f"about {opened.unit}, " if opened.unit else ""
    where += f"in {opened.campaign}, " if opened.campaign else ""
    if not opened.is_open(now):
        return f"{where}closed"
    if opened.closes_at is None:
        return f"{where}open"
    return f"{where}open until {local_day(opened.closes_at - timedelta(seconds=1)):%-d %B %Y}"
