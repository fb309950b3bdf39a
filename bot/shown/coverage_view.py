"""Coverage as its pages show it: for whom, group by group, and the stages with no voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, groupby
from typing import cast

from analysis.digesting.standings import UNINVITED_LABELS, Counted, Standing, why_unheard
from bot import organisation
from bot.access import Viewer
from bot.respondents import who_label
from store.session import Session
from store.shown import coverage, gaps
from store.shown.coverage import By, Key, StageCount, Wanted
from store.shown.holders import is_or_was_led
from surveys.stages import AGE_BANDS, AUDIENCE_LABELS, FAMILIES, STAGE_LABELS, STAGES, Stage

GAPS_A_PAGE = 50
_NOT_KNOWN = "Not recorded"


@dataclass(frozen=True)
class Group:
    """One line of coverage.

    Attributes:
        key: what the group is, for a link that narrows down to it; None where it is not known, and in the total.
        stages: how many there are of them; `heard`, `under_way` and `silent` are parts of it, as are `uninvited`.
        uninvited: how many stages nobody was invited about, by why.
        standing: where the people stand.
    """

    key: Key
    label: str
    stages: int
    heard: int
    under_way: int
    silent: int
    uninvited: Mapping[str, int]
    standing: Standing

    @property
    def ahead(self) -> int:
        """Stages whose day is still to come."""
        return self.uninvited.get("ahead", 0)

    @property
    def without_voice(self) -> int:
        """Stages that were reached and at which nobody has been heard, whether or not somebody is still being asked."""
        return self.stages - self.heard - self.ahead

    @property
    def uninvited_in_words(self) -> list[tuple[int, str]]:
        """How many stages nobody was invited about, and why."""
        return [(number, UNINVITED_LABELS[why]) for why, number in self.uninvited.items() if number]


@dataclass(frozen=True)
class CoverageTable:
    """Groups in their order, and all of them together."""

    groups: Sequence[Group]
    total: Group


@dataclass(frozen=True)
class GapLine:
    """A stage with no voice, in words. `people`: who was to be heard, each with why they were not."""

    event_id: int
    case_reference: str
    stage: str
    happened_on: date
    worker: str
    unit: str
    people: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class GapPage:
    """A page of them. `older`: after which stage the next page goes on; None on the last one."""

    lines: Sequence[GapLine]
    older: int | None


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: units by id, and names of the others."""

    units: Mapping[int, str]
    services: Sequence[str]
    districts: Sequence[str]
    areas: Sequence[str]
    worker: str | None = field(default=None)


def seen_by(session: Session, viewer: Viewer, wanted: Wanted, today: date) -> Wanted:
    """What is wanted, within what this viewer may see: their own cases; those of workers whom they led on the day, or those
    for whom they read, or any manager below; or all.

    Raises:
        PermissionError: coverage is none of their business.
    """
    if viewer.role == "administrator":
        return wanted._replace(own_of=None, led_by=None)
    if viewer.role == "manager":
        return wanted._replace(own_of=None, led_by=organisation.below(session, viewer.managers, today))
    if viewer.role == "worker":
        return wanted._replace(own_of=viewer.staff_id, led_by=None)
    raise PermissionError(viewer.role)


def table(session: Session, viewer: Viewer, by: By, wanted: Wanted, today: date) -> CoverageTable:
    """Coverage of all that is wanted, group by group."""
    within = seen_by(session, viewer, wanted, today)
    people: dict[Key, list[Counted]] = defaultdict(list)
    for count in coverage.people(session, by, within):
        people[count.key].append(Counted(*count[1:]))
    by_key: dict[Key, list[StageCount]] = defaultdict(list)
    for stage_count in coverage.stages(session, by, within, today):
        by_key[stage_count.key].append(stage_count)
    labels = _labels(session, by, {*people, *by_key})
    groups = [_group(key, label, people[key], by_key[key]) for key, label in labels.items()]
    everyone = [count for counts in people.values() for count in counts]
    parts_stages = by in {"audience", "age_band"}  # where a stage stands in several groups, it counts once in the total
    of_all = coverage.stages(session, "stage", within, today) if parts_stages else [*chain(*by_key.values())]
    return CoverageTable(groups, _group(None, "All", everyone, of_all))


def _group(key: Key, label: str, people: Sequence[Counted], stages: Sequence[StageCount]) -> Group:
    outcomes: dict[str, int] = defaultdict(int)
    for count in stages:
        outcomes[count.outcome] += count.stages
    return Group(
        key=key,
        label=label,
        stages=sum(outcomes.values()),
        heard=outcomes["heard"],
        under_way=outcomes["under_way"],
        silent=outcomes["silent"],
        uninvited={why: outcomes[why] for why in UNINVITED_LABELS if outcomes[why]},
        standing=Standing.of(people),
    )


