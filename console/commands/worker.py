"""`flask worker`: one machine's share of the sending, by Celery on Redis."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from analysis.figures import counted
from console.commands.plain import PlainCommand
from console.wiring import service
from store.migrate import migrate


@click.command("worker", cls=PlainCommand, short_help="Send what waits, on as many machines as you like.")
@with_appcontext
def worker() -> None:
    """Send what waits, until stopped; run it on as many machines as you like. REDIS_URL says where they meet.

    OUTBOX_WORKERS says how many messages are sent at the same time here. What is being sent when it is stopped (SIGTERM or
    Ctrl-C) is finished first.
    """
    here = service()
    if here.workers is None:
        raise click.ClickException(
            "REDIS_URL is not set, so 'flask serve' sends by itself. To send by workers, set REDIS_URL to the same "
            "redis://HOST:PORT/NUMBER everywhere, and DATABASE_URL to one PostgreSQL."
        )
    migrate(here.database)
    here.database.close()  # no connection may be shared with the processes that send
    processes = int(current_app.config["OUTBOX_WORKERS"])
    print(f"Sends up to {counted(processes, 'message')} at a time; stop it with Ctrl-C.", flush=True)
    raise SystemExit(here.workers.run(processes))
