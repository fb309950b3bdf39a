"""Cases as those who work on them see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.access import Viewer
from bot.cases import events
from store.session import Session
from store.shown import caseload
from store.shown.caseload import AddressRow, CaseRow, EventRow, PersonRow, Sight

CASES_A_PAGE = 50


@dataclass(frozen=True)
class CaseSeen:
    """A case as its page shows it."""

    case: CaseRow
    people: list[PersonRow]
    addresses: Mapping[int, list[AddressRow]]
    events: list[EventRow]
    reviews: Mapping[int, int]

    def person(self, person_id: int) -> PersonRow | None:
        """One of its people."""
        return next((person for person in self.people if person.id == person_id), None)

    def event(self, event_id: int) -> EventRow | None:
        """One of its events that was not withdrawn."""
        return next((one for one in self.events if one.id == event_id and one.withdrawn_at is None), None)


def sight_of(viewer: Viewer) -> Sight:
    """Whose cases somebody works on: their own; those too of the workers they lead, or whose line manager they stand in for;
    or all.

    Raises:
        PermissionError: they work on no cases.
    """
    sights = {
        "worker": Sight(own_of=viewer.staff_id),
        "manager": Sight(own_of=viewer.staff_id, led_by=viewer.managers),
        "administrator": Sight(),
    }
    if viewer.role not in sights:
        raise PermissionError(viewer.role)
    return sights[viewer.role]


def look_at(session: Session, viewer: Viewer, case_id: int) -> CaseSeen | None:
    """A case with everything about it; None where there is none that they may see."""
    case = caseload.case(session, sight_of(viewer), case_id)
    if case is None:
        return None
    people = caseload.people(session, case_id)
    addresses: dict[int, list[AddressRow]] = {person.id: [] for person in people}
    for address in caseload.addresses(session, list(addresses)):
        addresses[address.person_id].append(address)
    reviews = events.review_numbers(session, case_id)
    return CaseSeen(case, people, addresses, caseload.events(session, case_id), reviews)


def listing(session: Session, viewer: Viewer, search: str, after: str | None) -> tuple[list[CaseRow], str | None]:
    """A page of the cases that somebody works on, and behind which one the next page begins; None on the last."""
    found = caseload.cases(session, sight_of(viewer), search, after, CASES_A_PAGE + 1)
    shown = found[:CASES_A_PAGE]
    return shown, shown[-1].reference if len(found) > CASES_A_PAGE else None
