"""Trying the service out: an invented council in an empty database, accounts to sign in with, and where to look."""

from __future__ import annotations

from collections.abc import Sequence

from bot.demonstration.story import Story, is_empty
from bot.service import Service
from console.accounts import Passwords
from store import digests, staff
from store.session import Session

PASSWORD = "heard-on-trial"  # noqa: S105 - opens invented data on this computer only
DUTY = ("duty@council.example", "Dee Duty", "duty")
ADMINISTRATOR = ("admin@council.example", "Ari Admin", "administrator")


def prepare_trial(service: Service) -> None:
    """Fill an empty database with the demonstration council and accounts for it; leave any other as it is."""
    if not is_empty(service.database):
        return
    print("Playing two months of an invented council into the empty database, once:", end="", flush=True)
    Story(service, lambda day: print(f" {day},", end="", flush=True)).play()
    print(" done.", flush=True)
    password_hash = Passwords().hash(PASSWORD)
    with service.database.writing() as session:
        for email, name, role in (DUTY, ADMINISTRATOR):
            staff.add(session, email, name, role)
        for email in [DUTY[0], ADMINISTRATOR[0], *_manager_emails(session)]:
            _let_in(session, email, password_hash)


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
    with service.database.reading() as session:
        managers = _manager_emails(session)
    print(f"  Phones    {address}/handset/   (simulated: no text message leaves this computer)")
    print(f"  Sign in   {managers[0] if managers else ADMINISTRATOR[0]}   a line manager, with a digest to read")
    print(f"            {DUTY[0]}   the duty desk, who sees alerts")
    print(f"  Password  {PASSWORD}   (for all of them)\n", flush=True)
