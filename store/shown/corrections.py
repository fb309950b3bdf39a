"""Queries about what people made of the words of answers. Rows are added; nothing here changes or removes one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from store.shown.doubts import may_be_told
from store.shown.feedback import read_by
from store.shown.tagged import STANDING
from store.tables import (
    Answer,
    Case,
    Correction,
    Invitation,
    Message,
    Participant,
    Person,
    Staff,
    Tag,
    WorkerSpell,
)

AT_ONCE = 500
"""So many rows are held in memory while all of them are read."""


class Words(NamedTuple):
    """Whose words an answer has now, and what the machine made of them; all of the latter None where it has not yet.

    `is_theirs`: whether it is about those for whom somebody reads.
    """

    message_id: int
    invitation_id: int | None
    is_theirs: bool | None
    sentiment: str | None
    themes: str | None
    complaint: bool | None
    compliment: bool | None
    method: str | None
    version: str | None


class CorrectionLine(NamedTuple):
    """What one person made of the words of an answer."""

    by: str
    at: datetime
    sentiment: str | None
    themes: str
    complaint: bool
    compliment: bool


class LookRow(NamedTuple):
    """What a person last made of some words, and what the machine had made of them by then."""

    at: datetime
    sentiment: str | None
    themes: str
    complaint: bool
    compliment: bool
    machine_sentiment: str | None
    machine_themes: str
    machine_complaint: bool
    machine_compliment: bool


class TaughtRow(NamedTuple):
    """Words and what a person made of them; `audience` as for `Untagged`. `named_around` tells whom they may name."""

    words: str
    invitation_id: int | None
    audience: str | None
    question: str
    sentiment: str | None
    themes: str
    complaint: bool
    compliment: bool


def words_of(
    session: Session,
    answer_id: int,
    manager_ids: Collection[int] | None,
    districts: Collection[str] = (),
    *,
    locked: bool = False,
) -> Words | None:
    """What there is to put right of an answer; None where it has no words. Tags of words that have been replaced are none.

    Args:
        manager_ids, districts: as for `feedback.messages_with_words`.
        locked: nobody can put other words in their place until the transaction ends.
    """
    statement = (
        select(
            Answer.message_id,
            Answer.invitation_id,
            read_by(manager_ids, districts),
            Tag.sentiment,
            Tag.themes,
            Tag.complaint,
            Tag.compliment,
            Tag.method,
            Tag.version,
        )
        .outerjoin(Invitation, Invitation.id == Answer.invitation_id)
        .outerjoin(Tag, (Tag.answer_id == Answer.id) & (Tag.tagged_at >= Answer.answered_at))
        .where(Answer.id == answer_id, Answer.comment.is_not(None))
    )
    row = session.execute(statement.with_for_update(of=Answer) if locked else statement).one_or_none()
    return Words._make(row) if row else None


def add(session: Session, row: Mapping[str, Any]) -> None:
    """Keep what a person made of some words."""
    session.execute(insert(Correction), [row])


def of_words(session: Session, answer_id: int, message_id: int) -> list[CorrectionLine]:
    """All that people made of some words of an answer, oldest first."""
    rows = session.execute(
        select(
            Staff.name,
            Correction.made_at,
            Correction.sentiment,
            Correction.themes,
            Correction.complaint,
            Correction.compliment,
        )
        .join(Staff, Staff.id == Correction.staff_id)
        .where(Correction.answer_id == answer_id, Correction.message_id == message_id)
        .order_by(Correction.id)
    )
    return [CorrectionLine._make(row) for row in rows]


def looks(session: Session) -> Iterator[LookRow]:
    """What people last made of all words that the machine had tagged when they looked; each words once."""
    latest = select(func.max(Correction.id)).group_by(Correction.answer_id, Correction.message_id)
    rows = session.execute(
        select(
            Correction.made_at,
            Correction.sentiment,
            Correction.themes,
            Correction.complaint,
            Correction.compliment,
            Correction.machine_sentiment,
            Correction.machine_themes,
            Correction.machine_complaint,
            Correction.machine_compliment,
        )
        .where(Correction.id.in_(latest), Correction.machine_themes.is_not(None))
        .order_by(Correction.id)
        .execution_options(yield_per=AT_ONCE)
    )
    return (LookRow._make(row) for row in rows)


def taught(session: Session, *, for_groups: Collection[str]) -> Iterator[TaughtRow]:
    """The words that answers have now and on which a person had the last word, in the order of the words themselves.

    Left out is what no case system may be told either: `doubts.may_be_told`.

    Args:
        for_groups: the surveys that show whole groups only, which are left out too.
    """
    rows = session.execute(
        select(
            Answer.comment,
            Answer.invitation_id,
            Invitation.audience,
            Answer.metric,
            Correction.sentiment,
            Correction.themes,
            Correction.complaint,
            Correction.compliment,
        )
        .select_from(Answer)
        .join(Correction, Correction.id == STANDING)
        .join(Message, Message.id == Answer.message_id)
        .outerjoin(Invitation, Invitation.id == Answer.invitation_id)
        .where(Answer.survey_id.not_in(for_groups), Answer.comment.is_not(None), *may_be_told())
        .order_by(Answer.comment, Answer.id)
        .execution_options(yield_per=AT_ONCE)
    )
    return (TaughtRow._make(row) for row in rows)


def named_around(session: Session, invitation_id: int) -> list[str]:
    """The full names of those whom the words that an invitation brought may name.

    They are who was asked, whoever takes or took part in the case, every worker it was or is with, and who leads them.
    """
    asked = select(Invitation).where(Invitation.id == invitation_id).subquery()
    taking_part = select(Participant.person_id).where(Participant.case_id.in_(select(asked.c.case_id)))
    workers = (
        select(asked.c.worker_id)
        .union(
            select(Case.worker_id).where(Case.id.in_(select(asked.c.case_id))),
            select(WorkerSpell.staff_id).where(WorkerSpell.case_id.in_(select(asked.c.case_id))),
        )
        .subquery()
    )
    leaders = select(Staff.line_manager_id).where(Staff.id.in_(select(workers.c.worker_id)))
    people = select(Person.name).where(or_(Person.id.in_(select(asked.c.person_id)), Person.id.in_(taking_part)))
    staff = select(Staff.name).where(
        or_(
            Staff.id.in_(select(workers.c.worker_id)),
            Staff.id.in_(select(asked.c.line_manager_id)),
            Staff.id.in_(leaders),
        )
    )
    return list(session.scalars(people.union(staff)))
