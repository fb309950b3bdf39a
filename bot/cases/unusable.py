"""Numbers that are refused for a family, noted for those who can ask the family for another (scenario 6).

A row with such a number is refused, and whoever imports the list reads why; but that is seldom the team of the case. So it
is noted for them, once, however often a list repeats it: with the person where they are kept, else with the case. The note
goes by itself when a later list has the row right, or, where nobody was kept, when somebody joins the case. What a page of
the console or a case system gives is noted alike, with the person or with the case where either is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple, TypeVar

from bot.cases import readers
from bot.cases.fields import CASE, ROLES
from bot.cases.persons import find_person
from bot.cases.readers import Reader, Unfit
from bot.cases.rows import NAME, PERSON_REFERENCE, Refusal
from bot.invitations.offering import CHANNEL
from store.council import cases, data_notes, staff
from store.session import Database, Session

_T = TypeVar("_T")


class _Told(NamedTuple):
    """Whose number was refused, as far as the row says, and why; never the number."""

    case_reference: str
    role: str | None
    name: str | None
    person_reference: str | None
    worker_email: str | None
    why: str


class Unusable:
    """The refused numbers of one list."""

    def __init__(self) -> None:
        self._told: list[_Told] = []

    def look(self, refusals: Iterable[Refusal], values: Mapping[str, str]) -> None:
        """Keep in mind a row that is refused for its number, if it says of which case it is.

        Args:
            values: the row's text by column.
        """
        of_number = next((refusal for refusal in refusals if refusal.column == "mobile"), None)
        case_reference = _read(CASE["reference"], values, "case_reference")
        if of_number is None or case_reference is None:
            return
        self._told.append(
            _Told(
                case_reference,
                _read(readers.one_of(ROLES), values, "participant_role"),
                _read(NAME, values, "name_to_use"),
                _read(PERSON_REFERENCE, values, "person_reference"),
                _read(CASE["worker_email"], values, "worker_email"),
                f"The case list has a number that cannot be used ({of_number.kind}), so its row is not taken: "
                f"{of_number.instead}.",
            )
        )

    def note(self, session: Session, kept: AbstractSet[int], now: datetime) -> None:
        """Note what is new for the teams, one note for each person or case, and settle what the list has right by now.

        Args:
            kept: the people whose rows the list has right.
        """
        people, of_cases = dict[int, _Told](), dict[str, _Told]()
        for told in self._told:
            if (person_id := _person_of(session, told)) is not None:
                people.setdefault(person_id, told)
            else:
                of_cases.setdefault(told.case_reference, told)
        for person_id, told in people.items():
            data_notes.note_refused(session, person_id, CHANNEL, told.why, now)
        for reference, told in of_cases.items():
            data_notes.note_refused_of_case(session, reference, _worker_of(session, told), CHANNEL, told.why, now)
        if put_right := (data_notes.refused_people(session) & kept) - people.keys():
            data_notes.settle_refused(session, put_right, now)


def note_one(
    database: Database,
    given_by: str,
    instead: str,
    now: datetime,
    *,
    person_id: int | None = None,
    case_reference: str | None = None,
) -> None:
    """Note a number that was refused outside a list, in a transaction of its own: all that came with it was given up.

    Args:
        given_by: who gave it, such as `a case system`.
        instead: why it is refused, and what to do.
        person_id, case_reference: of whom it was given, or where nobody is kept, of which case.
    """
    why = f"A number that {given_by} gave cannot be used, so nothing that came with it is kept: {instead.rstrip('.')}."
    with database.writing() as session:
        if person_id is not None:
            data_notes.note_refused(session, person_id, CHANNEL, why, now)
        elif case_reference is not None:
            data_notes.note_refused_of_case(session, case_reference, None, CHANNEL, why, now)


def _person_of(session: Session, told: _Told) -> int | None:
    """Whose number it was to be, where they are kept."""
    case = cases.find(session, told.case_reference)
    if case is None or not told.role or not told.name:
        return None
    return find_person(session, case.id, told.role, told.name, told.person_reference)


def _worker_of(session: Session, told: _Told) -> int | None:
    worker = staff.by_email(session, told.worker_email) if told.worker_email else None
    return worker.id if worker else None


def _read(reader: Reader[_T], values: Mapping[str, str], column: str) -> _T | None:
    try:
        return reader(values.get(column, ""))
    except Unfit:
        return None
