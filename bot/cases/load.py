"""Importing a case list: every row on its own, kept whole or refused with all its faults.

A row that is refused changes nothing, and a list that is imported a second time changes nothing. Nothing that stands in
a row is logged or raised.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.calendar import local_day
from bot.cases.agreement import Agreement
from bot.cases.files import open_case_list
from bot.cases.keep import Keeper, Outcome
from bot.cases.rows import CaseRow, Refusal, read_row
from bot.clock import Clock
from bot.council import Council
from bot.invitations.offering import CHANNEL
from channels.phones import country_of
from store.council import people
from store.inviting import invitations
from store.session import Database, DatabaseFault
from surveys.catalogue import Catalogue

log = logging.getLogger(__name__)

SHARED_BY_MANY = 5
"""A mobile number on more cases than this is rarely a family's: a worker's own, or an office's."""

FAULTS_IN_A_ROW = 5
"""So many rows one after the other that the database cannot keep are no matter of these rows."""

_AT_ONCE = 200
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
    progress: Callable[[int, int], None] = lambda _done, _rows: None,
) -> ImportSummary:
    """Import a case list.

    Args:
        progress: called after each row with how many are done and how many there are.

    Raises:
        UnreadableCaseList: the file is not a case list; nothing was changed.
        DatabaseFault: the database failed on `FAULTS_IN_A_ROW` rows in a row, or at the end. Rows that were kept stay.
    """
    case_list = open_case_list(path)
    now = clock.now()
    run = _Run(database, lambda: Keeper(catalogue, council, now), council.country)
    for done, record in enumerate(case_list, start=1):
        run.take([record] if isinstance(record, Refusal) else read_row(record.values, record.line, local_day(now)))
        progress(done, case_list.rows)
    return run.finish(case_list.rows)


class _Run:
    """One import as it goes on."""

    def __init__(self, database: Database, new_keeper: Callable[[], Keeper], country: str) -> None:
        self._database = database
        self._country = country
        self._abroad: set[str] = set()
        self._new_keeper = new_keeper
        self._keeper = new_keeper()
        self._agreement = Agreement()
        self._outcomes: Counter[Outcome] = Counter()
        self._refused: list[Refusal] = []
        self._reopened = 0
        with database.reading() as session:
            self._latest_before = invitations.latest_id(session)
        self._faults_in_a_row = 0

    def take(self, row: CaseRow | list[Refusal]) -> None:
        """Keep a row in a transaction of its own, or note why not."""
        refusals = self._agreement.refusals(row) if isinstance(row, CaseRow) else row
        if refusals or not isinstance(row, CaseRow):
            self._refused += refusals
            return
        try:
            with self._database.writing() as session:
                kept = self._keeper.keep(session, row)
        except DatabaseFault as fault:
            self._note_fault(row, fault)
            return
        self._faults_in_a_row = 0
        self._agreement.note(row)
        self._outcomes[kept.outcome] += 1
        self._reopened += kept.reopened
        if row.mobile and country_of(row.mobile) != self._country:
            self._abroad.add(row.mobile)

    def _note_fault(self, row: CaseRow, fault: DatabaseFault) -> None:
        """Refuse a row that the database could not keep; its fault may hold what stands there, so only its kind is told."""
        self._keeper = self._new_keeper()
        self._faults_in_a_row += 1
        if self._faults_in_a_row == FAULTS_IN_A_ROW:
            raise fault
        kind = f"the database could not keep it ({type(fault).__name__})"
        self._refused.append(Refusal(row.line, "row", kind, _TRY_AGAIN))

    def finish(self, rows: int) -> ImportSummary:
        """Offer to those who are not in the list, and sum up."""
        while self._offer_to_the_rest():
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
        )
        log.debug("cases: %d rows read, %d refused", summary.rows, summary.refused_rows)
        return summary

    def _offer_to_the_rest(self) -> int:
        with self._database.writing() as session:
            return self._keeper.offer_to_the_rest(session, _AT_ONCE)
