"""Keeping people, cases and what happens in them by hand: everything at once, or nothing.

Whatever is wrong is raised as `NotKept`, with the field that it is about; the caller's transaction must end with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bot.access import Viewer
from bot.cases import keeping
from bot.people import alone, barring, confirming
from bot.people import keeping as persons
from bot.people.again import look_again
from bot.people.recognising import known_elsewhere
from bot.refusals import Refused
from bot.service import Service
from bot.shown.caseload_view import sight_of
from channels.phones import BadNumber, parse_mobile
from store import audit
from store.council import cases, data_notes
from store.session import Session
from store.shown import caseload, coverage
from store.shown.caseload import AddressRow, PersonRow
from surveys.stages import AgeBand

_KNOWN = (
    "somebody of that name is kept here with that number: tick that it is them, or tell the two apart, such as Sam B"
)


class Fault(NamedTuple):
    """What is wrong in which field, and what to write instead."""

    field: str
    instead: str


class NotKept(ValueError):
    """Nothing is kept, for these reasons."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.field for fault in self.faults))


@dataclass(frozen=True)
class CaseGiven:
    """A new case as somebody gives it; unit and worker are ids."""

    reference: str
    level: str
    unit_id: int
    worker_id: int


@dataclass(frozen=True)
class PersonGiven:
    """A person as somebody gives them; numbers and addresses as they were typed, each on a line of its own.

    `is_known`: whoever is kept already by that role, name, birth date and number is meant, and stays as they are kept.
    """

    role: str
    parental_responsibility: bool | None
    name: str
    birth_date: date | None
    age_band: AgeBand | None
    language: str
    easy_read: bool
    safe_contact: str
    safe_contact_note: str
    preferred_channel: str | None
    mobiles: str
    emails: str
    is_known: bool = False


def add_case(session: Session, service: Service, viewer: Viewer, case: CaseGiven, person: PersonGiven) -> int:
    """Keep a new case with its first person; return its id.

    Raises:
        NotKept: with everything that is wrong with either.
    """
    faults: list[Fault] = []
    case_id, person_id = None, None
    try:
        case_id = _keep_case(session, service, viewer, case)
    except NotKept as wrong:
        faults += wrong.faults
    try:
        person_id = _keep_person(session, service, viewer, person)
    except NotKept as wrong:
        faults += wrong.faults
    if case_id is None or person_id is None:
        raise NotKept(faults)
    _join(session, service, case_id, person_id, person)
    return case_id


def add_person(session: Session, service: Service, viewer: Viewer, case_id: int, person: PersonGiven) -> int:
    """Keep another person of a case; return their id.

    Raises:
        NotKept: with everything that is wrong.
    """
    person_id = _keep_person(session, service, viewer, person)
    _join(session, service, case_id, person_id, person)
    return person_id


def change_person(session: Session, service: Service, viewer: Viewer, known: PersonRow, given: PersonGiven) -> bool:
    """Keep what is known of a person now, and offer what may be asked by now; return whether anything has changed.

    Raises:
        NotKept: with everything that is wrong.
    """
    details = _details(given, service.council.country, known.reference)
    with told_by_field():
        has_changed = persons.change(session, known.id, details, **_by(service, viewer))
    data_notes.settle_refused(session, [known.id], service.clock.now())
    if has_changed:
        look_again(session, known.id, **told(service))
    return _keep_responsibility(session, service, viewer, known, given) or has_changed


def _keep_responsibility(
    session: Session, service: Service, viewer: Viewer, known: PersonRow, given: PersonGiven
) -> bool:
    """Keep whether somebody who takes part has parental responsibility; what nobody says stays as it was recorded."""
    said, now = given.parental_responsibility, service.clock.now()
    if said is None or said == known.parental_responsibility or known.left_on is not None:
        return False
    keeping.join(session, known.case_id, known.id, known.role, parental_responsibility=said, now=now)
    what = f"noted parental responsibility: {'yes' if said else 'no'}"
    audit.record(session, at=now, staff_id=viewer.staff_id, what=what, subject=f"person {known.id}")
    return True


def decide_alone(session: Session, service: Service, viewer: Viewer, person_id: int, *, may: bool, why: str) -> None:
    """Keep whether somebody of 11 to 15 can take part alone.

    Raises:
        NotKept: no reason is given.
    """
    with told_by_field():
        alone.decide(session, person_id, may=may, why=why, staff_id=viewer.staff_id, **told(service))


def bar(session: Session, service: Service, viewer: Viewer, person_id: int, reason: str, note: str) -> None:
    """Let nobody write to a person from now on.

    Raises:
        NotKept: the reason needs a note.
    """
    with told_by_field():
        said = note.strip() or None
        barring.bar(session, person_id, reason, note=said, staff_id=viewer.staff_id, **told(service))


def lift(session: Session, service: Service, viewer: Viewer, person_id: int) -> bool:
    """Let people write to somebody again; False where nothing stood in the way."""
    return barring.lift(session, person_id, staff_id=viewer.staff_id, **told(service))


