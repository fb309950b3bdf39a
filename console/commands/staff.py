"""`flask staff`: who may sign in. A password is asked for twice, or read from standard input; never from the arguments,
which other people on the machine can see."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from bot.cases import readers
from console.accounts import ROLES, BadPassword
from console.commands.plain import PlainGroup
from console.wiring import passwords, service
from store import audit
from store.council import staff as rows
from store.migrate import migrate
from store.session import Session

staff = PlainGroup("staff", help="Who may sign in.")

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


def _cannot_sign_in(account: rows.Account, now: datetime) -> str:
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
