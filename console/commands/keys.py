"""`flask keys`: what calling systems prove themselves with. A key is printed once, when it is made, and never again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from analysis.figures import counted
from bot import systems
from bot.calendar import local_day
from bot.systems import LONGEST_DAYS, MOST_CALLS_A_MINUTE, SCOPES, BadKey
from console.commands.plain import PlainGroup
from console.wiring import service
from store.migrate import migrate
from store.session import Session
from store.systems import keys as rows
from store.systems.keys import KeyRow

ONCE = "This is the only time it is shown: put it where the calling system keeps its secrets."

keys = PlainGroup("keys", help="Keys of the systems that call the API.")

_days = click.option(
    "--days", type=click.IntRange(1, LONGEST_DAYS), default=365, show_default=True, help="How long it is good."
)


@keys.command("add")
@click.argument("name")
@click.option("--scopes", required=True, help=f"What it may do, with blanks between: {', '.join(SCOPES)}.")
@_days
@click.option(
    "--calls-a-minute",
    type=click.IntRange(1, MOST_CALLS_A_MINUTE),
    default=60,
    show_default=True,
    help="How often it may call.",
)
def add(name: str, scopes: str, days: int, calls_a_minute: int) -> None:
    """Make a key for the calling system NAME, and print it."""
    with _writing() as (session, now):
        token = systems.make(session, name, scopes.split(), days=days, calls_a_minute=calls_a_minute, now=now)
    print(f"{token}\n{ONCE}")


@keys.command("list")
def list_all() -> None:
    """List every key there has been: whose it is, what it may do, until when, when it was used last."""
    migrate(service().database)
    now = service().clock.now()
    with service().database.reading() as session:
        found = rows.every(session)
    for key in found:
        used = f"used last on {local_day(key.last_used_at)}" if key.last_used_at else "never used"
        print(f"{key.name:24} {key.scopes}  {key.calls_a_minute} a minute  {_standing(key, now)}, {used}")
    if not found:
        print("No system has a key yet: use 'flask keys add NAME --scopes \"cases:write people:write\"'.")


@keys.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Have every key of the calling system NAME open nothing, from this moment on."""
    with _writing() as (session, now):
        gone = systems.revoke(session, name, now=now)
    print(f"{name} is refused from now on ({counted(gone, 'key')}).")


@keys.command("rotate")
@click.argument("name")
@_days
def rotate(name: str, days: int) -> None:
    """Make a new key for the calling system NAME, and print it. The old one stays good for a week."""
    with _writing() as (session, now):
        token = systems.rotate(session, name, days=days, now=now)
    ends = local_day(now + systems.OLD_KEY_GOOD_FOR)
    print(f"{token}\n{ONCE} The old one is good until {ends} at the latest.")


def _standing(key: KeyRow, now: datetime) -> str:
    if key.revoked_at:
        return f"revoked on {local_day(key.revoked_at)}"
    return f"{'good until' if key.expires_at > now else 'ended on'} {local_day(key.expires_at)}"


@contextmanager
def _writing() -> Iterator[tuple[Session, datetime]]:
    """A transaction on an up-to-date database, and the time."""
    migrate(service().database)
    try:
        with service().database.writing() as session:
            yield session, service().clock.now()
    except BadKey as refused:
        told = str(refused)
    else:
        return
    raise click.ClickException(told)
