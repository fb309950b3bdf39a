"""Queries that keep units and staff as a case list names them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new
from store.tables import Staff, Unit


class StaffMember(NamedTuple):
    """A member of staff as far as cases go."""

    id: int
    name: str
    role: str
    line_manager_id: int | None


_UNIT = select(Unit.id).where(
    Unit.service == bindparam("service"), Unit.district == bindparam("district"), Unit.name == bindparam("name")
)
_STAFF = (
    select(Staff.id, Staff.name, Staff.role, Staff.line_manager_id)
    .where(Staff.email == bindparam("email"))
    .with_for_update()
)
_UPDATE_STAFF = (
    update(Staff)
    .where(Staff.id == bindparam("staff"))
    .values(name=bindparam("new_name"), role=bindparam("new_role"), line_manager_id=bindparam("new_manager"))
    .execution_options(synchronize_session=False)
)


def keep_unit(session: Session, service: str, district: str, name: str) -> int:
    """The id of a unit, which is added where it is new."""
    unit = {"service": service, "district": district, "name": name}
    connection = session.connection()
    found = connection.execute(_UNIT, unit).scalar()
    if found is None:
        connection.execute(insert_if_new(session, Unit), unit)
        found = connection.execute(_UNIT, unit).scalar_one()
    return int(found)


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
    }
    session.connection().execute(_UPDATE_STAFF, values)
