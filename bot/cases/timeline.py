"""What the events of one case come to, in whatever order we were told of them: its status, and what is asked no more. Pure.

Everything follows from the events themselves and the days on which they happened, never from the order in which they came
in: a step up that is told three weeks late leaves the same behind as one that is told on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from surveys.stages import STAGE_LABELS

Kind = Literal["assessment", "review", "family_plan", "closure", "reopened", "stepped_up", "stepped_down", "moved_away"]
Status = Literal["open", "closed", "stepped_up", "moved_away"]

EVENTS: Mapping[Kind, str] = {
    "assessment": STAGE_LABELS["assessment"],
    "review": STAGE_LABELS["review"],
    "family_plan": "Family plan",
    "closure": STAGE_LABELS["closure"],
    "reopened": "Re-opened",
    "stepped_up": "Stepped up to social care",
    "stepped_down": "Stepped down from social care",
    "moved_away": "Moved away, into care or to another placement",
}
"""What may happen in a case, and how staff read it."""

TURNS: frozenset[Kind] = frozenset({"closure", "reopened", "stepped_up", "stepped_down", "moved_away"})
"""Events by which a case takes another status."""

FREEZES: frozenset[Kind] = frozenset({"reopened", "stepped_up", "moved_away"})
"""After these, nobody is written to until a worker has confirmed how they are reached (scenario 32)."""

_ON_ONE_DAY: tuple[Kind, ...] = (
    *("reopened", "stepped_down", "assessment", "family_plan", "review"),
    *("closure", "stepped_up", "moved_away"),
)
"""In which order events of one day are read: a case is opened before it is worked in, and worked in before it ends."""

_TAKES_BACK: Mapping[str, frozenset[Kind]] = {
    "reopened": frozenset({"closure", "moved_away"}),
    "stepped_down": frozenset({"stepped_up"}),
}
"""What of the same day is taken back by which event, where the case was open that morning."""

_ENDS: Mapping[str, str] = {
    "closure": "case_closed",
    "reopened": "reopened",
    "stepped_up": "stepped_up",
    "moved_away": "moved_away",
}
"""Events after which earlier stages are not asked about any more, and the reason that is kept."""


class Happened(NamedTuple):
    """An event of a case that stands: it has not been withdrawn."""

    id: int
    stage: Kind
    happened_on: date


def in_order(events: Iterable[Happened]) -> list[Happened]:
    """Events as they happened. A case that was open in the morning is closed before it is re-opened, not the other way."""
    ordered: list[Happened] = []
    status: Status = "open"
    by_day = sorted(events, key=lambda event: (event.happened_on, _ON_ONE_DAY.index(event.stage), event.id))
    for _, on_one_day in groupby(by_day, key=lambda event: event.happened_on):
        of_day = list(on_one_day)
        if status == "open":
            stages = {event.stage for event in of_day}
            of_day.sort(key=lambda event: bool(_TAKES_BACK.get(event.stage, frozenset()) & stages))
        for event in of_day:
            status = _after(status, event.stage)
        ordered += of_day
    return ordered


def status_on(events: Iterable[Happened], day: date) -> Status:
    """The status of a case at the end of a day; what lies behind that day does not count yet."""
    status: Status = "open"
    for event in in_order(events):
        if event.happened_on <= day:
            status = _after(status, event.stage)
    return status


def _after(status: Status, stage: Kind) -> Status:
    """Social care, or another county, keeps a case whatever else is told of it, until it comes back."""
    if stage in {"reopened", "stepped_down"}:
        return "open"
    if stage == "stepped_up":
        return "stepped_up"
    if stage == "moved_away":
        return "moved_away"
    if status in {"stepped_up", "moved_away"}:
        return status
    if stage == "closure":
        return "closed"
    return "open" if stage == "assessment" else status


def overtaken(events: Iterable[Happened], day: date) -> dict[int, str]:
    """Which events nobody is asked about any more on a day, and why: `stepped_up`, `moved_away`, `reopened`, `case_closed`.

    That is what happened while social care or another county had the case, and what happened before the case was taken
    there, closed or re-opened. A closure is asked about itself; a later assessment does not take that back.
    """
    found: dict[int, str] = {}
    before: list[Happened] = []
    status: Status = "open"
    for event in in_order(events):
        if event.happened_on > day:
            break
        status = _after(status, event.stage)
        if reason := _ENDS.get(event.stage):
            for earlier in before:
                if not (event.stage == earlier.stage == "closure"):
                    found.setdefault(earlier.id, reason)
        if status in {"stepped_up", "moved_away"}:
            found[event.id] = status
        before.append(event)
    return found


def silent_until(events: Iterable[Happened], day: date) -> date | None:
    """Up to which day's events nothing may be said to anybody, polite as it is: the case has been taken elsewhere since."""
    past = [event for event in events if event.happened_on <= day]
    if status_on(past, day) in {"stepped_up", "moved_away"}:
        return day
    return max((event.happened_on for event in past if event.stage in FREEZES), default=None)


def review_numbers(events: Iterable[Happened]) -> dict[int, int]:
    """The number of each review within its involvement, from 1.

    An involvement ends when a case is closed, stepped up or moves; the next one begins when it is assessed or comes back.
    """
    numbers: dict[int, int] = {}
    reviews, has_ended = 0, False
    for event in in_order(events):
        if event.stage in {"reopened", "stepped_down"} or (event.stage == "assessment" and has_ended):
            reviews, has_ended = 0, False
        elif event.stage in _ENDS:
            has_ended = True
        elif event.stage == "review":
            reviews += 1
            numbers[event.id] = reviews
    return numbers
