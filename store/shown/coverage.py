"""How far every case stage has been asked about: people by where they stand, and stages by whether anybody was heard.

A stage counts although nobody was invited about it; one that was withdrawn counts nowhere. Worker, line manager and unit are
those of the day: an invitation holds them, and for a stage without one they follow from whose case it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session

from store.shown.holders import worker_of_the_day
from store.shown.standing import ahead, is_of_a_stage, progress, standing
from store.tables import Case, District, Invitation, Participant, Staff, StageEvent, Unit
from surveys.stages import STAGES

By = Literal["worker", "unit", "service", "district", "area", "stage", "audience", "age_band", "month"]
Key = int | str | date | None
"""What a group is of: an id for workers and units, a month's first day, else its name. None where it is not known."""

_ONE = literal_column("1", Integer)
_NOTHING = literal_column("0", Integer)
"""Added to what is grouped by, so that SQLite keeps to the index that has a period's rows together, and all that is counted
by, instead of walking through all years in the order of the groups."""


class Wanted(NamedTuple):
    """What is to be counted: stages from `since` up to `until`, narrowed down by whatever is given.

    `own_of` and `led_by` are the worker and the line managers whose cases the viewer may see; None: all of them.
    """

    since: date
    until: date | None = None
    worker_id: int | None = None
    unit_id: int | None = None
    service: str | None = None
    district: str | None = None
    area: str | None = None
    stage: str | None = None
    audience: str | None = None
    age_band: str | None = None
    own_of: int | None = None
    led_by: Collection[int] | None = None

    @property
    def is_of_people(self) -> bool:
        """Whether it asks for people of one kind, which a stage that nobody was invited about cannot have."""
        return self.audience is not None or self.age_band is not None


class PeopleCount(NamedTuple):
    """How many people of a group stand where; `is_held`: it was their worker who held the invitation back."""

    key: Key
    status: str
    because: str | None
    is_held: bool
    people: int


class StageCount(NamedTuple):
    """How many stages of a group have come how far: `heard`, `under_way` or `silent`; or why nobody was invited.

    Those are `ahead` (its day is to come, perhaps since a correction), `nobody` (takes part in the case) and `not_planned`.
    """

    key: Key
    outcome: str
    stages: int


class UnitRow(NamedTuple):
    """A unit, and where it lies."""

    id: int
    name: str
    service: str
    district: str
    area: str | None


class Named(NamedTuple):
    """Somebody who works here."""

    id: int
    name: str


_OF_INVITATION: Mapping[By, ColumnElement[Any]] = {
    "worker": Invitation.worker_id.expression,
    "unit": Invitation.unit_id.expression,
    "service": Invitation.unit_id.expression,
    "district": Invitation.unit_id.expression,
    "area": Invitation.unit_id.expression,
    "stage": Invitation.stage.expression,
    "audience": Invitation.audience.expression,
    "age_band": func.coalesce(Invitation.age_band, Invitation.audience),
    "month": Invitation.stage_on.expression,
}

_OF_EVENT: Mapping[By, ColumnElement[Any]] = {
    "worker": worker_of_the_day,
    "unit": Case.unit_id.expression,
    "service": Case.unit_id.expression,
    "district": Case.unit_id.expression,
    "area": Case.unit_id.expression,
    "stage": StageEvent.stage.expression,
    "audience": null(),
    "age_band": null(),
    "month": StageEvent.happened_on.expression,
}


def people(session: Session, by: By, wanted: Wanted) -> list[PeopleCount]:
    """Where everyone stands who was invited about a stage, group by group."""
    columns = (_OF_INVITATION[by], standing(session), Invitation.not_asked_because, Invitation.held_by.is_not(None))
    counted = select(*columns, func.count()).where(*of_invitations(wanted)).group_by(*columns)
    rows = [(tuple(row[:-1]), row[-1]) for row in session.execute(counted)]
    summed = _rolled_up(rows, _grouping(session, by))
    return [PeopleCount(*kind, number) for kind, number in summed.items()]  # type: ignore[arg-type, call-arg]


def stages(session: Session, by: By, wanted: Wanted, today: date) -> list[StageCount]:
    """How far the stages have come, group by group. By people's kind, a stage counts once for each kind that is on it."""
    counted = [
        _invited(by, wanted, progress(session), ahead(session, today)),
        *([] if wanted.is_of_people else [_uninvited(by, wanted, today)]),
    ]
    rows = [(tuple(row[:-1]), row[-1]) for statement in counted for row in session.execute(statement)]
    return [StageCount(*kind, number) for kind, number in _rolled_up(rows, _grouping(session, by)).items()]  # type: ignore[arg-type, call-arg]


def _invited(by: By, wanted: Wanted, come: ColumnElement[int], to_come: Collection[int]) -> Select[Any]:
    key = _OF_INVITATION[by]
    is_of_people = by in {"audience", "age_band"}
    each = invited_stages(wanted, come, key if is_of_people else func.max(key)).subquery()
    is_ahead = [(each.c.event_id.in_(to_come), "ahead")] if to_come else []
    outcome = case((each.c.best == 2, "heard"), *is_ahead, (each.c.best == 1, "under_way"), else_="silent")
    return select(each.c.key, outcome, func.count()).group_by(each.c.key, outcome)


