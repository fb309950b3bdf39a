"""Queries about links that are handed out: to a web chat, or binding a Telegram chat to a person.

Of a token only its SHA-256 is kept: whoever reads the database can follow no link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from store.tables import Case, Conversation, Invitation, Link, Participant, Person


class NewLink(NamedTuple):
    """A link as it is first written; the columns of `store.tables.Link`.

    Attributes:
        address: what the web chat behind it is called among messages; None for Telegram.
    """

    token: str
    channel: str
    made_at: datetime
    expires_at: datetime
    address: str | None = None
    person_id: int | None = None
    invitation_id: int | None = None
    open_survey_id: int | None = None


class FoundLink(NamedTuple):
    """A link that somebody has followed. `is_good`: it has neither expired nor been taken back."""

    id: int
    address: str
    person_id: int | None
    invitation_id: int | None
    open_survey_id: int | None
    is_good: bool


class TakenLink(NamedTuple):
    """A link that works once, and has just been used."""

    id: int
    person_id: int | None
    invitation_id: int | None


def add(session: Session, link: NewLink) -> None:
    """Write a link."""
    row = link._asdict()
    row["token_hash"] = _digest(row.pop("token"))
    session.connection().execute(insert(Link), row)


def find(session: Session, token: str, now: datetime) -> FoundLink | None:
    """The web chat's link of that token, good or not; None where there never was one. Changes nothing."""
    row = session.execute(
        select(
            Link.id,
            Link.address,
            Link.person_id,
            Link.invitation_id,
            Link.open_survey_id,
            Link.revoked_at.is_(None) & (Link.expires_at > now),
        ).where(Link.token_hash == _digest(token), Link.channel == "web")
    ).first()
    return FoundLink._make(row) if row else None


def take(session: Session, token: str, channel: str, now: datetime) -> TakenLink | None:
    """Use up a link that works once; None where it was used before, has expired, was taken back or never was.

    The row is looked at and changed in one statement, so of two who follow it at the same instant one gets it.
    """
    row = session.execute(
        update(Link)
        .where(
            Link.token_hash == _digest(token),
            Link.channel == channel,
            Link.used_at.is_(None),
            Link.revoked_at.is_(None),
            Link.expires_at > now,
        )
        .values(used_at=now)
        .returning(Link.id, Link.person_id, Link.invitation_id)
        .execution_options(synchronize_session=False)
    ).first()
    return TakenLink._make(row) if row else None


def note_use(session: Session, link_id: int, now: datetime) -> None:
    """Note when a link was first followed."""
    session.execute(
        update(Link)
        .where(Link.id == link_id, Link.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def revoke(session: Session, person_id: int, now: datetime) -> int:
    """Take back every link of a person that still works; return how many."""
    taken_back = session.scalars(
        update(Link)
        .where(Link.person_id == person_id, Link.revoked_at.is_(None), Link.expires_at > now)
        .values(revoked_at=now)
        .returning(Link.id)
        .execution_options(synchronize_session=False)
    )
    return len(taken_back.all())


class Asked(NamedTuple):
    """Whom a link may be made for: somebody who is asked about a stage of a case."""

    person_id: int
    name: str
    role: str


def people(session: Session, case_reference: str) -> list[Asked]:
    """Everyone who takes part in a case."""
    rows = session.execute(
        select(Person.id, Person.name, Participant.role)
        .join(Participant, Participant.person_id == Person.id)
        .join(Case, Case.id == Participant.case_id)
        .where(Case.reference == case_reference)
        .order_by(Person.id)
    )
    return [Asked._make(row) for row in rows]


class ToAsk(NamedTuple):
    """An invitation on which something can still be asked, and its survey."""

    invitation_id: int
    survey_id: str


def to_ask(session: Session, person_id: int, by_hand: Collection[str]) -> ToAsk | None:
    """The latest invitation of a person on which something can still be asked; None where there is none.

    Args:
        by_hand: reasons for which nobody has asked them that a link in their hand puts right.
    """
    still_open = Invitation.status.in_(("offered", "asked", "started", "partly_answered"))
    held_back = (Invitation.status == "not_asked") & Invitation.not_asked_because.in_(by_hand)
    row = session.execute(
        select(Invitation.id, Invitation.survey_id)
        .where(
            Invitation.person_id == person_id,
            Invitation.survey_id.is_not(None),
            (still_open & Invitation.settled_at.is_(None)) | held_back,
        )
        .order_by(Invitation.stage_on.desc(), Invitation.id.desc())
        .limit(1)
    ).first()
    return ToAsk(row[0], row[1] or "") if row else None


def invitation_to_ask(session: Session, person_id: int) -> int | None:
    """The latest invitation of a person on which something can still be asked; None where there is none."""
    found = to_ask(session, person_id, ())
    return found.invitation_id if found else None


class Waiting(NamedTuple):
    """Somebody who has been asked and has not answered yet."""

    person_id: int
    invitation_id: int


def waiting_parent(session: Session) -> Waiting | None:
    """The parent who was asked last of those who have said nothing yet; None where there is none."""
    row = session.execute(
        select(Conversation.person_id, Conversation.invitation_id)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .where(
            Invitation.audience == "parent_carer",
            Invitation.status == "asked",
            Conversation.closed_at.is_(None),
            Conversation.last_heard_at.is_(None),
        )
        .order_by(Conversation.id.desc())
        .limit(1)
    ).first()
    return Waiting(row[0] or 0, row[1] or 0) if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
