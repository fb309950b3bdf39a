"""What waits for an owner, and who sees to it meanwhile (scenario 35: feedback never lands nowhere).

A worker of whom nobody has recorded who leads them has no line manager who would read what families say. Until somebody is
recorded it is read by whoever leads their unit; where nobody does, by whoever leads most of those who lead units in that
district; at last by an administrator. Never by the worker themselves. Each of them reads it in their month's digest, or
their deputy does while they are away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from bot.campaigns.district import best_first
from bot.organisation import READERS, who_reads
from store.council import organisation
from store.inviting import triage
from store.inviting.triage import Lead
from store.session import Database, Session
from store.shown import waiting as rows
from store.shown.waiting import Waiting


def hand_over(database: Database) -> int:
    """Give what has found an owner to that line manager; return how much. A second time it changes nothing."""
    with database.reading() as session:
        found = rows.found_owners(session)
    if found:
        with database.writing() as session:
            for invitation_id, line_manager_id in found.items():
                rows.hand_over(session, invitation_id, line_manager_id)
    return len(found)


def waiting_for(session: Session, staff_id: int, before: datetime, today: date) -> list[Waiting]:
    """What waits for an owner and is somebody's to see to, of all that came before a moment."""
    return [one for one, owner in seen_to(session, before, today) if owner == staff_id]


def seen_to(session: Session, before: datetime, today: date) -> list[tuple[Waiting, int | None]]:
    """All that waits for an owner, each with whoever sees to it; None only where the council has nobody at all."""
    waiting = rows.waiting(session, before)
    if not waiting:
        return []
    places, leads = organisation.places(session, today), best_first(triage.leads(session, today))
    districts, last = rows.districts(session), who_reads(session, None, today)
    led_by = {place.id: place.line_manager_id for place in places.values()}

    def owner(one: Waiting) -> int | None:
        asked = (*_of_unit(leads, one.unit_id), *_of_district(leads, districts, districts[one.unit_id], led_by))
        here = (each for each in asked if places[each].role in READERS and not places[each].has_left)
        return next((each for each in here if each != one.worker_id), last if last != one.worker_id else None)

    return [(one, owner(one)) for one in waiting]


def _of_unit(leads: Iterable[Lead], unit_id: int) -> Iterator[int]:
    return (lead.staff_id for lead in leads if lead.unit_id == unit_id)


def _of_district(
    leads: Iterable[Lead], districts: Mapping[int, str], district: str, led_by: Mapping[int, int | None]
) -> Iterator[int]:
    """Those who lead the leads of a district's units, whoever leads the most of them first."""
    of_leads = {lead.staff_id for lead in leads if districts.get(lead.unit_id) == district}
    above = Counter(boss for each in sorted(of_leads) if (boss := led_by[each]) is not None)
    return (staff_id for staff_id, _ in sorted(above.items(), key=lambda each: (-each[1], each[0])))
