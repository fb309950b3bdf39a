"""Trying the service out: an invented council in an empty database, accounts to sign in with, and where to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chats.links import Links
from bot.demonstration import rota, ways_in
from bot.demonstration.story import Story, begin, finish, is_told
from bot.service import Service
from console import logs
from console.accounts import Passwords
from store.council import staff
from store.session import Session
from store.shown import digests

PASSWORD = "heard-on-trial"  # noqa: S105 - opens invented data on this computer only
DUTY = ("duty@council.example", "Dee Duty", "duty")
ADMINISTRATOR = ("admin@council.example", "Ari Admin", "administrator")


def prepare_trial(service: Service) -> None:
    """Fill an empty database with the demonstration council and accounts for it; leave any other as it is.

    Whoever was interrupted at it finds the accounts there, and the story told to its end, at the next start. The rota of the
    demonstration is carried on with each start, so that it never runs out.
    """
    now = service.clock.now()
    if begin(service.database, now):
        _tell_the_story(service, now)
    with service.database.writing() as session:
        if is_told(session):
            rota.keep(session, DUTY[0], ADMINISTRATOR[0], now)


def _tell_the_story(service: Service, now: datetime) -> None:
    password_hash = Passwords().hash(PASSWORD)
    with service.database.writing() as session:
        for email, name, role in (DUTY, ADMINISTRATOR):
            staff.add(session, email, name, role)
            _let_in(session, email, password_hash)
    print("Playing two months of an invented council into the database, once:", end="", flush=True)
    with logs.warnings_only():
        Story(service, lambda day: print(f" {day},", end="", flush=True)).play()
    with service.database.writing() as session:
        for email in _manager_emails(session):
            _let_in(session, email, password_hash)
        ways_in.open_doors(session, service, now)
        finish(session, now)
    print(" done.", flush=True)


def _manager_emails(session: Session) -> list[str]:
    return [manager.email for manager in digests.line_managers(session)]


def _let_in(session: Session, email: str, password_hash: str) -> None:
    account = staff.by_email(session, email)
    if account is not None:
        staff.keep_hash(session, account.id, password_hash)


def greet(service: Service, address: str, roles: Sequence[str]) -> None:
    """Say where to look and how to sign in."""
    print(f"\nHeard runs: {', '.join(roles)}.", flush=True)
    if "web" in roles:
        print(f"  Console   {address}/", flush=True)
    if not service.trial:
        return
    print(f"  Phones    {address}/handset/   (simulated: no text message leaves this computer)")
    _greet_guests(service, replace(Links.of(service.council), base_url=address))
    if not service.council.keeps_windows:
        print("  At once   sending hours and cover are not kept while trying out: who is due is asked at any time")
    with service.database.reading() as session:
        accounts = list(_accounts(session))
    if not accounts:
        print("  Sign in   nobody can yet: flask staff add --help\n", flush=True)
        return
    for place, (email, who) in enumerate(accounts):
        print(f"  {'' if place else 'Sign in':10}{email}   {who}")
    print(f"  Password  {PASSWORD}   (for all of them)\n", flush=True)


def _accounts(session: Session) -> Iterator[tuple[str, str]]:
    """Who can sign in with the password of the trial, and what there is for them to see."""
    seen = (
        *((email, "a line manager, with a digest to read") for email in _manager_emails(session)[:1]),
        (DUTY[0], "the duty desk, who sees alerts and the rota"),
        (ADMINISTRATOR[0], "the administrator, who sees campaigns and the clock"),
    )
    for email, who in seen:
        account = staff.by_email(session, email)
        if account is not None and account.password_hash is not None:
            yield email, who


def _greet_guests(service: Service, links: Links) -> None:
    """Say where the web chat can be tried: anybody's, and one invented parent's, whose link is made anew each time."""
    now = service.clock.now()
    with service.database.writing() as session:
        open_to_all, own = ways_in.doors(session, links, now), ways_in.invented_parent(session, links, now)
    for address in open_to_all:
        print(f"  Web chat  {address}   (anybody may go in)")
    if own:
        print(f"  Web chat  {own}   (an invented parent's own link)")
