"""Keeping cases and people by hand."""

from __future__ import annotations

from bot.access import Viewer
from bot.by_hand.given import CaseGiven, Fault, NotKept, PersonGiven, by, told, told_by_field
from bot.cases import keeping
from bot.people import keeping as persons
from bot.people.again import look_again
from bot.people.recognising import known_elsewhere
from bot.service import Service
from bot.shown.caseload_view import sight_of
from channels.phones import BadNumber, parse_mobile
from store import audit
from store.council import cases, data_notes
from store.session import Session
from store.shown import caseload, coverage
from store.shown.caseload import PersonRow

_KNOWN = (
    "somebody of that name is kept here with that number: tick that it is them, or tell the two apart, such as Sam B"
)


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
        has_changed = persons.change(session, known.id, details, **by(service, viewer))
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
            return persons.add(session, details, **by(service, viewer))
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
