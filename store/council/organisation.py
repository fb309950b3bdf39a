"""Queries that keep districts, units and staff: who leads whom, who stands in for whom, who is here on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new, insert_new
from store.tables import District, Invitation, Leave, PartnerOrganisation, Staff, TriageDecision, Unit


class StaffMember(NamedTuple):
    """A member of staff as far as cases go."""

    id: int
    name: str
    role: str
    line_manager_id: int | None
    mobile: str | None = None


class Place(NamedTuple):
    """Where a member of staff stands: who leads them, who stands in for them, and whether they are here on a day.

    Attributes:
        has_left: their last day is over, or their first has not come.
        is_away: they are on leave.
    """

    id: int
    role: str
    line_manager_id: int | None
    deputy_id: int | None
    has_left: bool
    is_away: bool


class UnitPlace(NamedTuple):
    """A unit, and where it is. `area`: None where the district lies in none that is known."""

    area: str | None
    district: str
    service: str
    name: str


class Details(NamedTuple):
    """What an administrator may change about a member of staff."""

    role: str
    line_manager_id: int | None
    deputy_id: int | None
    unit_id: int | None
    mobile: str | None
    began_on: date | None
    ended_on: date | None


_UNIT = select(Unit.id).where(
    Unit.service == bindparam("service"), Unit.district == bindparam("district"), Unit.name == bindparam("name")
)
_AREA = select(District.area).where(District.name == bindparam("name"))
_STAFF = (
    select(Staff.id, Staff.name, Staff.role, Staff.line_manager_id, Staff.mobile)
    .where(Staff.email == bindparam("email"))
    .with_for_update(key_share=True)
)
_UPDATE_STAFF = (
    update(Staff)
    .where(Staff.id == bindparam("staff"))
    .values(
        name=bindparam("new_name"),
        role=bindparam("new_role"),
        line_manager_id=bindparam("new_manager"),
        mobile=bindparam("new_mobile"),
    )
    .execution_options(synchronize_session=False)
)
_DETAILS = select(*(getattr(Staff, column) for column in Details._fields)).where(Staff.id == bindparam("staff"))


def keep_unit(session: Session, service: str, district: str, name: str) -> int:
    """The id of a unit, which is added where it is new."""
    unit = {"service": service, "district": district, "name": name}
    connection = session.connection()
    found = connection.execute(_UNIT, unit).scalar()
    if found is None:
        connection.execute(insert_if_new(session, Unit), unit)
        found = connection.execute(_UNIT, unit).scalar_one()
    return int(found)


def units(session: Session) -> list[UnitPlace]:
    """Every unit, by area, district, service and name."""
    places = (District.area, Unit.district, Unit.service, Unit.name)
    rows = session.execute(select(*places).outerjoin(District, District.name == Unit.district).order_by(*places))
    return [UnitPlace._make(row) for row in rows]


def find_units(session: Session, name: str) -> list[tuple[int, str, str]]:
    """Every unit of a name: its id, service and district."""
    rows = session.execute(select(Unit.id, Unit.service, Unit.district).where(Unit.name == name).order_by(Unit.id))
    return [(row[0], row[1], row[2]) for row in rows]


def keep_area(session: Session, district: str, area: str) -> bool:
    """Note in which area a district lies; return whether that is news."""
    if session.connection().execute(_AREA, {"name": district}).scalar() == area:
        return False
    _keep_district(session, district, area=area)
    return True


def keep_district_manager(session: Session, district: str, staff_id: int | None) -> None:
    """Note who manages a district; None for nobody."""
    _keep_district(session, district, manager_id=staff_id)


def _keep_district(session: Session, district: str, **values: str | int | None) -> None:
    session.connection().execute(insert_if_new(session, District), {"name": district})
    session.execute(
        update(District).where(District.name == district).values(**values).execution_options(synchronize_session=False)
    )


def district_manager(session: Session, district: str) -> int | None:
    """Who manages a district, capitals or not; None where nobody is recorded."""
    theirs = func.lower(District.name) == district.lower()
    return session.scalar(select(District.manager_id).where(theirs, District.manager_id.is_not(None)).limit(1))


def districts_of(session: Session, manager_ids: Collection[int]) -> frozenset[str]:
    """The districts that any of these people manage, in small letters."""
    managed = select(func.lower(District.name)).where(District.manager_id.in_(manager_ids))
    return frozenset(session.scalars(managed))


def districts_in_use(session: Session) -> list[str]:
    """The districts of units, partner organisations and triage decisions, by name."""
    named = (Unit.district, PartnerOrganisation.district, TriageDecision.district)
    return sorted({name for column in named for name in session.scalars(select(column).distinct()) if name})


def find_staff(session: Session, email: str) -> StaffMember | None:
    """The member of staff at an e-mail address (in small letters), locked until this transaction ends."""
    row = session.connection().execute(_STAFF, {"email": email}).first()
    return StaffMember(*row) if row else None


def add_staff(session: Session, email: str, name: str, role: str) -> None:
    """Add a member of staff, unless the e-mail address is there already."""
    values = {"email": email, "name": name, "role": role, "failed_sign_ins": 0}
    session.connection().execute(insert_if_new(session, Staff), values)


def update_staff(session: Session, member: StaffMember) -> None:
    """Keep what has changed about a member of staff."""
    values = {
        "staff": member.id,
        "new_name": member.name,
        "new_role": member.role,
        "new_manager": member.line_manager_id,
        "new_mobile": member.mobile,
    }
    session.connection().execute(_UPDATE_STAFF, values)


def details(session: Session, staff_id: int) -> Details:
    """What an administrator may change about a member of staff.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such member of staff.
    """
    return Details._make(session.connection().execute(_DETAILS, {"staff": staff_id}).one())


def keep_details(session: Session, staff_id: int, wanted: Details) -> None:
    """Keep what an administrator has changed about a member of staff."""
    session.execute(
        update(Staff)
        .where(Staff.id == staff_id)
        .values(**wanted._asdict())
        .execution_options(synchronize_session=False)
    )


def hand_over(session: Session, worker_id: int, manager_id: int | None, day: date) -> None:
    """Let a worker's line manager from a day on have what families are still to say of them; nothing where they have none.

    What has been answered in full, or has come to its end, stays with whoever led them then.
    """
    if manager_id is None:
        return
    led_since = update(Staff).where(Staff.id == worker_id).values(led_since=day)
    session.execute(led_since.execution_options(synchronize_session=False))
    session.execute(
        update(Invitation)
        .where(
            Invitation.worker_id == worker_id,
            Invitation.settled_at.is_(None),
            Invitation.line_manager_id.is_not(None),
            Invitation.line_manager_id != manager_id,
        )
        .values(line_manager_id=manager_id)
        .execution_options(synchronize_session=False)
    )


def add_leave(session: Session, staff_id: int, first_day: date, last_day: date) -> bool:
    """Note that somebody is away, both days included; False where a leave of theirs begins on that day already."""
    row = {"staff_id": staff_id, "first_day": first_day, "last_day": last_day}
    return insert_new(session, Leave, [row]) == 1


def end_leave(session: Session, staff_id: int, day: date) -> int:
    """Take back every leave of somebody's that has not ended by a day: it ends the day before, or never began."""
    standing = session.execute(
        select(Leave.id, Leave.first_day).where(Leave.staff_id == staff_id, Leave.last_day >= day)
    ).all()
    yesterday = date.fromordinal(day.toordinal() - 1)
    for leave_id, first_day in standing:
        session.execute(
            update(Leave)
            .where(Leave.id == leave_id)
            .values(last_day=max(yesterday, date.fromordinal(first_day.toordinal() - 1)))
            .execution_options(synchronize_session=False)
        )
    return len(standing)


def places(session: Session, day: date) -> Mapping[int, Place]:
    """Where every member of staff stands on a day."""
    away = exists().where(Leave.staff_id == Staff.id, Leave.first_day <= day, Leave.last_day >= day)
    rows = session.execute(
        select(
            Staff.id, Staff.role, Staff.line_manager_id, Staff.deputy_id, Staff.began_on, Staff.ended_on, away
        ).order_by(Staff.id)
    )
    return {
        row[0]: Place(
            row[0],
            row[1],
            row[2],
            row[3],
            has_left=(row[4] is not None and row[4] > day) or (row[5] is not None and row[5] < day),
            is_away=bool(row[6]),
        )
        for row in rows
    }
