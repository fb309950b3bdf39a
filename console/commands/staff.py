"""`flask staff`: who may sign in, who leads and stands in for whom, and who is away.

A password is asked for twice, or read from standard input; never from the arguments, which other people on the machine can
see.
"""

from __future__ import annotations

import sys
from datetime import datetime

import click

from bot import staffing
from bot.calendar import local_day
from bot.cases import readers
from bot.staffing import Changes
from channels.phones import BadNumber, parse_mobile
from console.accounts import ROLES, BadPassword
from console.commands.doing import do
from console.commands.plain import PlainGroup
from console.wiring import passwords, service
from store import audit
from store.council import staff as rows
from store.migrate import migrate
from store.session import Session

staff = PlainGroup("staff", help="Who may sign in, and who stands in for whom.")

_from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@staff.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As others shall read it.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they may see.")
@_from_stdin
def add(email: str, name: str, role: str, password_stdin: bool) -> None:  # noqa: FBT001 - click's signature
    """Add a member of staff and their password."""
    try:
        readers.email(email)
    except readers.Unfit as unfit:
        raise click.BadParameter(f"{unfit.kind}: {unfit.instead}", param_hint="EMAIL") from None
    password_hash = _hash(_ask(from_stdin=password_stdin))
    migrate(service().database)
    with service().database.writing() as session:
        if not rows.add(session, email, name, role):
            raise click.ClickException(f"{email} is there already: use 'flask staff password {email}'.")
        _keep(session, email, password_hash, what="was added to staff")
    print(f"{name} can sign in as {rows.normal(email)}, with the role {role}.")


@staff.command("password")
@click.argument("email")
@_from_stdin
def password(email: str, password_stdin: bool) -> None:  # noqa: FBT001 - click's signature
    """Give a member of staff a new password. It ends their sessions and any lock."""
    password_hash = _hash(_ask(from_stdin=password_stdin))
    migrate(service().database)
    with service().database.writing() as session:
        _keep(session, email, password_hash, what="was given a new password")
    print(f"{rows.normal(email)} has a new password.")


@staff.command("list")
def list_all() -> None:
    """List everyone, with their role and whether they can sign in. No password is kept that could be shown."""
    migrate(service().database)
    now = service().clock.now()
    with service().database.reading() as session:
        everyone = rows.everyone(session)
    for account in everyone:
        print(f"{account.role:14} {account.email:40} {account.name}{_cannot_sign_in(account, now)}")
    if not everyone:
        print("Nobody is there yet: use 'flask staff add EMAIL --name NAME --role ROLE'.")


_day = click.DateTime(["%Y-%m-%d"])


@staff.command("change")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), help="What they may see.")
@click.option("--line-manager", metavar="EMAIL", help="Who leads them; 'none' for nobody.")
@click.option("--deputy", metavar="EMAIL", help="Who reads in their place while they are away; 'none' for nobody.")
@click.option("--unit", help="Their own unit; service/district/name where several have the name, 'none' for none.")
@click.option("--mobile", help="Their mobile, so that it is never taken for a family's; 'none' for none.")
@click.option("--began", type=_day, help="Their first day.")
@click.option("--ended", type=_day, help="Their last day; from the next on they cannot sign in.")
def change(
    email: str,
    role: str | None,
    line_manager: str | None,
    deputy: str | None,
    unit: str | None,
    mobile: str | None,
    began: datetime | None,
    ended: datetime | None,
) -> None:
    """Change what is recorded of a member of staff; what is left out stays."""
    first, last = began.date() if began else None, ended.date() if ended else None
    changes = Changes(role, line_manager, deputy, unit, _mobile(mobile), first, last)
    has_changed = do(lambda session, now: staffing.change(session, email, changes, now=now))
    print(f"{rows.normal(email)} is changed." if has_changed else f"{rows.normal(email)} was so already.")


@staff.command("district")
@click.argument("name")
@click.argument("email")
def district(name: str, email: str) -> None:
    """Note that EMAIL manages the district NAME, and reads what its partners say; 'none' for nobody."""
    has_changed = do(lambda session, now: staffing.manage_district(session, name, email, now=now))
    print(f"{name} is changed." if has_changed else f"{name} was so already.")


@staff.command("leave")
@click.argument("email")
@click.option("--from", "first", type=_day, required=True, help="The first day away.")
@click.option("--until", "last", type=_day, required=True, help="The last day away.")
def leave(email: str, first: datetime, last: datetime) -> None:
    """Note that a member of staff is away: whoever stands in for them reads what families say."""
    do(lambda session, now: staffing.add_leave(session, email, first.date(), last.date(), now=now))
    print(f"{rows.normal(email)} is away from {first:%Y-%m-%d} until {last:%Y-%m-%d}.")


@staff.command("back")
@click.argument("email")
def back(email: str) -> None:
    """Note that a member of staff is back: every leave of theirs ends, those ahead included."""
    ended = do(lambda session, now: staffing.end_leave(session, email, local_day(now), now=now))
    print(f"{rows.normal(email)} is back." if ended else f"{rows.normal(email)} was not away.")


def _mobile(written: str | None) -> str | None:
    if written is None or written == staffing.NOBODY:
        return written
    try:
        return parse_mobile(written, service().council.country)
    except BadNumber as problem:
        raise click.BadParameter(problem.explanation, param_hint="--mobile") from None


def _cannot_sign_in(account: rows.Account, now: datetime) -> str:
    if not account.works_here(local_day(now)):
        return "  - cannot sign in: does not work here today"
    if account.password_hash is None:
        return f"  - cannot sign in: no password yet, use 'flask staff password {account.email}'"
    locked = account.locked_until is not None and now < account.locked_until
    return "  - locked for a few minutes after too many wrong tries" if locked else ""


def _ask(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _hash(password: str) -> str:
    try:
        return passwords().hash(password)
    except BadPassword as error:
        raise click.ClickException(str(error)) from None


def _keep(session: Session, email: str, password_hash: str, *, what: str) -> None:
    account = rows.by_email(session, email)
    if account is None:
        raise click.ClickException(f"Nobody has the address {email}: use 'flask staff add {email}'.")
    rows.keep_hash(session, account.id, password_hash)
    audit.record(session, at=service().clock.now(), staff_id=account.id, what=what, subject="staff")
