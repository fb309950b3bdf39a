"""What time it is. The only place that asks the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.now(UTC)


@dataclass
class SetClock:
    """A clock that stands where it was set: for tests, the demonstration, and running a job as if it were then."""

    at: datetime

    def now(self) -> datetime:
        """The time it was set to, in UTC."""
        return self.at.astimezone(UTC)

    def move(self, step: timedelta) -> datetime:
        """Go forwards, and say the time then."""
        self.at += step
        return self.now()
