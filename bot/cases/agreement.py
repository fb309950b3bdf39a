"""Whether the rows of one list agree with each other.

Two rows that name different workers for one case, or different numbers for one person, cannot both be right, and keeping
first the one and then the other would make each import of the same file a change. The earlier row stands; the later one
is refused. Only short digests of what was said are held, a few hundred bytes a row.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from bot.cases.rows import CaseRow, Refusal
from bot.refusals import Problem

_SAME_PERSON = "make the rows of this person agree"
_SAME_CASE = "make the rows of this case agree"
_SAME_WORKER = "name one line manager for this worker in all rows"
_SAME_NAME = "write one name for this e-mail address in all rows"
_TWICE = "keep one row for each person; tell two of one name apart, such as Sam B and Sam K"

_DIFFERS = "differs from an earlier row"


_Statement = tuple[str, Hashable, Hashable, str]
"""A column, about whom or what, what it says, and how to mend it."""


class Agreement:
    """What the rows kept so far have said."""

    def __init__(self) -> None:
        self._said: dict[int, int] = {}

    def refusals(self, row: CaseRow) -> list[Refusal]:
        """What in this row cannot be kept beside the rows before it, whoever its person is."""
        found = [Refusal(row.line, *problem) for problem in self._against(_statements(row))]
        if hash(_person(row)) in self._said:
            found.append(Refusal(row.line, "name_to_use", "the same person as in an earlier row", _TWICE))
        return found

    def problems_with(self, row: CaseRow, person_id: int) -> list[Problem]:
        """What it says otherwise of its person than the rows before it, which may be of other cases."""
        return self._against(_of_person(row, person_id))

    def note(self, row: CaseRow, person_id: int) -> None:
        """Remember a row that has been kept, and whose it was."""
        for column, subject, value, _ in (*_statements(row), *_of_person(row, person_id)):
            self._said[hash((column, subject))] = hash(value)
        self._said[hash(_person(row))] = 0

    def _against(self, statements: Iterable[_Statement]) -> list[Problem]:
        return [
            Problem(column, _DIFFERS, instead)
            for column, subject, value, instead in statements
            if self._said.get(hash((column, subject)), hash(value)) != hash(value)
        ]


def _person(row: CaseRow) -> Hashable:
    return (row.reference, row.role, row.name)


def _of_person(row: CaseRow, person_id: int) -> Iterator[_Statement]:
    """What a row says of its person; what it leaves as it is known, it does not say."""
    yield "name_to_use", person_id, row.name, _SAME_PERSON
    yield "birth_date", person_id, row.birth_date, _SAME_PERSON
    yield "age_band", person_id, row.age_band, _SAME_PERSON
    yield "mobile", person_id, row.mobile, _SAME_PERSON
    yield "language", person_id, row.language, _SAME_PERSON
    yield "safe_contact", person_id, row.safe_contact, _SAME_PERSON
    yield "safe_contact_note", person_id, row.safe_contact_note, _SAME_PERSON
    if row.easy_read is not None:
        yield "easy_read", person_id, row.easy_read, _SAME_PERSON
    if row.preferred_channel is not None:
        yield "preferred_channel", person_id, row.preferred_channel, _SAME_PERSON


def _statements(row: CaseRow) -> Iterator[_Statement]:
    """Each thing a row says that holds for other rows too."""
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
