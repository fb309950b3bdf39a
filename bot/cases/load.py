"""Importing a case list: every row on its own, kept whole or refused with all its faults.

A row that is refused changes nothing, and a list that is imported a second time changes nothing. Nothing that stands in
a row is logged or raised.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.calendar import local_day
from bot.cases.agreement import Agreement
from bot.cases.files import CaseList, Record, open_case_list
from bot.cases.keep import Keeper, Outcome
from bot.cases.rows import CaseRow, Refusal, read_row
from bot.clock import Clock
from bot.council import Council
from bot.invitations import CHANNEL
from store import people
from store.session import Database
from surveys.catalogue import Catalogue

log = logging.getLogger(__name__)

SHARED_BY_MANY = 5
"""A mobile number on more cases than this is rarely a family's: a worker's own, or an office's."""

_AT_ONCE = 200


@dataclass(frozen=True)
class ImportSummary:
    """What an import has done.

    Attributes:
        rows: all rows of the file, those refused included.
        refused: everything wrong in the rows that changed nothing, in the file's order.
        invitations: how many were made, with those for people who are not asked and why.
        shared_numbers: mobile numbers, of all that are kept, on more than `SHARED_BY_MANY` cases.
    """

    rows: int
    added: int
    changed: int
    unchanged: int
    refused: list[Refusal]
    invitations: int
    shared_numbers: int

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
    """
    case_list = open_case_list(path)
    now = clock.now()
    run = _Run(database, Keeper(catalogue, council, now))
    for done, record in enumerate(case_list, start=1):
        row = _read(case_list, record, local_day(now))
        run.take(row)
        progress(done, case_list.rows)
    return run.finish(case_list.rows)


def _read(case_list: CaseList, record: Record, today: date) -> CaseRow | list[Refusal]:
    if record.values is not None:
        return read_row(record.values, record.line, today)
    instead = f"write {len(case_list.header)} fields, and quotation marks around one that holds a {case_list.delimiter}"
    return [Refusal(record.line, "row", "not one field for each column", instead)]


class _Run:
    """One import as it goes on."""

    def __init__(self, database: Database, keeper: Keeper) -> None:
        self._database = database
        self._keeper = keeper
        self._agreement = Agreement()
        self._outcomes: Counter[Outcome] = Counter()
        self._refused: list[Refusal] = []
        self._invitations = 0

    def take(self, row: CaseRow | list[Refusal]) -> None:
        """Keep a row in a transaction of its own, or note why not."""
        refusals = self._agreement.refusals(row) if isinstance(row, CaseRow) else row
        if refusals or not isinstance(row, CaseRow):
            self._refused += refusals
            return
        with self._database.writing() as session:
            kept = self._keeper.keep(session, row)
        self._agreement.note(row)
        self._outcomes[kept.outcome] += 1
        self._invitations += kept.invitations

    def finish(self, rows: int) -> ImportSummary:
        """Offer to those who are not in the list, and sum up."""
        while made := self._offer_to_the_rest():
            self._invitations += made
        with self._database.reading() as session:
            shared = people.addresses_of_many_cases(session, CHANNEL, SHARED_BY_MANY)
        summary = ImportSummary(
            rows=rows,
            added=self._outcomes[Outcome.ADDED],
            changed=self._outcomes[Outcome.CHANGED],
            unchanged=self._outcomes[Outcome.UNCHANGED],
            refused=self._refused,
            invitations=self._invitations,
            shared_numbers=shared,
        )
        log.debug("cases: %d rows read, %d refused", summary.rows, summary.refused_rows)
        return summary

    def _offer_to_the_rest(self) -> int:
        with self._database.writing() as session:
            return self._keeper.offer_to_the_rest(session, _AT_ONCE)
