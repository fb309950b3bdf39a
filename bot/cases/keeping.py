"""Keeping cases and who takes part in them: by a case list, by a page of the console, by a case system alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from bot.calendar import local_day
from bot.cases.fields import CASE, ROLES, SAME_AS_WORKER
from bot.cases.readers import Unfit
from bot.council import Council
from bot.people import numbers
from bot.refusals import NO_AGE, Problem, Refused, refuse
from bot.talks import interruptions
from store import audit
from store.council import cases, data_notes, events, limits, organisation, participants, planning
from store.council import details as people_details
from store.council.cases import CaseFacts
from store.council.organisation import StaffMember
from store.council.participants import Part
from store.inviting import unasked
from store.session import Session
from surveys.catalogue import Catalogue

LIMITS: Mapping[str, str] = {
    "court_order": "A court order limits contact",
    "separated": "They have separated",
    "unsafe": "It would not be safe",
    "other": "Another reason, given in the note",
}
"""Why what we know of one adult must not reach another of the same case, as staff read it."""


@dataclass(frozen=True)
class CaseDetails:
    """A case as it is told of: its level, its unit, and who holds it.

    Attributes:
        reference: the council's own; at most 40 characters.
        area: in which the district lies; None where nobody says.
        worker_mobile: E.164; no family is ever written to there. None leaves what is known.
    """

    reference: str
    level: str
    service: str
    district: str
    unit: str
    worker_email: str
    worker_name: str
    manager_email: str
    manager_name: str
    area: str | None = None
    worker_mobile: str | None = None


class Kept(NamedTuple):
    """A case that is kept. `has_changed`: something had to be written, about its staff and unit too."""

    case_id: int
    is_new: bool
    has_changed: bool


def keep(session: Session, details: CaseDetails, *, catalogue: Catalogue, council: Council, now: datetime) -> Kept:
    """Keep a case: add it, or let what is told now replace what was kept. Whoever is being asked names no former worker.

    Raises:
        Refused: with everything that is wrong; nothing was changed.
    """
    details = _checked(details)
    known = cases.find(session, details.reference)
    unit_id = organisation.keep_unit(session, details.service, details.district, details.unit)
    news = [bool(details.area) and organisation.keep_area(session, details.district, details.area or "")]
    manager, is_news = _keep_staff(
        session, StaffMember(0, details.manager_name, "manager", None), details.manager_email, now
    )
    wanted = StaffMember(0, details.worker_name, "worker", manager, details.worker_mobile)
    worker, worker_is_news = _keep_staff(session, wanted, details.worker_email, now)
    news += [is_news, worker_is_news]
    facts = CaseFacts(details.level, unit_id, worker)
    if is_new := known is None:
        cases.add(session, details.reference, facts)
        known = cases.find(session, details.reference)
        assert known is not None  # noqa: S101 - it was added in this transaction, or was there before
        cases.hand_over(session, known.id, worker, local_day(now), before=None)
    if known.facts != facts:
        cases.change(session, known.id, facts)
    if (before := known.facts.worker_id) != worker:
        cases.hand_over(session, known.id, worker, local_day(now), before=before)
        interruptions.worker_changed(session, known.id, catalogue=catalogue, council=council, now=now)
    return Kept(known.id, is_new, is_new or known.facts != facts or any(news))


def _checked(details: CaseDetails) -> CaseDetails:
    read: dict[str, str | None] = {}
    problems: list[Problem] = []
    for field, reader in CASE.items():
        value = getattr(details, field)
        if field == "area" and not (value and value.strip()):
            read[field] = None
            continue
        try:
            read[field] = reader(value)
        except Unfit as unfit:
            problems.append(Problem(field, unfit.kind, unfit.instead))
    if not problems and read["worker_email"] == read["manager_email"]:
        problems.append(Problem("manager_email", *SAME_AS_WORKER))
    if problems:
        raise Refused(tuple(problems))
    return CaseDetails(**{**vars(details), **read})


def _keep_staff(session: Session, told: StaffMember, email: str, now: datetime) -> tuple[int, bool]:
    """The id of a member of staff, and whether anything about them was written. Nobody's sign-in role is lowered."""
    known = organisation.find_staff(session, email)
    if is_new := known is None:
        organisation.add_staff(session, email, told.name, told.role)
        known = organisation.find_staff(session, email)
        assert known is not None  # noqa: S101 - it was added in this transaction, or was there before
    wanted = known._replace(
        name=told.name,
        role=told.role if known.role == "worker" else known.role,
        line_manager_id=told.line_manager_id or known.line_manager_id,
        mobile=told.mobile or known.mobile,
    )
    if wanted != known:
        organisation.update_staff(session, wanted)
    if wanted.line_manager_id != known.line_manager_id:
        organisation.hand_over(session, known.id, wanted.line_manager_id, local_day(now))
    if wanted.mobile and wanted.mobile != known.mobile:
        numbers.taken_by_staff(session, wanted.mobile, now)
    return known.id, is_new or wanted != known


