"""Whether the rows of one list agree with each other.

Two rows that name different workers for one case cannot both be right, and keeping first the one and then the other
would make each import of the same file a change. The earlier row stands; the later one is refused. Only short digests of
what was said are held, a few hundred bytes a case.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from bot.cases.rows import CaseRow, Refusal

_SAME_CASE = "make the rows of this case agree"
_SAME_WORKER = "name one line manager for this worker in all rows"
_SAME_NAME = "write one name for this e-mail address in all rows"
_TWICE = "keep one row for each person; tell two of one name apart, such as Sam B and Sam K"

_DIFFERS = "differs from an earlier row"


class Agreement:
    """What the rows kept so far have said."""

    def __init__(self) -> None:
        self._said: dict[int, int] = {}

    def refusals(self, row: CaseRow) -> list[Refusal]:
        """What in this row cannot be kept beside the rows before it."""
        found = [
            Refusal(row.line, column, _DIFFERS, instead)
            for column, subject, value, instead in _statements(row)
            if self._said.get(hash((column, subject)), hash(value)) != hash(value)
        ]
        if hash(_person(row)) in self._said:
            found.append(Refusal(row.line, "name_to_use", "the same person as in an earlier row", _TWICE))
        return found

    def note(self, row: CaseRow) -> None:
        """Remember a row that has been kept."""
        for column, subject, value, _ in _statements(row):
            self._said[hash((column, subject))] = hash(value)
        self._said[hash(_person(row))] = 0


def _person(row: CaseRow) -> Hashable:
    return (row.reference, row.role, row.name)


def _statements(row: CaseRow) -> Iterator[tuple[str, str, Hashable, str]]:
    """Each thing a row says that holds for other rows too: column, about what, what it says, how to mend it."""
    case, worker, manager = row.reference, row.worker, row.line_manager
    yield "unit", case, (row.service, row.district, row.unit), _SAME_CASE
    yield "level", case, row.level, _SAME_CASE
    yield "worker_email", case, worker.email, _SAME_CASE
    yield "stages", case, row.stages, _SAME_CASE
    yield "line_manager_email", worker.email, manager.email, _SAME_WORKER
    yield "worker_name", worker.email, worker.name, _SAME_NAME
    yield "line_manager_name", manager.email, manager.name, _SAME_NAME
    if row.area:
        yield "area", row.district, row.area, "name one area for this district in all rows"
    if row.worker_mobile:
        yield "worker_mobile", worker.email, row.worker_mobile, "write one number for this worker in all rows"