def _labels(session: Session, by: By, keys: set[Key]) -> dict[Key, str]:
    """The groups in the order in which they are shown, each with its label."""
    if by == "month":
        months = sorted((key for key in keys if isinstance(key, date)), reverse=True)
        return {month: f"{month:%B %Y}" for month in months}
    known = _known_labels(session, by, keys)
    unknown = sorted((key for key in keys if key not in known), key=str)
    return {key: known[key] for key in known if key in keys} | {key: str(key or _NOT_KNOWN) for key in unknown}


def _known_labels(session: Session, by: By, keys: set[Key]) -> Mapping[Key, str]:
    if by == "worker":
        named = coverage.names(session, [key for key in keys if isinstance(key, int)])
        return {member.id: member.name for member in sorted(named, key=lambda member: (member.name, member.id))}
    if by == "unit":
        return {unit.id: f"{unit.name}, {unit.district}" for unit in coverage.units(session)}
    if by == "stage":
        return {stage: STAGE_LABELS[stage] for stage in STAGES}
    if by == "audience":
        return {audience: AUDIENCE_LABELS[audience] for audience in FAMILIES} | {None: "Nobody invited"}
    if by == "age_band":
        bands: dict[Key, str] = {band: band.replace("_", " ").replace("-", " to ").capitalize() for band in AGE_BANDS}
        return bands | {
            "young_person": "Young person, age not recorded",
            "parent_carer": "Parent or carer",
            None: "Nobody invited",
        }
    return {key: str(key) for key in sorted((key for key in keys if key is not None), key=str)}


def silent_stages(session: Session, viewer: Viewer, wanted: Wanted, today: date, before: int | None = None) -> GapPage:
    """A page of the stages with no voice, the latest first."""
    within = seen_by(session, viewer, wanted, today)
    found = gaps.silent(session, within, today, before, GAPS_A_PAGE + 1)
    shown = found[:GAPS_A_PAGE]
    return GapPage(_gap_lines(session, shown, within), shown[-1] if len(found) > GAPS_A_PAGE else None)


def every_silent_stage(
    session: Session, viewer: Viewer, wanted: Wanted, today: date, *, at_a_time: int = 500
) -> Iterator[GapLine]:
    """All stages with no voice, the latest first, read so many at a time."""
    within = seen_by(session, viewer, wanted, today)
    found = gaps.silent(session, within, today)
    for first in range(0, len(found), at_a_time):
        yield from _gap_lines(session, found[first : first + at_a_time], within)


def _gap_lines(session: Session, event_ids: Sequence[int], within: Wanted) -> list[GapLine]:
    unheard = gaps.unheard(session, event_ids, within)
    people = {event_id: list(of_one) for event_id, of_one in groupby(unheard, lambda person: person.event_id)}
    return [_gap_line(gap, people.get(gap.event_id, [])) for gap in gaps.described(session, event_ids)]


def _gap_line(gap: gaps.Gap, people: Sequence[gaps.Unheard]) -> GapLine:
    nobody = UNINVITED_LABELS["nobody" if gap.is_empty else "not_planned"]
    return GapLine(
        event_id=gap.event_id,
        case_reference=gap.case_reference,
        stage=STAGE_LABELS[cast("Stage", gap.stage)],
        happened_on=gap.happened_on,
        worker=gap.worker,
        unit=f"{gap.unit}, {gap.district}",
        people=[
            (
                who_label(person.audience, person.age_band) or _NOT_KNOWN,
                why_unheard(
                    person.status, person.because, is_held=person.is_held, by_someone_else=person.by_someone_else
                ),
            )
            for person in people
        ]
        or [("Nobody", nobody)],
    )


def choices(session: Session, viewer: Viewer, today: date, worker_id: int | None = None) -> Choices:
    """What there is to narrow down by; whatever is chosen, a viewer sees no more than what is theirs.

    Args:
        worker_id: whose name is wanted too; it is told to whoever may see some of their stages.
    """
    worker = None
    if worker_id is not None and _may_name(session, viewer, worker_id, today):
        worker = next((named.name for named in coverage.names(session, [worker_id])), None)
    units = coverage.units(session)
    return Choices(
        {unit.id: f"{unit.name}, {unit.district}" for unit in units},
        sorted({unit.service for unit in units}),
        sorted({unit.district for unit in units}),
        sorted({unit.area for unit in units if unit.area}),
        worker,
    )


def _may_name(session: Session, viewer: Viewer, worker_id: int, today: date) -> bool:
    within = seen_by(session, viewer, Wanted(today), today)
    is_theirs = within.own_of in (None, worker_id)
    return is_theirs and (within.led_by is None or is_or_was_led(session, worker_id, within.led_by))
