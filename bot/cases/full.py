"""A full case list: who is not in it any more takes part no more. Nobody is deleted.

A list that lacks many cases is far more often half an export than the end of so many cases: it is refused before anything
is changed.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime

from analysis.figures import counted
from bot.cases import keeping
from bot.cases.fields import CASE
from bot.cases.files import CaseList, Record
from bot.cases.readers import Unfit
from store.council import cases, participants
from store.session import Database, Session

MAY_BE_GONE = 10
"""At most one open case in so many may be missing from a full list."""

NO_CASE = ""
"""Stands in for the reference of a case in a row that does not say."""

_PAGE = 500


class TooManyGone(Exception):
    """A list that is to be full lacks too many cases; the message says what to do. Nothing was changed."""


class FullList:
    """Which cases a full list no longer names, looked up before its first row is kept."""

    def __init__(self, database: Database, case_list: CaseList) -> None:
        """Look through the list.

        Raises:
            TooManyGone: it lacks more than a tenth of the open cases.
        """
        self._database = database
        self._named = {reference_in(record) for record in case_list if isinstance(record, Record)}
        with database.reading() as session:
            open_cases = list(cases.open_references(session))
        self.gone = sorted(reference for reference in open_cases if reference not in self._named)
        if len(self.gone) * MAY_BE_GONE > len(open_cases):
            gone = (
                f"{len(self.gone)} of {counted(len(open_cases), 'open case')} {'is' if len(self.gone) == 1 else 'are'}"
            )
            raise TooManyGone(
                f"{gone} not in this file, more than a tenth of them. Nothing "
                "was changed. Look whether the export is whole. If it holds only what is new, or one service alone, import "
                "it without --full. If those cases have truly ended, list each of them once more with its closure."
            )

    def leave_out(self, seen: AbstractSet[tuple[int, int]], unsure: AbstractSet[str], now: datetime) -> int | None:
        """Let everyone leave their case whom the list does not name there; return how many.

        None where a row says not even of which case it is: then nobody leaves, for it may be theirs.

        Args:
            seen: a case and a person for each row that was kept.
            unsure: references of cases of which a row was refused: their people stay.
        """
        if NO_CASE in unsure:
            return None
        left, after = 0, 0
        while True:
            with self._database.reading() as session:
                page = participants.taking_part_now(session, after, _PAGE)
            if not page:
                return left
            after = page[-1][0]
            gone = [
                (part.case_id, part.person_id)
                for _, part in page
                if (part.case_id, part.person_id) not in seen and part.reference not in unsure
            ]
            left += self._database.transact(lambda session, gone=gone: _leave(session, gone, now)) if gone else 0  # type: ignore[misc]


def _leave(session: Session, gone: list[tuple[int, int]], now: datetime) -> int:
    return sum(keeping.leave(session, case_id, person_id, now=now) for case_id, person_id in sorted(gone))


def reference_in(record: Record) -> str:
    """The case that a row is about, whatever else is wrong with the row; empty where it does not say."""
    try:
        return CASE["reference"](record.values.get("case_reference", ""))
    except Unfit:
        return NO_CASE