def leave(session: Session, service: Service, viewer: Viewer, case_id: int, person_id: int) -> bool:
    """Note that somebody takes part in a case no more; False where they have left already."""
    now = service.clock.now()
    has_left = keeping.leave(session, case_id, person_id, now=now)
    if has_left:
        what = "noted that somebody takes part in a case no more"
        audit.record(session, at=now, staff_id=viewer.staff_id, what=what, subject=f"person {person_id}")
    return has_left


def limit(
    session: Session, service: Service, viewer: Viewer, case_id: int, pair: tuple[int, int], reason: str, note: str
) -> bool:
    """Note that two adults of a case may not learn of each other what we know; False where that is noted already.

    Raises:
        NotKept: they are not two adults of the case.
    """
    said, now = note.strip() or None, service.clock.now()
    with told_by_field():
        return keeping.limit_contact(
            session,
            case_id,
            *pair,
            reason,
            note=said,
            staff_id=viewer.staff_id,
            catalogue=service.catalogue,
            council=service.council,
            now=now,
        )


def end_limit(
    session: Session, service: Service, viewer: Viewer, case_id: int, pair: tuple[int, int], because: str
) -> bool:
    """Note that contact between two adults of a case is limited no more; False where it was not.

    Raises:
        NotKept: no reason is given.
    """
    with told_by_field():
        now = service.clock.now()
        return keeping.end_limit(session, case_id, *pair, because, staff_id=viewer.staff_id, now=now)


def confirm(session: Session, service: Service, viewer: Viewer, address: AddressRow) -> bool:
    """Keep that an address is theirs; False where it can be used no more."""
    return confirming.confirm(
        session,
        address.person_id,
        address.channel,
        address.address,
        staff_id=viewer.staff_id,
        **told(service),
    )


def _keep_case(session: Session, service: Service, viewer: Viewer, given: CaseGiven) -> int:
    reference = given.reference.strip()
    worker = next((one for one in caseload.workers(session, sight_of(viewer)) if one.id == given.worker_id), None)
    unit = next((one for one in coverage.units(session) if one.id == given.unit_id), None)
    if worker is None or unit is None:
        raise NotKept([Fault("worker" if worker is None else "unit", "choose one from the list")])
    if cases.find(session, reference) is not None:
        raise NotKept([Fault("reference", "this reference is taken: look for the case, or write the right reference")])
    details = keeping.CaseDetails(
        reference=reference,
        level=given.level,
        service=unit.service,
        district=unit.district,
        unit=unit.name,
        worker_email=worker.email,
        worker_name=worker.name,
        manager_email=worker.manager_email,
        manager_name=worker.manager,
    )
    with told_by_field():
        return keeping.keep(session, details, **told(service)).case_id


def _keep_person(session: Session, service: Service, viewer: Viewer, given: PersonGiven) -> int:
    details = _details(given, service.council.country, None)
    person_id = known_elsewhere(session, given.role, details.name, details.birth_date, details.mobiles)
    if person_id is None:
        with told_by_field():
            return persons.add(session, details, **_by(service, viewer))
    if not given.is_known:
        raise NotKept([Fault("is_known", _KNOWN)])
    who, now = f"person {person_id}", service.clock.now()
    audit.record(session, at=now, staff_id=viewer.staff_id, what="added to a case somebody known already", subject=who)
    return person_id


def _join(session: Session, service: Service, case_id: int, person_id: int, person: PersonGiven) -> None:
    has_responsibility, now = person.parental_responsibility, service.clock.now()
    with told_by_field():
        keeping.join(session, case_id, person_id, person.role, parental_responsibility=has_responsibility, now=now)


def _details(given: PersonGiven, country: str, reference: str | None) -> persons.PersonDetails:
    return persons.PersonDetails(
        name=given.name,
        birth_date=given.birth_date,
        age_band=given.age_band,
        language=given.language,
        easy_read=given.easy_read,
        safe_contact=given.safe_contact,
        safe_contact_note=given.safe_contact_note.strip() or None,
        preferred_channel=given.preferred_channel,
        mobiles=tuple(_mobile(line, country) for line in given.mobiles.splitlines() if line.strip()),
        emails=tuple(line.strip() for line in given.emails.splitlines() if line.strip()),
        reference=reference,
    )


def _mobile(line: str, country: str) -> str:
    try:
        return parse_mobile(line.strip(), country)
    except BadNumber as wrong:
        raise NotKept([Fault("mobiles", wrong.explanation)]) from None


@contextmanager
def told_by_field() -> Iterator[None]:
    """Tell what the rules refuse by the fields of a form."""
    try:
        yield
    except Refused as refused:
        raise NotKept(Fault(problem.field, problem.instead) for problem in refused.problems) from None


def _by(service: Service, viewer: Viewer) -> dict[str, Any]:
    return {"now": service.clock.now(), "staff_id": viewer.staff_id, "desk": service.council.duty.mobile}


def told(service: Service) -> dict[str, Any]:
    """What whatever follows must know of."""
    return {"catalogue": service.catalogue, "council": service.council, "now": service.clock.now()}
