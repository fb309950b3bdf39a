"""Keeping one row of a case list: its case, its person, and what has happened in the case. What follows is done at the end.

The file is the council's record, so what it says replaces what was kept, with three exceptions. A stage that was reached is
never taken away, only moved where its date was wrong; one that a list has planned is dropped where a later one no longer has
it. Nobody's role is lowered. A number that was closed for another reason than an earlier list (it turned out to be somebody
else's, say) stays closed, however often a list repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple, cast

from bot.calendar import local_day
from bot.cases import events, keeping
from bot.cases.keeping import CaseDetails
from bot.cases.persons import keep_person
from bot.cases.rows import CaseRow
from bot.cases.stages import Differences, KeptStage, StageDay, differences
from bot.cases.timeline import Kind
from bot.council import Council
from bot.people.again import look_again
from store import audit
from store.council import events as rows
from store.council.events import KeptEvent
from store.session import Session
from surveys.catalogue import Catalogue


class Outcome(Enum):
    """What a row has done."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Kept(NamedTuple):
    """A row that has been kept.

    Attributes:
        has_news: it has told of an event that nobody had told of.
        reopened: by how many invitations somebody will be asked after all.
        dropped: how many events that earlier lists had planned it no longer does.
    """

    outcome: Outcome
    case_id: int
    person_id: int
    has_news: bool
    reopened: int
    dropped: int


class _Changes(NamedTuple):
    """What a row has changed of the events of its case. `reopened`: how many people will be asked about one after all."""

    new: bool
    corrected: bool
    dropped: int
    reopened: int


class Keeper:
    """Keeps the rows of one list, each in the transaction it is given."""

    def __init__(self, catalogue: Catalogue, council: Council, now: datetime) -> None:
        self._catalogue = catalogue
        self._council = council
        self._now = now

    def keep(self, session: Session, row: CaseRow, *, has_news: bool = False) -> Kept:
        """Keep one row; what follows from its stages is done by `bot.cases.events.apply_due`.

        Args:
            has_news: an earlier row of the list has told of something new in this case.

        Raises:
            Refused: something in it cannot be kept; the transaction is to be given up.
        """
        case = keeping.keep(session, _details(row), catalogue=self._catalogue, council=self._council, now=self._now)
        told = self._keep_events(session, row, case.case_id)
        reopened = told.reopened
        person = keep_person(session, row, case.case_id, self._now, self._council.duty.mobile)
        has_joined = keeping.join(
            session,
            case.case_id,
            person.person_id,
            row.role,
            parental_responsibility=row.parental_responsibility,
            now=self._now,
        )
        if person.has_changed and not person.is_new:
            reopened += look_again(
                session, person.person_id, catalogue=self._catalogue, council=self._council, now=self._now
            )
        if person.is_new:
            outcome = Outcome.ADDED
        else:
            changes = (case.has_changed, person.has_changed, has_joined, has_news, *told, reopened)
            outcome = Outcome.CHANGED if any(changes) else Outcome.UNCHANGED
        return Kept(outcome, case.case_id, person.person_id, told.new, reopened, told.dropped)

    def _keep_events(self, session: Session, row: CaseRow, case_id: int) -> _Changes:
        """Keep what the row tells of events, move what it corrects, and forget what it no longer plans."""
        kept = rows.of_case(session, case_id)
        found = _differences(kept, row.stages)
        dropped = self._drop(session, row, kept, found)
        reopened = 0
        for wrong, day in found.corrections:
            reopened += events.correct(
                session, wrong.id, day, catalogue=self._catalogue, council=self._council, now=self._now
            )
            self._log(session, row, f"corrected the date of a {wrong.stage}: {wrong.happened_on} became {day}")
        for stage, day in found.new:
            events.record(session, case_id, stage, day, is_listed=True, now=self._now)
        return _Changes(bool(found.new), bool(found.corrections), dropped, reopened)

    def _drop(self, session: Session, row: CaseRow, kept: Sequence[KeptEvent], found: Differences) -> int:
        """Forget what earlier lists had planned and this one no longer does; return how many events."""
        stays = {(reached.stage, reached.happened_on) for reached in row.stages}
        corrected, today = {correction.kept.id for correction in found.corrections}, local_day(self._now)
        gone = [
            event
            for event in kept
            if row.stages
            and event.is_listed
            and not event.is_withdrawn
            and event.happened_on > today
            and event.id not in corrected
            and (event.stage, event.happened_on) not in stays
            and rows.drop(session, event.id)
        ]
        for event in gone:
            self._log(session, row, f"no longer plans a {event.stage} on {event.happened_on}")
        return len(gone)

    def _log(self, session: Session, row: CaseRow, did: str) -> None:
        audit.record(session, at=self._now, staff_id=None, what=f"a case list {did}", subject=row.reference)


def _differences(kept: Sequence[KeptEvent], listed: Sequence[StageDay]) -> Differences:
    """What a list says beyond what is kept. It brings back nothing that was withdrawn, but may move there its own."""
    withdrawn = {(event.stage, event.happened_on) for event in kept if event.is_withdrawn}
    from_lists = {event.id for event in kept if event.is_listed}
    standing = [
        KeptStage(event.id, cast("Kind", event.stage), event.happened_on) for event in kept if not event.is_withdrawn
    ]
    found = differences(standing, listed)
    return Differences(
        [
            correction
            for correction in found.corrections
            if correction.kept.id in from_lists or (correction.kept.stage, correction.happened_on) not in withdrawn
        ],
        [reached for reached in found.new if reached not in withdrawn],
    )


def _details(row: CaseRow) -> CaseDetails:
    return CaseDetails(
        reference=row.reference,
        level=row.level,
        service=row.service,
        district=row.district,
        unit=row.unit,
        worker_email=row.worker.email,
        worker_name=row.worker.name,
        manager_email=row.line_manager.email,
        manager_name=row.line_manager.name,
        area=row.area,
        worker_mobile=row.worker_mobile,
    )
