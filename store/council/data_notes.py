"""Queries about data-quality notes: what a person's team must put right before they can be reached again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_new
from store.tables import Case, ContactPoint, DataNote, Message, Participant, Staff

NEVER_TAKEN = "never_taken"
"""The code of an address that is still in use, where a message was tried to the last."""

UNCONFIRMED = "number_unconfirmed"
"""The code of an address that a worker must confirm before its person is asked there."""


REFUSED = "number_refused"
"""The code of a number that a case list gave and that is no family's: the list is refused that row."""


class Note(NamedTuple):
    """One note as the team reads it: the cases and their worker, and what is wrong; no name and no address."""

    id: int
    cases: str
    worker: str
    channel: str
    code: str
    explanation: str
    noted_at: datetime


def note_trouble(session: Session, channel: str, address: str, code: str, explanation: str, now: datetime) -> int:
    """Note that an address takes no messages, for everyone who is reached there now; return for how many.

    What was noted of them on that channel before was about another address, or is said anew: it is settled.
    """
    whose = select(ContactPoint.person_id).where(
        ContactPoint.channel == channel, ContactPoint.address == address, ContactPoint.closed_because.is_(None)
    )
    people = list(session.scalars(whose.distinct()))
    about = {"channel": channel, "code": code, "explanation": explanation, "noted_at": now, "settled_at": None}
    _settle(session, DataNote.person_id.in_(people), DataNote.channel == channel, now=now)
    return insert_new(session, DataNote, [{"person_id": person, **about} for person in people])


def note(session: Session, people: Iterable[int], channel: str, code: str, explanation: str, now: datetime) -> int:
    """Note what is wrong with how some people are reached, unless it is noted already; return for how many it is new."""
    about = {"channel": channel, "code": code, "explanation": explanation, "noted_at": now, "settled_at": None}
    return insert_new(session, DataNote, [{"person_id": person, **about} for person in sorted(set(people))])


def settle(session: Session, person_id: int, channel: str, now: datetime) -> None:
    """Note that what was wrong with how a person is reached on a channel has been put right."""
    _settle(session, DataNote.person_id == person_id, DataNote.channel == channel, now=now)


def note_refused(session: Session, person_id: int, channel: str, explanation: str, now: datetime) -> int:
    """Note that a list gave a number for a person that is refused; return 1 where that is news, else 0."""
    of_person = (DataNote.person_id == person_id, DataNote.channel == channel)
    stands = exists().where(*of_person, _is_refused(explanation), ~_reached)
    if session.scalar(select(stands)):
        return 0
    _settle(session, *of_person, DataNote.code == REFUSED, now=now)
    return note(session, [person_id], channel, REFUSED, explanation, now)


def note_refused_of_case(
    session: Session, case_reference: str, worker_id: int | None, channel: str, explanation: str, now: datetime
) -> int:
    """Note likewise where the list told of somebody who is not kept: about the case, which may not be kept either."""
    of_case = (DataNote.person_id.is_(None), DataNote.case_reference == case_reference, DataNote.channel == channel)
    if session.scalar(select(exists().where(*of_case, _is_refused(explanation)))):
        return 0
    _settle(session, *of_case, now=now)
    about = {"channel": channel, "code": REFUSED, "explanation": explanation, "noted_at": now, "settled_at": None}
    row = {"person_id": None, "case_reference": case_reference, "worker_id": worker_id, **about}
    return insert_new(session, DataNote, [row])


def _is_refused(explanation: str) -> ColumnElement[bool]:
    return and_(DataNote.code == REFUSED, DataNote.explanation == explanation, DataNote.settled_at.is_(None))


def refused_people(session: Session) -> set[int]:
    """The people for whom a list gave a number that was refused, and who have not been put right since."""
    found = select(DataNote.person_id).where(DataNote.code == REFUSED, DataNote.settled_at.is_(None))
    return {person_id for person_id in session.scalars(found) if person_id is not None}


def settle_refused(session: Session, people: Iterable[int], now: datetime) -> None:
    """Note that a list has no refused number any more for some people."""
    _settle(session, DataNote.person_id.in_(sorted(people)), DataNote.code == REFUSED, now=now)


