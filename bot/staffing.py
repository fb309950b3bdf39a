"""What an administrator records of units and staff: who leads, who stands in, where and when they work, their leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.calendar import local_day
from bot.cases.fields import CASE
from bot.cases.readers import Unfit
from bot.organisation import READERS
from bot.people import numbers
from bot.refusals import Problem, Refused, refuse
from store import audit
from store.council import organisation, staff
from store.council.organisation import Details
from store.session import Session

NOBODY = "none"
"""Written in the place of an address, a number or a unit, to take away what is recorded."""


@dataclass(frozen=True)
class Changes:
    """What is to change about a member of staff; None leaves it as it is, and `NOBODY` takes it away.

    Attributes:
        line_manager, deputy: their e-mail addresses.
        unit: its name; where several units have it, `service/district/name`.
        mobile: E.164.
        began_on, ended_on: their first and their last day.
    """

    role: str | None = None
    line_manager: str | None = None
    deputy: str | None = None
    unit: str | None = None
    mobile: str | None = None
    began_on: date | None = None
    ended_on: date | None = None


def change(session: Session, email: str, changes: Changes, *, now: datetime) -> bool:
    """Keep what has changed about a member of staff; False where it was so already.

    Raises:
        Refused: nobody has that address, or what is named does not fit; nothing was changed.
    """
    member = _find(session, email, "email")
    known = organisation.details(session, member)
    wanted = Details(
        role=changes.role or known.role,
        line_manager_id=_colleague(session, changes.line_manager, member, "line_manager", known.line_manager_id),
        deputy_id=_colleague(session, changes.deputy, member, "deputy", known.deputy_id),
        unit_id=_unit(session, changes.unit, known.unit_id),
        mobile=None if changes.mobile == NOBODY else changes.mobile or known.mobile,
        began_on=changes.began_on or known.began_on,
        ended_on=changes.ended_on or known.ended_on,
    )
    if wanted.began_on and wanted.ended_on and wanted.ended_on < wanted.began_on:
        raise refuse("ended", "before they began", "write the last day on which they work here")
    if wanted == known:
        return False
    organisation.keep_details(session, member, wanted)
    if wanted.line_manager_id != known.line_manager_id:
        organisation.hand_over(session, member, wanted.line_manager_id, local_day(now))
    if wanted.mobile and wanted.mobile != known.mobile:
        numbers.taken_by_staff(session, wanted.mobile, now)
    changed = [name for name in Details._fields if getattr(wanted, name) != getattr(known, name)]
    audit.record(session, at=now, staff_id=member, what=f"staff record changed: {', '.join(changed)}", subject="staff")
    return True


def add_unit(
    session: Session, name: str, *, service: str, district: str, area: str | None = None, now: datetime
) -> bool:
    """Keep a unit, and in which area its district lies; False where all of it was known.

    Raises:
        Refused: a name is empty, too long or holds hidden characters; nothing was changed.
    """
    given = {"unit": name, "service": service, "district": district, **({"area": area} if area is not None else {})}
    read, problems = dict[str, str](), list[Problem]()
    for field, text in given.items():
        try:
            read[field] = CASE[field](text)
        except Unfit as unfit:
            problems.append(Problem(field, unfit.kind, unfit.instead))
    if problems:
        raise Refused(problems)
    known = organisation.find_units(session, read["unit"])
    is_new = all(unit[1:] != (read["service"], read["district"]) for unit in known)
    organisation.keep_unit(session, read["service"], read["district"], read["unit"])
    is_news = "area" in read and organisation.keep_area(session, read["district"], read["area"])
    if is_new or is_news:
        audit.record(session, at=now, staff_id=None, what="a unit was kept", subject="staff")
    return is_new or is_news


def add_leave(session: Session, email: str, first_day: date, last_day: date, *, now: datetime) -> None:
    """Note that somebody is away, both days included: whoever stands in for them reads what comes.

    Raises:
        Refused: nobody has that address, the days are the wrong way round, or a leave begins on that day already.
    """
    if last_day < first_day:
        raise refuse("until", "before the first day", "write the last day of the leave")
    member = _find(session, email, "email")
    if not organisation.add_leave(session, member, first_day, last_day):
        raise refuse("from", "a leave that begins on that day is noted already", "take it back first: flask staff back")
    audit.record(session, at=now, staff_id=member, what="leave noted", subject="staff")


def end_leave(session: Session, email: str, day: date, *, now: datetime) -> int:
    """Note that somebody is back from a day on; return how many leaves that ended.

    Raises:
        Refused: nobody has that address.
    """
    member = _find(session, email, "email")
    ended = organisation.end_leave(session, member, day)
    if ended:
        audit.record(session, at=now, staff_id=member, what="leave ended", subject="staff")
    return ended


def manage_district(session: Session, district: str, email: str, *, now: datetime) -> bool:
    """Note who manages a district, and so reads what its partners say; False where it was so already.

    Args:
        email: of a manager or an administrator; `NOBODY` for nobody.

    Raises:
        Refused: no unit, partner or triage decision is of that district, nobody has that address, or they may not read;
            nothing was changed.
    """
    known = organisation.districts_in_use(session)
    name = next((each for each in known if each.casefold() == district.strip().casefold()), None)
    if name is None:
        raise refuse("district", "not known", f"write one of: {', '.join(known) or 'none is known yet'}")
    wanted = _colleague(session, email, None, "email", None)
    if organisation.district_manager(session, name) == wanted:
        return False
    organisation.keep_district_manager(session, name, wanted)
    audit.record(session, at=now, staff_id=wanted, what="manager of a district noted", subject="staff")
    return True


def _find(session: Session, email: str, field: str) -> int:
    account = staff.by_email(session, email)
    if account is None:
        raise refuse(field, "nobody has this address", "use 'flask staff list' to see all addresses")
    return account.id


def _colleague(session: Session, email: str | None, of: int | None, field: str, known: int | None) -> int | None:
    if email is None or email == NOBODY:
        return known if email is None else None
    found = staff.by_email(session, email)
    if found is None:
        raise refuse(field, "nobody has this address", "use 'flask staff list' to see all addresses")
    if found.id == of:
        raise refuse(field, "themselves", "name somebody else")
    if found.role not in READERS:
        raise refuse(field, "neither a manager nor an administrator", "give them the role of a manager first")
    return found.id


def _unit(session: Session, name: str | None, known: int | None) -> int | None:
    if name is None or name == NOBODY:
        return known if name is None else None
    *place, short = (part.strip() for part in name.split("/"))
    found = [unit for unit in organisation.find_units(session, short) if not place or list(unit[1:]) == place]
    if len(found) == 1:
        return found[0][0]
    if found:
        raise refuse("unit", "several units have this name", "write it as service/district/name")
    raise refuse("unit", "not known", "write the name of a unit as the case list has it, or service/district/name")
