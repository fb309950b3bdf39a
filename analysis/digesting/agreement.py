"""How often a machine's tags agree with those of the people who looked at the same words, month by month. Pure counting.

People mostly look where something seems wrong, so it is no measure of all tags: it tells where the machine is weak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from analysis.figures import Month, of
from analysis.taxonomy import THEMES

SENTIMENT, COMPLAINT, COMPLIMENT = "sentiment", "complaint", "compliment"
_LABELS: Mapping[str, str] = {
    SENTIMENT: "How it sounds",
    COMPLAINT: "May be a complaint",
    COMPLIMENT: "Praise to pass on",
    **{theme.id: theme.label for theme in THEMES.values()},
}
"""What is compared, in the order in which it is shown."""


@dataclass(frozen=True)
class TagSet:
    """What somebody made of a comment, be it a person or a machine. `themes`: theme id to polarity."""

    sentiment: str | None
    themes: Mapping[str, str]
    complaint: bool
    compliment: bool


class Look(NamedTuple):
    """A comment that a person looked at in a month, and whose tags they confirmed or put right."""

    month: Month
    machine: TagSet
    person: TagSet


@dataclass(frozen=True)
class Rate:
    """How often machine and person agree about one thing: in `agreed` of `n` comments."""

    what: str
    label: str
    agreed: int
    n: int

    @property
    def words(self) -> str:
        """As people read it: "7 of 9"; with a share from ten up."""
        return of(self.agreed, self.n)


@dataclass(frozen=True)
class MonthOfLooks:
    """A month: how many comments people looked at, and how often the machine agreed about each thing.

    The tone of every comment counts. A theme, a complaint or a compliment counts where either found it: that both left out
    what is not there is no agreement worth telling. Of a theme both must say the same of how it is spoken of.
    """

    month: Month
    looked_at: int
    rates: tuple[Rate, ...]


def agreement(looks: Iterable[Look]) -> list[MonthOfLooks]:
    """Each month in which somebody looked, the latest first; only what counted in it has a rate."""
    looked_at: Counter[Month] = Counter()
    n: Counter[tuple[Month, str]] = Counter()
    agreed: Counter[tuple[Month, str]] = Counter()
    for look in looks:
        looked_at[look.month] += 1
        for what, is_same in _compared(look.machine, look.person):
            n[look.month, what] += 1
            agreed[look.month, what] += is_same
    return [
        MonthOfLooks(
            month,
            looked_at[month],
            tuple(
                Rate(what, label, agreed[month, what], n[month, what])
                for what, label in _LABELS.items()
                if n[month, what]
            ),
        )
        for month in sorted(looked_at, reverse=True)
    ]


def _compared(machine: TagSet, person: TagSet) -> Iterator[tuple[str, bool]]:
    """Each thing that counts, and whether the two say the same of it."""
    yield SENTIMENT, machine.sentiment == person.sentiment
    if machine.complaint or person.complaint:
        yield COMPLAINT, machine.complaint == person.complaint
    if machine.compliment or person.compliment:
        yield COMPLIMENT, machine.compliment == person.compliment
    for theme in machine.themes.keys() | person.themes.keys():
        yield theme, machine.themes.get(theme) == person.themes.get(theme)
