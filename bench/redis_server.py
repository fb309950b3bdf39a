"""A Redis server of the bench's own: a free port on loopback, nothing kept, gone at the end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.postgres import free_port

_SECONDS_TO_START = 20.0


def program() -> str | None:
    """Redis's server program, or None where there is none."""
    return shutil.which("redis-server")


@contextmanager
def server(program: str) -> Iterator[str]:
    """Run a server; yields its URL."""
    port = free_port()
    folder = tempfile.mkdtemp(prefix="heard-bench-")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=_SECONDS_TO_START)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("Redis did not start, so that workers cannot be measured.")
