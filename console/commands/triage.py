"""`flask triage`: taking in what triage has decided, so that notifiers can be asked how it went."""

from __future__ import annotations

from pathlib import Path

import click

from bot.campaigns import triage as decisions
from bot.campaigns.lists import UnreadableList
from console.commands.partners import A_FILE, tell
from console.commands.plain import PlainGroup
from console.wiring import service
from store.migrate import migrate

triage = PlainGroup("triage", short_help="What triage has decided.", help="What triage has decided, for its notifiers.")


@triage.command("import")
@click.argument("file", type=A_FILE)
def import_(file: Path) -> None:
    """Import the decisions in FILE; whoever sent the request is asked two days after.

    Rows that are refused are listed and change nothing; the others are kept. The exit code is 0 when the file was read, even
    if rows were refused, and 1 when it could not be read and nothing was changed. docs/campaigns.md describes the file.
    """
    here, data = service(), file.read_bytes()
    migrate(here.database)
    try:
        outcome = here.database.transact(
            lambda session: decisions.import_list(
                session, data, catalogue=here.catalogue, council=here.council, now=here.clock.now()
            )
        )
    except UnreadableList as problem:
        raise click.ClickException(str(problem)) from None
    tell(outcome)
