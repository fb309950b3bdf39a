"""`flask partners`: the register of partner organisations, and proof that they were invited."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.figures import counted
from bot.campaigns import partners as register
from bot.campaigns import progress
from bot.campaigns.lists import Outcome, UnreadableList
from bot.campaigns.partners import NoSuchPartner
from console.commands.plain import PlainGroup
from console.wiring import service
from store.migrate import migrate
from store.shown import campaigns as shown

partners = PlainGroup(
    "partners",
    short_help="The register of partner organisations.",
    help="The register of partner organisations; docs/campaigns.md describes the file.",
)

A_FILE = click.Path(dir_okay=False, path_type=Path)


@partners.command("import")
@click.argument("file", type=A_FILE)
def import_(file: Path) -> None:
    """Import the register FILE. Rows that are refused are listed and change nothing; the others are kept.

    The exit code is 0 when the file was read, even if rows were refused, and 1 when it could not be read and nothing was
    changed.
    """
    here, data = service(), file.read_bytes()
    migrate(here.database)
    try:
        outcome = here.database.transact(lambda session: register.import_list(session, data, here.clock.now()))
    except UnreadableList as problem:
        raise click.ClickException(str(problem)) from None
    tell(outcome)


@partners.command("add")
@click.option("--organisation", required=True, help="Its name.")
@click.option("--kind", required=True, help="What it is, such as school, health or voluntary.")
@click.option("--post", required=True, help="What the contact is there.")
@click.option("--name", required=True, help="The contact's name.")
@click.option("--level", default="", help="The level of need that it works at.")
@click.option("--district", default="", help="The district that it works in.")
@click.option("--email", default="", help="The contact's e-mail address.")
@click.option("--mobile", default="", help="The contact's work mobile.")
def add(**texts: str) -> None:
    """Add a contact to the register, or change whoever has that post."""
    here = service()
    migrate(here.database)
    outcome = here.database.transact(lambda session: register.add(session, texts, here.clock.now()))
    if outcome.refused:
        raise click.ClickException(
            "\n".join(f"--{each.column}: {each.kind}; {each.instead}" for each in outcome.refused)
        )
    print("Added." if outcome.added else "Changed." if outcome.changed else "It is there already.")


@partners.command("leave")
@click.argument("organisation")
@click.option("--post", help="Only whoever has this post there.")
def leave(organisation: str, post: str | None) -> None:
    """Ask ORGANISATION no more, or one contact there."""
    here = service()
    migrate(here.database)
    try:
        with here.database.writing() as session:
            closed = register.leave(session, organisation, post, here.clock.now())
    except NoSuchPartner as problem:
        raise click.ClickException(str(problem)) from None
    print(f"Noted; {counted(closed, 'address is', 'addresses are')} used no more.")


@partners.command("list")
def list_all() -> None:
    """List every organisation, with when it was asked last."""
    migrate(service().database)
    with service().database.reading() as session:
        found = shown.organisations(session)
    for each in found:
        asked = f"asked {each.asked_at:%Y-%m-%d}" if each.asked_at else "not asked yet"
        left = "  has left" if each.left_on else ""
        print(f"{each.name:40} {each.kind:16} {counted(each.contacts, 'contact'):>12}  {asked}{left}")
    if not found:
        print("There are none yet: use 'flask partners import FILE.csv'.")


@partners.command("invited")
def invited() -> None:
    """Print proof of invitation as CSV: by post, never by name."""
    migrate(service().database)
    with service().database.reading() as session:
        click.echo(progress.proof_as_csv(shown.proofs(session)), nl=False)


def tell(outcome: Outcome) -> None:
    """Say what a list has changed, and every row that was refused."""
    print(f"Added      {outcome.added}\nChanged    {outcome.changed}\nUnchanged  {outcome.unchanged}")
    print(f"Refused    {len({each.line for each in outcome.refused})}")
    for refusal in outcome.refused:
        print(refusal)
