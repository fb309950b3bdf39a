"""Cases, and who takes part in them, as the case system has them."""

from __future__ import annotations

from bot.cases import keeping
from bot.cases.keeping import CaseDetails
from console.api.models import (
    CaseSaid,
    CaseTold,
    ColleagueTold,
    LimitEnded,
    LimitSaid,
    LimitTold,
    ParticipantTold,
    PartSaid,
)
from console.api.operations import Call, Reply
from console.api.people import person_of
from console.api.problems import missing
from console.api.refusals import as_problem
from store.council import limits
from store.systems import reading
from store.systems.reading import CaseRow


def put_case(call: Call) -> Reply:
    """Keep a case as it is now: new, or changed."""
    said = call.said(CaseSaid)
    details = CaseDetails(
        reference=call.reference,
        level=said.level,
        service=said.service,
        district=said.district,
        unit=said.unit,
        worker_email=said.worker.email,
        worker_name=said.worker.name,
        manager_email=said.manager.email,
        manager_name=said.manager.name,
        area=said.area,
    )
    service = call.service
    with as_problem():
        kept = keeping.keep(call.session, details, catalogue=service.catalogue, council=service.council, now=call.now)
    did = "kept a case" if kept.is_new or kept.has_changed else None
    return Reply(201 if kept.is_new else 200, _told(call, case_of(call)), did=did)


def read_case(call: Call) -> Reply:
    """What is kept of a case."""
    return Reply(200, _told(call, case_of(call)))


def put_participant(call: Call) -> Reply:
    """Keep someone's part in a case."""
    said = call.said(PartSaid)
    case, person = case_of(call), person_of(call, "person_reference")
    with as_problem(birth_date="role"):
        has_changed = keeping.join(
            call.session,
            case.id,
            person.id,
            said.role,
            parental_responsibility=said.parental_responsibility,
            now=call.now,
        )
    return Reply(200, _told(call, case), did="kept who takes part in a case" if has_changed else None)


def drop_participant(call: Call) -> Reply:
    """Note that somebody takes no part in a case any more."""
    case, person = case_of(call), person_of(call, "person_reference")
    has_left = keeping.leave(call.session, case.id, person.id, now=call.now)
    return Reply(204, did="said that somebody has left a case" if has_left else None)


def limit_contact(call: Call) -> Reply:
    """Have two adults of a case learn nothing of each other."""
    said, case = call.said(LimitSaid), case_of(call)
    one, other = person_of(call, "person_reference"), person_of(call, "other_reference")
    with as_problem():
        is_new = keeping.limit_contact(
            call.session,
            case.id,
            one.id,
            other.id,
            said.reason,
            note=said.note,
            catalogue=call.service.catalogue,
            council=call.service.council,
            now=call.now,
        )
    did = f"limited contact between two adults: {said.reason}" if is_new else None
    return Reply(200, _told(call, case), did=did)


def end_limit(call: Call) -> Reply:
    """Note that contact between two adults is limited no more."""
    because, case = call.asked(LimitEnded).because, case_of(call)
    one, other = person_of(call, "person_reference"), person_of(call, "other_reference")
    with as_problem():
        has_ended = keeping.end_limit(call.session, case.id, one.id, other.id, because, now=call.now)
    return Reply(204, did=f"ended a limit on contact: {because}" if has_ended else None)


def case_of(call: Call) -> CaseRow:
    """The case in the path.

    Raises:
        Problem: none of that reference is kept.
    """
    found = reading.case(call.session, call.reference)
    if found is None:
        raise missing("case", "reference")
    return found


def _told(call: Call, case: CaseRow) -> CaseTold:
    manager = None
    if case.manager_email and case.manager_name:
        manager = ColleagueTold(email=case.manager_email, name=case.manager_name)
    return CaseTold(
        reference=case.reference,
        level=case.level,
        status=case.status,
        service=case.service,
        district=case.district,
        unit=case.unit,
        area=case.area,
        worker=ColleagueTold(email=case.worker_email, name=case.worker_name),
        manager=manager,
        participants=[ParticipantTold(**part._asdict()) for part in reading.parts(call.session, case.id)],
        contact_limits=[LimitTold(**limit._asdict()) for limit in limits.of_case(call.session, case.id)],
    )
