"""A PostgreSQL server for a test run: its own folder, a free port on loopback, gone at the end."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import psycopg


def _programs_folder() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def missing_programs() -> str | None:
    """The server programs that are not on this machine, or None where all are there."""
    folder = _programs_folder()
    missing = [name for name in ("initdb", "pg_ctl") if folder is None or not (folder / name).exists()]
    return ", ".join(missing) or None


def free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_EMPTY = """
DO $$
DECLARE name text;
BEGIN
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""
"""Foreign keys are not looked at meanwhile, so that the order is of no matter; ids begin at 1 again."""


class PostgresServer:
    """A server in a folder of its own, which trusts in the power. As root it runs as the user postgres: it refuses root."""

    def __init__(self) -> None:
        folder = _programs_folder()
        assert folder is not None, "call missing_programs() first"
        self._programs = folder
        self._folder = Path(tempfile.mkdtemp(prefix="heard-postgres-"))
        self._as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.user = "postgres"
        self.port = free_port()
        self._names = itertools.count(1)

    def __enter__(self) -> Self:
        if self._as_other:
            shutil.chown(self._folder, "postgres")
        self._run("initdb", "-D", self._data, "-U", self.user, "--auth=trust", "-E", "UTF8", "--no-sync")
        where = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        options = (
            f"{where} -c fsync=off -c autovacuum=off"  # which would tell the planner what an earlier test has kept
        )
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-o", options, "-l", str(self._folder / "log"))
        return self

    def __exit__(self, *_: object) -> None:
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self._data)
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database_url(self) -> str:
        """Make an empty database and say where it is."""
        name = f"heard_{next(self._names)}"
        self._execute(f'CREATE DATABASE "{name}"')
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{name}"

    def empty(self, url: str) -> None:
        """Leave a database as its migrations have, whoever still speaks to it: far quicker than making another."""
        self._execute(_EMPTY, database=url.rpartition("/")[2])

    def _execute(self, statement: str, database: str = "postgres") -> None:
        where = f"host=127.0.0.1 port={self.port} user={self.user} dbname={database}"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_other, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=self._folder)