def join(
    session: Session,
    case_id: int,
    person_id: int,
    role: str,
    *,
    parental_responsibility: bool | None = None,
    now: datetime,
) -> bool:
    """Let a person take part in a case. The invitations that its stages call for are made when events are next applied.

    Whoever has left may come back. Where it is not said, parental responsibility stays as it was recorded.

    Returns:
        Whether anything has changed.

    Raises:
        Refused: the role is none, there is no such case, they have another role in it, or they are a young person whose age
            nobody knows; nothing was changed.
    """
    if role not in ROLES:
        raise refuse("role", "not one of the choices", f"write one of: {', '.join(ROLES)}")
    if planning.lock_case(session, case_id) is None:
        raise refuse("case", "not known", "add the case first")
    part = participants.find(session, case_id, person_id)
    _check_part(session, part, person_id, role)
    recorded = part.parental_responsibility if part else None
    wanted = Part(role, recorded if parental_responsibility is None else parental_responsibility, None)
    if part is None:
        participants.add(session, case_id, person_id, wanted)
    elif part != wanted:
        participants.change(session, case_id, person_id, wanted)
    if part is None:
        data_notes.settle_of_case(session, case_id, now)
    if part is None or part.left_on is not None:
        events.apply_again(session, case_id)
    return part != wanted


def _check_part(session: Session, part: Part | None, person_id: int, role: str) -> None:
    """What a part may not be: another than the one they have, or a young person's who is new to it and of no known age."""
    if part is not None and part.role != role:
        raise refuse("role", "another than they have in this case", "add them as another person, or correct the role")
    if role != "young_person" or (part is not None and part.left_on is None):
        return
    known = people_details.of(session, person_id)
    if known is not None and not people_details.has_age(known):
        raise Refused([NO_AGE])


def leave(session: Session, case_id: int, person_id: int, *, now: datetime) -> bool:
    """Note that a person takes part in a case no more. They are not asked about it any further, and nothing is said to them.

    What is being asked is stopped when events are next applied.

    Returns:
        False where they have left already, or never took part.
    """
    planning.lock_case(session, case_id)
    part = participants.find(session, case_id, person_id)
    if part is None or part.left_on is not None:
        return False
    participants.change(session, case_id, person_id, part._replace(left_on=local_day(now)))
    events.apply_again(session, case_id)
    return True


def limit_contact(
    session: Session,
    case_id: int,
    person_id: int,
    other_person_id: int,
    reason: str,
    *,
    note: str | None = None,
    staff_id: int | None = None,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> bool:
    """Note that two adults of a case may not learn of each other what we know (scenario 7).

    A number that both have is used for neither of them until a worker has confirmed whose it is; what is being asked of
    them there, or has gone on elsewhere from there, stops without a word.

    Returns:
        False where that is noted already, for that reason.

    Raises:
        Refused: the reason is none, or lacks its note, or they are not two adults of this case; nothing was changed.
    """
    if reason not in LIMITS:
        raise refuse("reason", "not one of the choices", f"write one of: {', '.join(LIMITS)}")
    if reason == "other" and not (note or "").strip():
        raise refuse("note", "blank", "write in a few words why contact is limited")
    for who in (person_id, other_person_id):
        part = participants.find(session, case_id, who)
        if part is None or part.role != "parent_carer" or person_id == other_person_id:
            raise refuse("other_person", "not two adults of this case", "name two parents or carers of the case")
    row = {**_pair(case_id, person_id, other_person_id), "reason": reason, "note": note}
    if limits.add(session, row):
        for line in limits.freeze_shared(session, person_id, other_person_id, "contact_limited"):
            going_on = unasked.being_asked_at(session, (person_id, other_person_id), *line)
            interruptions.stop(
                session,
                going_on,
                data_notes.UNCONFIRMED,
                quietly=True,
                catalogue=catalogue,
                council=council,
                now=now,
            )
    elif not limits.change(session, row):
        return False
    audit.record(session, at=now, staff_id=staff_id, what="limited contact between two adults", subject=str(case_id))
    return True


def end_limit(
    session: Session,
    case_id: int,
    person_id: int,
    other_person_id: int,
    because: str,
    *,
    staff_id: int | None = None,
    now: datetime,
) -> bool:
    """Note that the limit between two adults of a case has ended. A number that rests because of it rests until confirmed.

    Args:
        because: why, in the worker's own words.
        staff_id: who says so; None for another system.

    Returns:
        False where none stood between them.

    Raises:
        Refused: no word why; nothing was changed.
    """
    if not because.strip():
        raise refuse("because", "blank", "write in a few words why contact is limited no more")
    pair = _pair(case_id, person_id, other_person_id)
    if not limits.end(session, pair, on=local_day(now), by=staff_id, because=because.strip()):
        return False
    what = "ended the limit on contact between two adults"
    audit.record(session, at=now, staff_id=staff_id, what=what, subject=str(case_id))
    return True


def _pair(case_id: int, person_id: int, other_person_id: int) -> dict[str, Any]:
    one, other = sorted((person_id, other_person_id))
    return {"case_id": case_id, "person_id": one, "other_person_id": other}
