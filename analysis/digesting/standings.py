"""Where the people of a group stand, in counts and in words: one vocabulary for the digest, the pages and the list. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from analysis.figures import HELD_BACK, of, reason_label

STATUS_LABELS: Mapping[str, str] = {
    "answered": "answered in full",
    "partly_answered": "answered in part",
    "started": "has begun, no answer yet",
    "asked": "asked, no word yet",
    "offered": "still to be asked",
    "declined": "declined",
    "lapsed": "asked, did not answer in time",
    "withdrawn": "asked, and the questions were withdrawn before they had answered",
    "unreachable": "could not be reached",
    "in_doubt": "somebody else may have answered",
    "not_asked": "not asked",
}
"""Every place where an invitation may stand, in words and in the order in which they are shown."""

HEARD = frozenset({"answered", "partly_answered"})
STARTED = HEARD | {"started", "in_doubt"}
ASKED = STARTED | {"asked", "declined", "lapsed", "withdrawn", "unreachable"}
UNDER_WAY = ("started", "asked", "offered")

UNINVITED_LABELS: Mapping[str, str] = {
    "ahead": "its day is still to come",
    "nobody": "nobody takes part in the case",
    "not_planned": "nobody has been invited yet",
}
"""Why a stage has no invitation, in words."""


class Counted(NamedTuple):
    """How many people stand somewhere; `is_held`: their worker held the invitation back."""

    status: str
    because: str | None
    is_held: bool
    people: int


@dataclass(frozen=True)
class Standing:
    """How many people stand where. Reasons are codes; those of invitations that a worker held back stand apart."""

    by_status: Mapping[str, int]
    not_asked: Mapping[str, int]
    held_back: Mapping[str, int]

    @classmethod
    def of(cls, counts: Iterable[Counted]) -> Standing:
        """Sum up."""
        by_status: Counter[str] = Counter()
        reasons: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for count in counts:
            by_status[place(count.status, count.because)] += count.people
            if count.status == "not_asked":
                reasons[count.is_held][count.because or "unknown"] += count.people
        return cls(by_status, *map(dict, reasons))

    def count(self, *statuses: str) -> int:
        """How many stand in any of these places."""
        return sum(self.by_status.get(status, 0) for status in statuses)

    @property
    def people(self) -> int:
        """Everyone who was invited."""
        return sum(self.by_status.values())

    @property
    def asked(self) -> int:
        """Everyone who has ever been asked."""
        return self.count(*ASKED)

    @property
    def heard(self) -> int:
        """Those who have answered, in part or in full, and of whom nobody doubts that it was they."""
        return self.count(*HEARD)

    @property
    def heard_in_words(self) -> str:
        """Such as "4 of 9 asked", or "12 of 20 asked (60%)"; a share only from ten up."""
        return of(self.heard, self.asked, "asked") if self.asked else "nobody asked"

    def parts(self, *statuses: str) -> list[tuple[int, str]]:
        """Each of these places where anybody stands, with its words."""
        return [(self.by_status[status], STATUS_LABELS[status]) for status in statuses if self.by_status.get(status)]

    @property
    def reasons(self) -> list[tuple[int, str]]:
        """Why people were not asked, the most frequent first."""
        return _most_first(self.not_asked, reason_label)

    @property
    def held_reasons(self) -> list[tuple[int, str]]:
        """Why their workers held invitations back, the most frequent first."""
        return _most_first(self.held_back, held_label)


def place(status: str, because: str | None) -> str:
    """Where somebody stands: whose conversation has lapsed for a reason did not let it lapse, we have withdrawn it."""
    return "withdrawn" if status == "lapsed" and because else status


def _most_first(reasons: Mapping[str, int], words: Callable[[str], str]) -> list[tuple[int, str]]:
    ordered = sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    return [(number, words(code)) for code, number in ordered]


def held_label(code: str) -> str:
    """Why a worker held somebody back, for a place that says already that they did."""
    return reason_label(code).removeprefix(HELD_BACK)


def why_unheard(status: str, because: str | None, *, is_held: bool, by_someone_else: bool) -> str:
    """Why somebody was not heard, in words."""
    if status == "not_asked":
        reason = reason_label(because or "unknown")
        return reason if is_held else f"not asked: {reason}"
    said = STATUS_LABELS.get(place(status, because), status.replace("_", " "))
    return f"{said}; somebody else wrote in their place" if by_someone_else and status != "in_doubt" else said
