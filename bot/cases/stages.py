"""Which stage of a list is which that is kept: a new one, or one whose date was wrong. Pure.

A case goes through one involvement after the other, and each has one assessment, its reviews and one closure. An assessment
behind a closure begins the next involvement. So a later closure without an assessment between is the same closure with its
date corrected, and a later assessment without a closure between is the same assessment; a case that is stepped up or down,
re-opened or moved begins anew as well. An involvement has any number of reviews: one is taken for the correction of another
where the list no longer has that one and they lie close together, and so is any other event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, permutations
from typing import NamedTuple

from bot.cases.timeline import Kind

REVIEWS_APART = timedelta(weeks=6)
"""Reviews of one case are further apart than this; a month that was mistyped is not."""

ONCE_UNTIL: Mapping[Kind, Kind] = {"assessment": "closure", "closure": "assessment"}
"""What there is once in an involvement, and the stage that must lie between it and another of its kind."""

ANEW: frozenset[Kind] = frozenset({"reopened", "stepped_up", "stepped_down", "moved_away"})
"""Behind one of these, an involvement may begin or end anew."""


class StageDay(NamedTuple):
    """A stage and the day on which the case reached it."""

    stage: Kind
    happened_on: date


class KeptStage(NamedTuple):
    """A stage that is kept."""

    id: int
    stage: Kind
    happened_on: date


class Correction(NamedTuple):
    """A kept stage, and the day on which it truly was."""

    kept: KeptStage
    happened_on: date


class Differences(NamedTuple):
    """What a list says of stages beyond what is kept."""

    corrections: list[Correction]
    new: list[StageDay]


def differences(kept: Sequence[KeptStage], listed: Sequence[StageDay]) -> Differences:
    """Tell corrections from new stages. A kept stage that the list lacks, and that nothing in it replaces, stays."""
    days = {StageDay(stage.stage, stage.happened_on) for stage in kept}
    left = [stage for stage in kept if (stage.stage, stage.happened_on) not in set(listed)]
    timeline = days | set(listed)
    found = Differences([], [])
    for stage in listed:
        if stage in days:
            continue
        wrong = [old for old in left if _is_same(old, stage, timeline)]
        if not wrong:
            found.new.append(stage)
            continue
        nearest = min(wrong, key=lambda old: abs(old.happened_on - stage.happened_on))
        left.remove(nearest)
        found.corrections.append(Correction(nearest, stage.happened_on))
    return found


def _is_same(old: KeptStage, new: StageDay, timeline: Iterable[StageDay]) -> bool:
    if old.stage != new.stage:
        return False
    if old.stage not in ONCE_UNTIL:
        return abs(old.happened_on - new.happened_on) < REVIEWS_APART
    begins, ends = old.happened_on, new.happened_on
    separating = {ONCE_UNTIL[old.stage], *ANEW}
    between = [when for name, when in timeline if name in separating and begins <= when <= ends]
    if old.stage == "closure":  # assessed and closed on one day is one involvement
        between = [when for when in between if when > begins]
    return not between  # nor is there anything where the new date is the earlier one: involvements come in their order


def said_twice(listed: Sequence[StageDay]) -> Kind | None:
    """The stage that a list gives one involvement twice, where there is one: assessments and closures take turns."""
    last: set[Kind | None] = {None}
    for _, on_one_day in groupby(sorted(listed, key=lambda reached: reached.happened_on), lambda on: on.happened_on):
        that_day = [reached.stage for reached in on_one_day]
        if ANEW & set(that_day):
            last = {None}
            continue
        once = [stage for stage in that_day if stage in ONCE_UNTIL]
        # Of both on one day either may come first.
        after: set[Kind | None] = {
            order[-1] for order in permutations(once) for was in last if order and was != order[0]
        }
        if once and not after:
            return once[0]
        last = after or last
    return None
