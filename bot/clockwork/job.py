"""What a line of the clock's table holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.clockwork.times import At, When
from bot.service import Service


@dataclass(frozen=True)
class Job:
    """Something done over and over. It may be run twice, even at once in two processes; the second run changes nothing.

    Attributes:
        what: what it does, in a sentence for people who look after the service.
        run: does it as of the clock's time, and says how many things were done.
        key: what keeps a second run from doing it again.
        late_after: how long after it was due it counts as late, if it has not been done by then.
    """

    name: str
    when: When
    what: str
    run: Callable[[Service, Clock], int]
    key: str
    late_after: timedelta

    @property
    def has_a_time(self) -> bool:
        """Whether it is due at times of the day, and so made up for when missed, one such job after another."""
        return isinstance(self.when, At)
