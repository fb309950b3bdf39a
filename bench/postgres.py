"""A PostgreSQL server of the bench's own: its folder, a free port on loopback, gone at the end. Settings as they come."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "postgres"


def programs() -> Path | None:
    """The folder with PostgreSQL's server programs, or None where there is none."""
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(debians[-1]) if debians else shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder_of_programs: Path) -> Iterator[Callable[[str], str]]:
    """Run a server; yields what makes an empty database of a name and returns its URL. Root runs it as postgres."""
    as_other = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="heard-bench-"))
    if as_other:
        shutil.chown(folder, USER)
    port = free_port()

    def run(program: str, *arguments: str) -> None:
        command = [*as_other, str(folder_of_programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=folder)

    def new_database(name: str) -> str:
        where = f"host=127.0.0.1 port={port} user={USER} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql+psycopg://{USER}@127.0.0.1:{port}/{name}"

    run("initdb", "-U", USER, "--auth=trust", "-E", "UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    run("pg_ctl", "start", "-w", "-o", options, "-l", str(folder / "log"))
    try:
        yield new_database
    finally:
        run("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)