def invited_stages(wanted: Wanted, come: ColumnElement[int], key: ColumnElement[Any]) -> Select[Any]:
    """The stages that people were invited about, with how far the one who came furthest has come: `best` is 2 where heard.

    Args:
        come: how far an invitation has come, as `progress` tells it.
        key: what they are grouped by: a sum over the people of a stage, or a column that parts them.
    """
    parted = [key] if key in _OF_INVITATION.values() else []
    event_id = Invitation.stage_event_id + _NOTHING
    return (
        select(event_id.label("event_id"), key.label("key"), func.max(come).label("best"))
        .where(*of_invitations(wanted))
        .group_by(event_id, *parted)
    )


def _uninvited(by: By, wanted: Wanted, today: date) -> Select[Any]:
    each = uninvited_stages(wanted, _OF_EVENT[by], today).subquery()
    return select(each.c.key, each.c.why, func.count()).group_by(each.c.key, each.c.why)


def uninvited_stages(wanted: Wanted, key: ColumnElement[Any], today: date) -> Select[Any]:
    """The stages that nobody was invited about, and why. Whose they are is worked out for those alone, hence the CTE.

    They are looked for among all invitations, since one may stand on another day than its stage after a correction.
    """
    takes_part = exists().where(
        Participant.case_id == StageEvent.case_id,
        or_(Participant.left_on.is_(None), Participant.left_on > StageEvent.happened_on),
    )
    is_invited = exists().where(Invitation.stage_event_id == StageEvent.id)
    lonely = (
        select(StageEvent.id)
        .where(
            StageEvent.withdrawn_at.is_(None),
            StageEvent.stage.in_(STAGES),
            *_within(StageEvent.happened_on.expression, wanted),
            ~is_invited,
        )
        .cte("lonely")
        .prefix_with("MATERIALIZED")
    )
    why = case((StageEvent.happened_on > today, "ahead"), (takes_part, "not_planned"), else_="nobody")
    return (
        select(StageEvent.id.label("event_id"), key.label("key"), why.label("why"))
        .join(lonely, lonely.c.id == StageEvent.id)
        .join(Case, Case.id == StageEvent.case_id)
        .where(*_of_events(wanted))
    )


def of_invitations(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions on invitations that keep to what is wanted, and to stages that were not withdrawn."""
    exact = {
        Invitation.worker_id: (wanted.worker_id, wanted.own_of),
        Invitation.unit_id: (wanted.unit_id,),
        Invitation.stage: (wanted.stage,),
        Invitation.audience: (wanted.audience,),
        Invitation.age_band: (wanted.age_band,),
    }
    return [
        is_of_a_stage,
        *_within(Invitation.stage_on.expression, wanted),
        *(column == value for column, values in exact.items() for value in values if value is not None),
        *([] if wanted.led_by is None else [Invitation.line_manager_id.in_(wanted.led_by)]),
        *_in_units(Invitation.unit_id.expression, wanted),
    ]


def _of_events(wanted: Wanted) -> list[ColumnElement[bool]]:
    exact: tuple[tuple[ColumnElement[Any], Key], ...] = (
        (worker_of_the_day, wanted.worker_id),
        (worker_of_the_day, wanted.own_of),
        (Case.unit_id.expression, wanted.unit_id),
        (StageEvent.stage.expression, wanted.stage),
    )
    led = select(Staff.id).where(Staff.line_manager_id.in_(wanted.led_by or ()))
    return [
        *(column == value for column, value in exact if value is not None),
        *([worker_of_the_day.in_(led)] if wanted.led_by is not None else []),
        *_in_units(Case.unit_id.expression, wanted),
    ]


def _within(day: ColumnElement[date], wanted: Wanted) -> list[ColumnElement[bool]]:
    """The condition that a day lies in the period, which is written out: PostgreSQL can plan with a day that it knows."""
    since, until = (literal(bound, Date, literal_execute=True) for bound in (wanted.since, wanted.until))
    return [day >= since, *([day < until] if wanted.until else [])]


def _in_units(unit_id: ColumnElement[Any], wanted: Wanted) -> list[ColumnElement[bool]]:
    named = ((Unit.service, wanted.service), (Unit.district, wanted.district), (District.area, wanted.area))
    conditions = [column == value for column, value in named if value is not None]
    if not conditions:
        return []
    units = select(Unit.id).outerjoin(District, District.name == Unit.district).where(and_(*conditions))
    return [unit_id.in_(units)]


def units(session: Session) -> list[UnitRow]:
    """Every unit, by district and name."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.service, Unit.district, District.area)
        .outerjoin(District, District.name == Unit.district)
        .order_by(Unit.district, Unit.name, Unit.service)
    )
    return [UnitRow._make(row) for row in rows]


def names(session: Session, staff_ids: Iterable[int]) -> list[Named]:
    """What some of the staff are called."""
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(list(staff_ids))))
    return [Named._make(row) for row in rows]


def _rolled_up(
    rows: Iterable[tuple[tuple[Any, ...], int]], group: Callable[[Any], Key]
) -> Counter[tuple[Hashable, ...]]:
    """Sum up by larger groups than the database has counted: months by their days, districts by their units."""
    summed: Counter[tuple[Hashable, ...]] = Counter()
    for (key, *rest), number in rows:
        summed[(group(key), *rest)] += number
    return summed


def _grouping(session: Session, by: By) -> Callable[[Any], Key]:
    if by == "month":
        return lambda day: day.replace(day=1)
    if by in {"service", "district", "area"}:
        place: dict[int, str | None] = {unit.id: getattr(unit, by) for unit in units(session)}
        return place.get
    return lambda key: key
