"""Keeping one row of a case list: its unit and staff, its case, its person, and the invitations its stages call for.

The file is the council's record, so what it says replaces what was kept, with three exceptions. A stage is never taken
away, only moved where its date was wrong. Nobody's role is lowered. A number that was closed for another reason than an
earlier list (it turned out to be somebody else's, say) stays closed, however often a list repeats it.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from bot.calendar import local_day
from bot.cases.rows import CaseRow, Colleague
from bot.cases.stages import KeptStage, differences
from bot.council import Council
from bot.invitations.offering import CHANNEL, StageReached, Unasked, offer, reconsider
from bot.respondents import Respondent
from bot.talks.interruptions import case_closed, worker_changed
from bot.talks.ways import IN_ORDER
from store import audit
from store.council import cases, organisation, people
from store.council.cases import CaseFacts, Concerned
from store.council.organisation import StaffMember
from store.council.people import Address, PersonFacts
from store.session import Session
from surveys.catalogue import Catalogue

REPLACED = "replaced"
REMOVED = "removed"
_CLOSED_BY_A_LIST = {REPLACED, REMOVED}


class Outcome(Enum):
    """What a row has done."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Kept(NamedTuple):
    """A row that has been kept."""

    outcome: Outcome
    made: int
    reopened: int


class _Holders(NamedTuple):
    """Whose case it is; `has_changed` where a unit or a member of staff had to be written."""

    unit_id: int
    worker_id: int
    line_manager_id: int
    has_changed: bool


class _Stages(NamedTuple):
    """What was done to a case's stages: the ids of those that were moved, and whether somebody is to be invited."""

    moved: frozenset[int]
    to_offer: bool
    has_changed: bool


class Keeper:
    """Keeps the rows of one list, each in the transaction it is given.

    It remembers units and staff. If a transaction fails, throw it away: what it remembers may not have been kept.
    """

    def __init__(self, catalogue: Catalogue, council: Council, now: datetime) -> None:
        self._catalogue = catalogue
        self._council = council
        self._now = now
        self._units: dict[tuple[str, str, str], int] = {}
        self._staff: dict[str, StaffMember] = {}

    def keep(self, session: Session, row: CaseRow) -> Kept:
        """Keep one row, and offer what its stages call for."""
        holders = self._keep_holders(session, row)
        case_id, case_changed = self._keep_case(session, row, holders)
        known = people.find(session, case_id, row.role, row.name)
        person_id = known.id if known else _add_person(session, row, case_id)
        person_changed = known is not None and _change_person(session, person_id, known.facts, row)
        mobile_changed = _keep_mobile(session, person_id, row.mobile)
        stages = self._keep_stages(session, row, case_id, person_id)
        made = self._offer(session, cases.uninvited_of(session, IN_ORDER, case_id, person_id)) if stages.to_offer else 0
        has_changed, reopened = person_changed or mobile_changed, 0
        if has_changed or stages.moved:
            reopened = self._reconsider(session, case_id, person_id if has_changed else None, stages.moved)
        if known is None:
            return Kept(Outcome.ADDED, made, reopened)
        changes = (holders.has_changed, case_changed, has_changed, stages.has_changed, made + reopened > 0)
        return Kept(Outcome.CHANGED if any(changes) else Outcome.UNCHANGED, made, reopened)

    def offer_to_the_rest(self, session: Session, at_most: int) -> int:
        """Offer to people who are on a case but not in the list what the case's new stages call for.

        Returns:
            How many invitations were made; 0 where nobody was left.
        """
        return self._offer(session, cases.uninvited(session, IN_ORDER, at_most))

    def _offer(self, session: Session, left: list[Concerned]) -> int:
        made = 0
        for respondent, theirs in groupby(left, _respondent):
            reached = [_reached(concerned) for concerned in theirs]
            made += offer(session, respondent, reached, catalogue=self._catalogue, council=self._council, now=self._now)
        return made

    def _reconsider(self, session: Session, case_id: int, person_id: int | None, moved: frozenset[int]) -> int:
        """Look anew at those who have not been asked: this person, and everyone about a stage that has moved."""
        reopened = 0
        for left in cases.unasked(session, IN_ORDER, case_id):
            has_moved = left.concerned.stage_event_id in moved
            if has_moved or left.concerned.person_id == person_id:
                reopened += reconsider(
                    session,
                    Unasked(left.invitation_id, left.status, left.not_asked_because, has_moved=has_moved),
                    _respondent(left.concerned),
                    _reached(left.concerned),
                    catalogue=self._catalogue,
                    council=self._council,
                    now=self._now,
                )
        return reopened

    def _keep_stages(self, session: Session, row: CaseRow, case_id: int, person_id: int) -> _Stages:
        """Add the stages that are new, and move those whose date is another now."""
        kept = cases.stages_for(session, case_id, person_id)
        found = differences([KeptStage(stage.id, stage.stage, stage.happened_on) for stage in kept], row.stages)
        for wrong, day in found.corrections:
            cases.move_stage(session, wrong.id, day)
            what = f"a case list corrected the date of a {wrong.stage}: {wrong.happened_on} became {day}"
            audit.record(session, at=self._now, staff_id=None, what=what, subject=row.reference)
        if found.new:
            cases.add_stages(session, case_id, found.new)
        if any(stage == "closure" and day <= local_day(self._now) for stage, day in found.new):
            case_closed(session, case_id, catalogue=self._catalogue, council=self._council, now=self._now)
        return _Stages(
            moved=frozenset(correction.kept.id for correction in found.corrections),
            to_offer=bool(found.new) or not all(stage.is_invited for stage in kept),
            has_changed=bool(found.new or found.corrections),
        )

    def _keep_case(self, session: Session, row: CaseRow, holders: _Holders) -> tuple[int, bool]:
        """The case's id, and whether anything about it was written. Whoever is being asked is told of a new worker."""
        facts = CaseFacts(row.level, holders.unit_id, holders.worker_id)
        known = cases.find(session, row.reference)
        if is_new := known is None:
            cases.add(session, row.reference, facts)
            known = cases.find(session, row.reference)
            assert known is not None  # noqa: S101 - it was added in this transaction, or was there before
        has_changed = known.facts != facts
        if has_changed:
            cases.change(session, known.id, facts)
        if known.facts.worker_id != facts.worker_id:
            worker_changed(session, known.id, catalogue=self._catalogue, council=self._council, now=self._now)
        return known.id, is_new or has_changed

    def _keep_holders(self, session: Session, row: CaseRow) -> _Holders:
        unit = (row.service, row.district, row.unit)
        if unit not in self._units:
            self._units[unit] = organisation.keep_unit(session, *unit)
        manager, manager_changed = self._keep_staff(session, row.line_manager, "manager", None)
        worker, worker_changed = self._keep_staff(session, row.worker, "worker", manager.id)
        return _Holders(self._units[unit], worker.id, manager.id, manager_changed or worker_changed)

    def _keep_staff(
        self, session: Session, colleague: Colleague, role: str, manager_id: int | None
    ) -> tuple[StaffMember, bool]:
        """The member of staff, and whether anything about them was written."""
        known = self._staff.get(colleague.email) or organisation.find_staff(session, colleague.email)
        if is_new := known is None:
            organisation.add_staff(session, colleague.email, colleague.name, role)
            known = organisation.find_staff(session, colleague.email)
            assert known is not None  # noqa: S101 - it was added in this transaction, or was there before
        wanted = known._replace(
            name=colleague.name,
            role=role if known.role == "worker" else known.role,
            line_manager_id=manager_id or known.line_manager_id,
        )
        if wanted != known:
            organisation.update_staff(session, wanted)
        self._staff[colleague.email] = wanted
        return wanted, is_new or wanted != known


