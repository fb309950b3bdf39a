"""`flask surveys`: checking definition files."""

from __future__ import annotations

from pathlib import Path

import click

from console.commands.plain import PlainGroup
from surveys import checks

surveys = PlainGroup("surveys", help="The survey definitions.")


@surveys.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check definition files, or all that the service ships; exit 1 with every problem on a line of its own."""
    problems = checks.check(paths or (checks.DEFINITIONS,))
    for problem in problems:
        print(problem)
    if problems:
        raise SystemExit(1)
    print("Every definition is sound.")
