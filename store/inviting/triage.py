"""Queries about triage decisions, and about who leads a unit, whom triage passes cases to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, literal, select
from sqlalchemy.orm import Session, aliased

from store.insert import insert_if_new
from store.tables import Campaign, Case, Invitation, Person, Staff, TriageDecision
from store.written import word


class NewDecision(NamedTuple):
    """A decision as it is first written; the columns of `store.tables.TriageDecision`."""

    reference: str
    person_id: int
    district: str
    outcome: str
    decided_on: date
    recorded_at: datetime


def add(session: Session, decision: NewDecision) -> int | None:
    """Write a decision; None where one of that reference is there already."""
    new_id: int | None = session.execute(
        insert_if_new(session, TriageDecision, returning="id"), decision._asdict()
    ).scalar()
    return new_id


def earlier_waiting(session: Session, person_id: int, decided_on: date) -> list[int]:
    """The invitations of a person about decisions of that day or before, of which nobody has asked them yet."""
    return list(
        session.scalars(
            select(Invitation.id)
            .join(TriageDecision, TriageDecision.id == Invitation.triage_decision_id)
            .where(
                Invitation.person_id == person_id,
                Invitation.status == "offered",
                TriageDecision.decided_on <= decided_on,
            )
            .order_by(Invitation.id)
            .with_for_update(of=Invitation)
        )
    )


def has_later(session: Session, person_id: int, decided_on: date) -> bool:
    """Whether a later decision is known on a request of the same person."""
    later = select(TriageDecision.id).where(
        TriageDecision.person_id == person_id, TriageDecision.decided_on > decided_on
    )
    return session.scalar(later.limit(1)) is not None


class Lead(NamedTuple):
    """Somebody who may lead a unit. `rank`: 0 before 1 before 2; of one rank, whoever leads the most."""

    unit_id: int
    staff_id: int
    name: str
    email: str
    rank: int
    leads: int


def leads(session: Session, today: date) -> list[Lead]:
    """Who may lead each unit: its own managers, the line managers of its staff, and those of the workers of its cases."""
    works_here = Staff.ended_on.is_(None) | (Staff.ended_on >= today)
    report = aliased(Staff)
    report_works = report.ended_on.is_(None) | (report.ended_on >= today)
    own = _leads(0, Staff.unit_id).where(Staff.role == "manager", Staff.unit_id.is_not(None), works_here)
    of_staff = (
        _leads(1, report.unit_id)
        .join(report, report.line_manager_id == Staff.id)
        .where(report.unit_id.is_not(None), works_here, report_works)
    )
    of_cases = (
        _leads(2, Case.unit_id)
        .join(report, report.line_manager_id == Staff.id)
        .join(Case, Case.worker_id == report.id)
        .where(Case.status == "open", works_here)
    )
    grouped = ((own, Staff.unit_id), (of_staff, report.unit_id), (of_cases, Case.unit_id))
    return [
        Lead._make(row)
        for statement, unit in grouped
        for row in session.execute(statement.group_by(unit, Staff.id, Staff.name, Staff.email))
    ]


def _leads(rank: int, unit: Any) -> Select[Any]:  # noqa: ANN401 - a column of any of three tables
    return select(unit, Staff.id, Staff.name, Staff.email, literal(rank), func.count()).select_from(Staff)


class Mailbox(NamedTuple):
    """What a member of staff is called, and where they get their mail."""

    name: str
    email: str


def mailboxes(session: Session, staff_ids: Collection[int]) -> dict[int, Mailbox]:
    """The mailboxes of some of the staff."""
    rows = session.execute(select(Staff.id, Staff.name, Staff.email).where(Staff.id.in_(staff_ids)))
    return {row[0]: Mailbox(row[1], row[2]) for row in rows}


class WaitingLead(NamedTuple):
    """An invitation of a lead that still waits. `reference`: theirs among people."""

    invitation_id: int
    campaign_id: int
    unit_id: int
    reference: str
    due_at: datetime


_WAITING = (
    select(Invitation.id, Invitation.campaign_id, Invitation.unit_id, Person.reference, Invitation.due_at)
    .join(Campaign, Campaign.id == Invitation.campaign_id)
    .join(Person, Person.id == Invitation.person_id)
    .where(Campaign.kind == bindparam("kind"), Campaign.status == word("running"), Invitation.status == word("offered"))
    .order_by(Invitation.id)
)


def waiting_leads(session: Session, kind: str) -> list[WaitingLead]:
    """The leads of whom a running campaign of that kind has not asked yet."""
    return [WaitingLead._make(row) for row in session.connection().execute(_WAITING, {"kind": kind})]