def _facts(row: CaseRow) -> PersonFacts:
    return PersonFacts(row.birth_date, row.age_band, row.language, row.safe_contact, row.safe_contact_note)


def _add_person(session: Session, row: CaseRow, case_id: int) -> int:
    person_id = people.add(session, row.name, _facts(row))
    cases.add_participant(session, case_id, person_id, row.role)
    return person_id


def _change_person(session: Session, person_id: int, known: PersonFacts, row: CaseRow) -> bool:
    facts = _facts(row)
    if facts == known:
        return False
    people.change(session, person_id, facts)
    return True


def _keep_mobile(session: Session, person_id: int, mobile: str | None) -> bool:
    """Whether anything about the person's numbers was written."""
    known = people.addresses(session, person_id, CHANNEL)
    same = next((point for point in known if point.address == mobile), None)
    if same and same.closed_because and same.closed_because not in _CLOSED_BY_A_LIST:
        return False
    others = [point for point in known if point.address != mobile and point.closed_because is None]
    for point in others:
        people.mark_address(session, point.id, REPLACED if mobile else REMOVED)
    is_written = _open_mobile(session, person_id, mobile, same)
    return bool(others) or is_written


def _open_mobile(session: Session, person_id: int, mobile: str | None, known: Address | None) -> bool:
    if mobile is None or (known and known.closed_because is None):
        return False
    if known:
        people.mark_address(session, known.id, None)
    else:
        people.add_address(session, person_id, CHANNEL, mobile)
    return True


def _respondent(concerned: Concerned) -> Respondent:
    return Respondent(
        person_id=concerned.person_id,
        audience=concerned.role,
        birth_date=concerned.birth_date,
        age_band=concerned.age_band,
        safe_contact=concerned.safe_contact,
        has_mobile=concerned.has_mobile,
    )


def _reached(concerned: Concerned) -> StageReached:
    return StageReached(
        case_id=concerned.case_id,
        stage_event_id=concerned.stage_event_id,
        stage=concerned.stage,
        happened_on=concerned.happened_on,
        worker_id=concerned.worker_id,
        line_manager_id=concerned.line_manager_id,
        unit_id=concerned.unit_id,
    )
