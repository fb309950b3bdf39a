"""Queries about who takes part in a case, and since when no longer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import Case, Participant, Person, Staff
from store.written import number, word


class Part(NamedTuple):
    """Someone's part in a case."""

    role: str
    parental_responsibility: bool | None
    left_on: date | None


class Taking(NamedTuple):
    """That somebody takes part in a case now."""

    case_id: int
    reference: str
    person_id: int


class OpenCase(NamedTuple):
    """The open case of somebody, with whose it is today. `worker`: their name; empty where there is no such case."""

    case_id: int | None
    unit_id: int | None
    worker_id: int | None
    line_manager_id: int | None
    worker: str


NO_CASE = OpenCase(None, None, None, None, "")
_OPEN_CASE = (
    select(Case.id, Case.unit_id, Case.worker_id, Staff.line_manager_id, Staff.name)
    .join(Participant, Participant.case_id == Case.id)
    .join(Staff, Staff.id == Case.worker_id)
    .where(
        Participant.person_id == bindparam("person"),
        Participant.left_on.is_(None),
        Case.status == word("open"),
    )
    .order_by(Case.id.desc())
    .limit(number(1))
)
_PART = select(Participant.role, Participant.parental_responsibility, Participant.left_on).where(
    Participant.case_id == bindparam("case"), Participant.person_id == bindparam("person")
)
_BY_REFERENCE = select(Person.id).where(Person.reference == bindparam("reference"))


def find(session: Session, case_id: int, person_id: int) -> Part | None:
    """Someone's part in a case, whether they have left it or not."""
    row = session.connection().execute(_PART, {"case": case_id, "person": person_id}).first()
    return Part._make(row) if row else None


def add(session: Session, case_id: int, person_id: int, part: Part) -> bool:
    """Note that a person takes part in a case; False where they do, or have, already."""
    return insert_new(session, Participant, [{"case_id": case_id, "person_id": person_id, **part._asdict()}]) == 1


def change(session: Session, case_id: int, person_id: int, part: Part) -> None:
    """Keep what has changed about somebody's part in a case."""
    session.execute(
        update(Participant)
        .where(Participant.case_id == case_id, Participant.person_id == person_id)
        .values(**part._asdict())
        .execution_options(synchronize_session=False)
    )


def by_reference(session: Session, reference: str) -> int | None:
    """The person whom another system calls so."""
    found: int | None = session.connection().execute(_BY_REFERENCE, {"reference": reference}).scalar()
    return found


def taking_part_now(session: Session, after: int, limit: int) -> list[tuple[int, Taking]]:
    """Everyone who takes part in a case now, page by page: each with the number of their part, those behind `after`."""
    rows = session.execute(
        select(Participant.id, Participant.case_id, Case.reference, Participant.person_id)
        .join(Case, Case.id == Participant.case_id)
        .where(Participant.id > after, Participant.left_on.is_(None))
        .order_by(Participant.id)
        .limit(limit)
    )
    return [(row[0], Taking(row[1], row[2], row[3])) for row in rows]


def is_young_person(session: Session, person_id: int) -> bool:
    """Whether somebody takes part in any case as a young person now."""
    part = exists().where(
        Participant.person_id == person_id, Participant.role == "young_person", Participant.left_on.is_(None)
    )
    return session.scalar(select(part)) is True


def open_case(session: Session, person_id: int) -> OpenCase:
    """The open case in which somebody takes part, the latest of several; `NO_CASE` where there is none."""
    row = session.connection().execute(_OPEN_CASE, {"person": person_id}).first()
    return OpenCase._make(row) if row else NO_CASE


def case_statuses(session: Session, person_ids: Collection[int]) -> dict[int, set[str]]:
    """The statuses of the cases in which each of these people takes part; none where they take part in none."""
    found: dict[int, set[str]] = {person_id: set() for person_id in person_ids}
    rows = session.execute(
        select(Participant.person_id, Case.status)
        .join(Case, Case.id == Participant.case_id)
        .where(Participant.person_id.in_(found), Participant.left_on.is_(None))
    )
    for person_id, status in rows:
        found[person_id].add(status)
    return found
