"""Who reads what families say, on a day: the line manager, or whoever stands in for them. It never lands nowhere.

A line manager who has left, has not begun or is on leave is stood in for by their deputy; where there is none, or the deputy
is away too, by the next manager up; and where nobody is left in that line, by an administrator (scenario 35).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from store.council import organisation as rows
from store.council.organisation import Place
from store.session import Session

READERS = frozenset({"manager", "administrator"})
"""Roles that may read what families say to other people's workers: nobody else can stand in for a line manager."""


def who_reads(session: Session, manager_id: int | None, day: date) -> int | None:
    """Who reads on a day what is addressed to a line manager; None only where the council has nobody at all.

    Args:
        manager_id: None where a worker has no line manager.
    """
    return _reader(rows.places(session, day), manager_id)


def who_read(session: Session, manager_ids: Collection[int], day: date) -> Mapping[int, int | None]:
    """Who reads for each of these people on a day, as `who_reads` gives it."""
    places = rows.places(session, day) if manager_ids else {}
    return {manager_id: _reader(places, manager_id) for manager_id in manager_ids}


def read_by(session: Session, staff_id: int, day: date) -> frozenset[int]:
    """The line managers for whom somebody reads on a day, themselves included while they work here.

    Who is on leave may read on; who has left may not, from the day after their last.
    """
    places = rows.places(session, day)
    others = {manager.id for manager in places.values() if _reader(places, manager.id) == staff_id}
    own = {staff_id} if staff_id in places and not places[staff_id].has_left else set()
    return frozenset(others | own)


def who_reads_of_district(session: Session, district: str | None, day: date) -> int | None:
    """Who reads on a day what partners of a district say: its manager, or whoever stands in; at last an administrator.

    Args:
        district: None where it is about no district, or nobody knows which.
    """
    manager_id = rows.district_manager(session, district) if district else None
    return who_reads(session, manager_id, day)


def districts_read_by(session: Session, managers: Collection[int]) -> frozenset[str]:
    """The districts of which somebody reads what partners say, in small letters.

    Args:
        managers: for whom they read, as `read_by` gives it.
    """
    return rows.districts_of(session, managers)


def below(session: Session, managers: Collection[int], day: date) -> frozenset[int]:
    """These line managers, and all who are led by them, by those whom they lead, and so on."""
    leads: dict[int | None, list[int]] = {}
    for place in rows.places(session, day).values():
        leads.setdefault(place.line_manager_id, []).append(place.id)
    found, left = set(managers), list(managers)
    while left:
        new = [member for member in leads.get(left.pop(), ()) if member not in found]
        found.update(new)
        left += new
    return frozenset(found)


def _reader(places: Mapping[int, Place], manager_id: int | None) -> int | None:
    for place in _line(places, manager_id):
        is_theirs = place.id == manager_id or place.role in READERS
        if is_theirs and not place.has_left and not place.is_away:
            return place.id
    return None


def _line(places: Mapping[int, Place], manager_id: int | None) -> Iterator[Place]:
    """Who is asked to read, one after the other: each manager up the line with their deputy, then administrators."""
    seen: set[int] = set()
    while manager_id is not None and manager_id in places and manager_id not in seen:
        seen.add(manager_id)
        manager = places[manager_id]
        yield manager
        if manager.deputy_id is not None and manager.deputy_id in places:
            yield places[manager.deputy_id]
        manager_id = manager.line_manager_id
    yield from (place for place in places.values() if place.role == "administrator")
