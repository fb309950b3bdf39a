"""Importing a case list: every row on its own, kept whole or refused with all its faults.

A row that is refused changes nothing, and a list that is imported a second time changes nothing. Nothing that stands in
a row is logged or raised. A daily list changes what it names; a full one also ends the part of whoever it no longer names.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from bot.calendar import local_day
from bot.cases import events
from bot.cases.agreement import Agreement
from bot.cases.files import open_case_list
from bot.cases.full import NO_CASE, FullList, reference_in
from bot.cases.keep import Keeper, Kept, Outcome
from bot.cases.rows import CaseRow, Refusal, read_row
from bot.cases.unusable import Unusable
from bot.clock import Clock
from bot.council import Council
from bot.invitations.offering import CHANNEL
from bot.refusals import Refused
from channels.phones import country_of
from store.council import people
from store.inviting import invitations
from store.session import Database, DatabaseFault, Session
from surveys.catalogue import Catalogue

log = logging.getLogger(__name__)

SHARED_BY_MANY = 5
"""A mobile number on more cases than this is rarely a family's: a worker's own, or an office's."""

FAULTS_IN_A_ROW = 5
"""So many rows one after the other that the database cannot keep are no matter of these rows."""

_TRY_AGAIN = "import the file again; if it stays so, tell whoever runs the service"


@dataclass(frozen=True)
class ImportSummary:
    """What an import has done.

    Attributes:
        rows: all rows of the file, those refused included.
        refused: everything wrong in the rows that changed nothing, in the file's order.
        to_be_asked: how many times somebody will be asked about a stage, those who are asked after all among them.
        not_asked: how many times somebody is not asked about a stage, by the reason.
        shared_numbers: mobile numbers, of all that are kept, on more than `SHARED_BY_MANY` cases.
        numbers_abroad: mobile numbers of the file's that are not of the council's country.
        no_longer_planned: how many stages and other events still to come the list lacks that an earlier one had told of.
        gone_cases: in a full list, the references of cases that it no longer names.
        left: how many people take part in a case no more, since a full list no longer names them there; None where that
            could not be told, for a row does not say of which case it is.
    """

    rows: int
    added: int
    changed: int
    unchanged: int
    refused: list[Refusal]
    to_be_asked: int
    not_asked: Mapping[str, int]
    shared_numbers: int
    numbers_abroad: int
    no_longer_planned: int = 0
    gone_cases: Sequence[str] = ()
    left: int | None = 0

    @property
    def invitations(self) -> int:
        """How many invitations were made or opened again, whether they lead to a question or not."""
        return self.to_be_asked + sum(self.not_asked.values())

    @property
    def refused_rows(self) -> int:
        """How many rows were refused; one row may have several faults."""
        return self.rows - self.added - self.changed - self.unchanged


def import_case_list(
    path: Path,
    *,
    database: Database,
    catalogue: Catalogue,
    council: Council,
    clock: Clock,
    is_full: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _rows: None,
) -> ImportSummary:
    """Import a case list.

    Args:
        is_full: it names every case that there is, and everyone who takes part in one; else it changes only what it names.
        progress: called after each row with how many are done and how many there are.

    Raises:
        UnreadableCaseList: the file is not a case list; nothing was changed.
        TooManyGone: it is to be full and lacks more than a tenth of the open cases; nothing was changed.
        DatabaseFault: the database failed on `FAULTS_IN_A_ROW` rows in a row, or at the end. Rows that were kept stay.
    """
    case_list = open_case_list(path)
    now = clock.now()
    full = FullList(database, case_list) if is_full else None
    run = _Run(database, catalogue, council, now)
    for done, record in enumerate(case_list, start=1):
        if isinstance(record, Refusal):
            run.take([record], NO_CASE, {})
        else:
            row = read_row(record.values, record.line, local_day(now))
            run.take(row, reference_in(record), record.values)
        progress(done, case_list.rows)
    left = full.leave_out(run.seen, run.unsure, now) if full else 0
    return replace(run.finish(case_list.rows), gone_cases=full.gone if full else (), left=left)


class _Follows(TypedDict):
    """What everything that follows from a case's events needs."""

    catalogue: Catalogue
    council: Council
    now: datetime


