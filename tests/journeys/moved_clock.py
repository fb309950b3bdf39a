"""The service exactly as `app.py` wires it, except that a test says what time it is.

Families are texted first on certain days and hours only, a digest is made on the first working day of the next month, and
a lease has to run out. A journey must not depend on the hour at which it is run and cannot wait for a month, so the
processes of one journey share a clock that runs on by itself and that the test moves forwards.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

import app

VARIABLE = "JOURNEY_CLOCK"


@dataclass(frozen=True)
class SharedClock:
    """A clock in a file, which holds how many seconds it is ahead of the machine's."""

    file: Path

    def now(self) -> datetime:
        """The time that it is in this journey, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=float(self.file.read_text(encoding="ascii")))

    def set(self, moment: datetime) -> None:
        """It is this time now, and goes on from there. Nobody ever reads half a file."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str((moment - datetime.now(UTC)).total_seconds()), encoding="ascii")
        fresh.replace(self.file)

    def move(self, step: timedelta) -> None:
        """So much time passes."""
        self.set(self.now() + step)


def create_app() -> Flask:
    """What `flask` finds through FLASK_APP."""
    return app.create_app(clock=SharedClock(Path(os.environ[VARIABLE])))