def settle_of_case(session: Session, case_id: int, now: datetime) -> None:
    """Note that whoever was missing on a case has been added to it."""
    reference = select(Case.reference).where(Case.id == case_id).scalar_subquery()
    _settle(session, DataNote.person_id.is_(None), DataNote.case_reference == reference, now=now)


def _settle(session: Session, *conditions: ColumnElement[bool], now: datetime) -> None:
    session.execute(
        update(DataNote)
        .where(*conditions, DataNote.settled_at.is_(None))
        .values(settled_at=now)
        .execution_options(synchronize_session=False)
    )


_sent_since = exists().where(
    Message.channel == ContactPoint.channel,
    Message.address == ContactPoint.address,
    Message.direction == "out",
    Message.sent_at > DataNote.noted_at,
)
_confirmed_since = ContactPoint.frozen_because.is_(None) & (ContactPoint.confirmed_at > DataNote.noted_at)
_reached = exists().where(
    ContactPoint.person_id == DataNote.person_id,
    ContactPoint.channel == DataNote.channel,
    ContactPoint.closed_because.is_(None),
    or_(DataNote.code != NEVER_TAKEN, _sent_since),
    or_(DataNote.code.not_in((UNCONFIRMED, REFUSED)), _confirmed_since),
)


def standing(session: Session, *, line_manager_id: int | None = None, limit: int = 20) -> list[Note]:
    """The notes that stand, the latest first, each with its cases.

    A note is done with as soon as its person has an address on that channel that is in use; `NEVER_TAKEN` is about such an
    address, so it is done with as soon as something goes there again, and `UNCONFIRMED` as soon as one is known to be
    theirs. Nobody has to tick any of them off.

    Args:
        line_manager_id: only those of cases whose worker this manager leads; all of them where left out.
    """
    worker = aliased(Staff)
    columns = (DataNote.id, DataNote.channel, DataNote.code, DataNote.explanation, DataNote.noted_at)
    rows = session.execute(
        select(
            *columns,
            func.min(Case.reference).label("case"),
            func.count(Case.id.distinct()).label("cases"),
            func.min(worker.name).label("worker"),
        )
        .join(Participant, Participant.person_id == DataNote.person_id)
        .join(Case, Case.id == Participant.case_id)
        .join(worker, worker.id == Case.worker_id)
        .where(DataNote.settled_at.is_(None), ~_reached)
        .where(worker.line_manager_id == line_manager_id if line_manager_id is not None else true())
        .group_by(*columns)
        .order_by(DataNote.noted_at.desc(), DataNote.id.desc())
        .limit(limit)
    )
    of_people = [
        Note(
            row.id,
            row.case if row.cases == 1 else f"{row.case} and {row.cases - 1} more",
            row.worker,
            row.channel,
            row.code,
            row.explanation,
            row.noted_at,
        )
        for row in rows
    ]
    return sorted((*of_people, *_of_cases(session, line_manager_id, limit)), key=_latest_first)[:limit]


def _latest_first(note: Note) -> tuple[float, int]:
    return -note.noted_at.timestamp(), -note.id


def _of_cases(session: Session, line_manager_id: int | None, limit: int) -> list[Note]:
    """The notes about people who are not kept, as `standing` gives them."""
    worker = aliased(Staff)
    columns = (DataNote.channel, DataNote.code, DataNote.explanation, DataNote.noted_at)
    rows = session.execute(
        select(DataNote.id, DataNote.case_reference, func.coalesce(worker.name, ""), *columns)
        .outerjoin(Case, Case.reference == DataNote.case_reference)
        .outerjoin(worker, worker.id == func.coalesce(Case.worker_id, DataNote.worker_id))
        .where(DataNote.person_id.is_(None), DataNote.settled_at.is_(None))
        .where(worker.line_manager_id == line_manager_id if line_manager_id is not None else true())
        .order_by(DataNote.noted_at.desc(), DataNote.id.desc())
        .limit(limit)
    )
    return [Note._make(row) for row in rows]
