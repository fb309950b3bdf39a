"""`flask migrate`: bring the database to the tables of this version."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from console.commands.plain import PlainCommand
from console.wiring import service
from store.migrate import migrate as bring_up_to_date


@click.command("migrate", cls=PlainCommand, short_help="Bring the database up to date.")
@with_appcontext
def migrate() -> None:
    """Bring the database to the tables of this version; does nothing where it is there already."""
    bring_up_to_date(service().database)
    print("The database is up to date.")
