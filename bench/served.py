"""The two programs that are compared, each served by gunicorn in one process with eight threads."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, event

from app import create_app
from bench.families import ACCOUNT_SID, AUTH_TOKEN, PATH, PUBLIC_BASE_URL, Signed
from bench.postgres import free_port
from bot.service import Service
from console.wiring import EXTENSION
from settings import Settings

ROOT = Path(__file__).parent.parent
THREADS = 8
_SECONDS_TO_START = 30.0
CHOSEN = {
    "TRIAL": "0",
    "PUBLIC_BASE_URL": PUBLIC_BASE_URL,
    "SECRET_KEY": "only-for-the-bench-" * 2,
    "DUTY_EMAIL": "duty@bench.example",
    "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
    "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
    "TWILIO_MESSAGING_SERVICE_SID": "MG" + "0b" * 16,
    "TWILIO_API_BASE_URL": "http://127.0.0.1:9",  # nothing sends here; if anything did, it would get nowhere
    "WEB_THREADS": str(THREADS),
    "LOG_LEVEL": "WARNING",
}


@contextmanager
def floor(database_url: str) -> Iterator[int]:
    """Serve the floor program; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1"]
    command += ["--threads", str(THREADS), "--no-control-socket", "--log-level", "warning"]
    command += ["--bind", f"127.0.0.1:{port}", f"bench.floor:create_app({database_url!r})"]
    with _running(command, dict(os.environ), port):
        yield port


@contextmanager
def service(database_url: str) -> Iterator[int]:
    """Serve Heard's web part as `flask serve` does it, without the part that sends; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--only", "web", "--port", str(port)]
    with _running(command, {**os.environ, **CHOSEN, "DATABASE_URL": database_url}, port):
        yield port


@contextmanager
def _running(command: Sequence[str], environment: dict[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=_SECONDS_TO_START)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("A program that was to be measured did not start; what it said stands above.")


def count_statements(database_url: str, before: Sequence[Signed], texts: Sequence[Signed]) -> float:
    """Take these texts in, and return how many SQL statements each cost on average; BEGIN and COMMIT do not count.

    Args:
        before: taken in first and not counted, since what a process looks up once a minute is no part of a message.
    """
    app = create_app(Settings.from_environment({**CHOSEN, "DATABASE_URL": database_url}))
    heard: Service = app.extensions[EXTENSION]
    seen: list[str] = []

    def note(_c: Connection, _cursor: object, statement: str, _p: object, _x: object, _many: bool) -> None:  # noqa: FBT001
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    client = app.test_client()

    def take_in(conversation: Sequence[Signed]) -> None:
        for text in conversation:
            answer = client.post(PATH, data=text.body, headers=text.headers())
            if answer.status_code != 200:
                raise SystemExit(f"The service answered {answer.status}; there is nothing to measure.")

    take_in(before)
    event.listen(heard.database.engine, "before_cursor_execute", note)
    take_in(texts)
    heard.database.close()
    return len(seen) / len(texts)
