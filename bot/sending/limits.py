"""How much may leave: so many messages a second, so many a day, and so many pounds.

Alerts, replies to people and confirmations of a stop heed the pace alone; what nobody waits for stays behind when a day's
limit is reached, until midnight in London. The limits are those of all processes together: the store keeps the count.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from store.sending.outbox import Lane, lanes_of
from store.sending.throttle import Bounds, Day
from store.talks.messages import PRIORITIES, Queued

SWITCH = "switch"
"""The cause of a halt that a person has ordered."""
WAITS = frozenset(PRIORITIES[kind] for kind in ("invitation", "reminder", "digest"))
"""What stays behind when a day's limit is reached."""
STILL_GOES = frozenset({PRIORITIES["alert"]})
"""What leaves although all sending is stopped: it goes to staff, and somebody's safety may hang on it."""
ALARM_AT = Decimal("0.8")
BILLED = "sms"

SPACING = timedelta(seconds=1)
"""Between two messages to one Telegram chat, as Telegram asks."""
TOGETHER = 1 / 15
"""So much of a second's worth may leave together, so that a worker which looks a moment late has lost nothing."""


@dataclass(frozen=True)
class Limits:
    """The limits of each channel by name; a channel that is left out has none.

    Attributes:
        a_second, a_day: messages.
        pence_per_part: what a part of a text costs.
        pounds_a_day: what texts may cost a day; None where nobody counts.
        alarm_to: who is mailed once a day when four fifths of it are spent.
        spacing: between two messages to one Telegram chat; None where they may follow at once.
    """

    a_second: Mapping[str, float] = field(default_factory=dict)
    a_day: Mapping[str, int] = field(default_factory=dict)
    pence_per_part: Decimal = Decimal(0)
    pounds_a_day: Decimal | None = None
    alarm_to: str = ""
    spacing: timedelta | None = None

    def lanes(self, channels: Collection[str], bounds: Bounds, now: datetime) -> tuple[Lane, ...]:
        """The lanes of these channels from which a message may leave at this moment."""
        lanes = self.open_today(channels, bounds)
        held = {channel for channel in self.a_second if bounds.free_at.get(channel, now) > now}
        return tuple(lane for lane in lanes if lane.channel not in held) if held else lanes

    def open_today(self, channels: Collection[str], bounds: Bounds) -> tuple[Lane, ...]:
        """Those of their lanes that are neither stopped nor over a day's limit, whatever the pace."""
        every = lanes_of(channels)
        if SWITCH in bounds.halts:
            return tuple(lane for lane in every if lane.priority in STILL_GOES)
        full = {channel for channel, day in bounds.today.items() if self._is_full(channel, day)}
        if self.pounds_a_day == 0 and self.pence_per_part:
            full.add(BILLED)
        if not full:
            return every
        return tuple(lane for lane in every if lane.channel not in full or lane.priority not in WAITS)

    def _is_full(self, channel: str, day: Day) -> bool:
        most = self.a_day.get(channel)
        return (most is not None and day.messages >= most) or (channel == BILLED and self.is_spent(day))

    def is_spent(self, day: Day) -> bool:
        """Whether texts have cost what they may cost on that day."""
        cost = self.cost(day.parts)
        return self.pounds_a_day is not None and cost > 0 and cost >= self.pounds_a_day

    def cost(self, parts: int) -> Decimal:
        """What so many parts cost, in pounds."""
        return parts * self.pence_per_part / 100

    def has_pace(self, channel: str) -> bool:
        """Whether only so many messages a second may leave there."""
        return channel in self.a_second

    def next_turn(self, channel: str, was_free_at: datetime | None, now: datetime) -> datetime:
        """When a channel that has a pace is free again after one more message now.

        No second holds more than the rate: what may leave together, and what may follow within a second, are no more.

        Args:
            was_free_at: as its last message left it; None before the first.
        """
        rate = self.a_second[channel]
        at_once = max(1, int(rate * TOGETHER))
        each = timedelta(microseconds=ceil(1_000_000 / (rate - at_once + 1)))
        earliest = now - (at_once - 1) * each
        return max(was_free_at or earliest, earliest) + each

    def seconds_to_turn(self, bounds: Bounds, now: datetime, most: float) -> float:
        """How long until a channel that is held by its pace is free again; `most` where none is."""
        waits = [bounds.free_at[channel] - now for channel in self.a_second if bounds.free_at.get(channel, now) > now]
        return min([most, *(wait.total_seconds() for wait in waits)])

    @property
    def counts(self) -> bool:
        """Whether anything is counted by the day."""
        return bool(self.a_day) or self.pounds_a_day is not None

    def alarm(self, day: Day, parts: int, today: str) -> Queued | None:
        """The mail that is due when the latest message of `parts` has brought the day to four fifths of what it may cost.

        Args:
            today: the day as it is written, which makes the mail one of its kind.
        """
        if self.pounds_a_day is None or not self.alarm_to:
            return None
        mark = self.pounds_a_day * ALARM_AT
        if not self.cost(day.parts - parts) < mark <= self.cost(day.parts):
            return None
        return Queued(
            "email",
            self.alarm_to,
            f"Texts have cost £{self.cost(day.parts):.2f} today, of £{self.pounds_a_day:.2f} that they may cost a day "
            "(POUNDS_A_DAY).\n\nWhen all of it is spent, invitations and reminders wait until tomorrow. Alerts and replies "
            "to people go on.\n",
            kind="alarm",
            key=f"alarm:spend:{today}",
            subject="Heard: most of today's money for texts is spent",
        )