class _Run:
    """One import as it goes on."""

    def __init__(self, database: Database, catalogue: Catalogue, council: Council, now: datetime) -> None:
        self._database = database
        self._follows: _Follows = {"catalogue": catalogue, "council": council, "now": now}
        self._country = council.country
        self._abroad: set[str] = set()
        self._keeper = Keeper(**self._follows)
        self._agreement = Agreement()
        self._unusable = Unusable()
        self._outcomes: Counter[Outcome] = Counter()
        self._refused: list[Refusal] = []
        self._reopened = 0
        self._dropped = 0
        with database.reading() as session:
            self._latest_before = invitations.latest_id(session)
        self._faults_in_a_row = 0
        self._told_of: set[str] = set()
        self.seen: set[tuple[int, int]] = set()
        self.unsure: set[str] = set()
        """Cases of which a row was refused: who is on them, the list does not say for certain."""

    def take(self, row: CaseRow | list[Refusal], reference: str, values: Mapping[str, str]) -> None:
        """Keep a row in a transaction of its own, or note why not. `values`: its text by column."""
        refusals = self._agreement.refusals(row) if isinstance(row, CaseRow) else row
        if refusals or not isinstance(row, CaseRow):
            self._refuse(refusals, reference, values)
            return
        try:
            kept = self._database.transact(lambda session: self._keep(session, row))
        except DatabaseFault as fault:
            self._note_fault(row, fault)
            return
        except Refused as refused:
            self._refuse([Refusal(row.line, *problem) for problem in refused.problems], reference, values)
            return
        self._faults_in_a_row = 0
        self._agreement.note(row, kept.person_id)
        self._outcomes[kept.outcome] += 1
        self._reopened += kept.reopened
        self._dropped += kept.dropped
        self.seen.add((kept.case_id, kept.person_id))
        if kept.has_news:
            self._told_of.add(row.reference)
        if row.mobile and country_of(row.mobile) != self._country:
            self._abroad.add(row.mobile)

    def _keep(self, session: Session, row: CaseRow) -> Kept:
        """Keep a row, unless another of the same person has said otherwise: only now is it known whose it is."""
        kept = self._keeper.keep(session, row, has_news=row.reference in self._told_of)
        if problems := self._agreement.problems_with(row, kept.person_id):
            raise Refused(problems)
        return kept

    def _refuse(self, refusals: list[Refusal], reference: str, values: Mapping[str, str]) -> None:
        self._refused += refusals
        self._unusable.look(refusals, values)
        self.unsure.add(reference)

    def _note_fault(self, row: CaseRow, fault: DatabaseFault) -> None:
        """Refuse a row that the database could not keep; its fault may hold what stands there, so only its kind is told."""
        self._faults_in_a_row += 1
        if self._faults_in_a_row == FAULTS_IN_A_ROW:
            raise fault
        kind = f"the database could not keep it ({type(fault).__name__})"
        self._refuse([Refusal(row.line, "row", kind, _TRY_AGAIN)], row.reference, {})

    def finish(self, rows: int) -> ImportSummary:
        """Do what follows from what the list has told, for those too who are not in it, and sum up."""
        kept = {person_id for _, person_id in self.seen}
        self._database.transact(lambda session: self._unusable.note(session, kept, self._follows["now"]))
        while events.apply_due(self._database, **self._follows):
            pass
        with self._database.reading() as session:
            made = invitations.made_since(session, self._latest_before)
            shared = people.addresses_of_many_cases(session, CHANNEL, SHARED_BY_MANY)
        summary = ImportSummary(
            rows=rows,
            added=self._outcomes[Outcome.ADDED],
            changed=self._outcomes[Outcome.CHANGED],
            unchanged=self._outcomes[Outcome.UNCHANGED],
            refused=self._refused,
            to_be_asked=made.get(None, 0) + self._reopened,
            not_asked={reason: number for reason, number in made.items() if reason is not None},
            shared_numbers=shared,
            numbers_abroad=len(self._abroad),
            no_longer_planned=self._dropped,
        )
        log.debug("cases: %d rows read, %d refused", summary.rows, summary.refused_rows)
        return summary
