"""What a command does to the database: in one transaction, with what the rules refuse told in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import click

from bot.refusals import Refused
from console.wiring import service
from store.migrate import migrate
from store.session import Session

Result = TypeVar("Result")


def do(act: Callable[[Session, datetime], Result]) -> Result:
    """Do something in a transaction; tell in a sentence why it cannot be done."""
    migrate(service().database)
    now = service().clock.now()
    try:
        return service().database.transact(lambda session: act(session, now))
    except Refused as refused:
        told = "; ".join(f"{problem.field}: {problem.kind} - {problem.instead}" for problem in refused.problems)
    raise click.ClickException(told)
