"""Queries for conversations that go on at another address, and for words that come to the one they have left."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Integer, bindparam, exists, select, union, update
from sqlalchemy.orm import Session

from store.council import standing
from store.council.contacts import has_stop
from store.tables import Case, ContactPoint, Conversation, Invitation, Message, Participant, Person
from store.talks import messages
from surveys.stages import AgeBand, Audience


class Point(NamedTuple):
    """An address of a person that is in use.

    Attributes:
        opted_out: somebody has said stop there, for them too.
        confirmed_at: when somebody last knew that it is theirs.
        frozen: it rests until a worker has confirmed it.
        safe_contact: the most careful way that anybody who can be reached there needs.
    """

    channel: str
    address: str
    opted_out: bool
    confirmed_at: datetime
    frozen: bool = False
    safe_contact: str = "text"


class Reachable(NamedTuple):
    """A person as far as it matters whether and by which channel they may be asked.

    Attributes:
        roles: in all cases they take part in.
        is_barred: nobody may write to them, whatever else is recorded.
        may_alone: a worker's latest decision that they can take part alone; None where nobody has decided.
    """

    person_id: int
    birth_date: date | None
    age_band: AgeBand | None
    safe_contact: str
    roles: frozenset[Audience]
    preferred_channel: str | None = None
    easy_read: bool = False
    is_barred: bool = False
    may_alone: bool | None = None


def points(session: Session, person_id: int) -> list[Point]:
    """Where a person can be reached, the latest address first."""
    return [Point._make(row) for row in session.connection().execute(_POINTS, {"person": person_id})]


_POINTS = (
    select(
        ContactPoint.channel,
        ContactPoint.address,
        has_stop,
        ContactPoint.confirmed_at,
        ContactPoint.frozen_because.is_not(None),
        standing.safe_contact_at(ContactPoint.channel, ContactPoint.address),
    )
    .where(ContactPoint.person_id == bindparam("person"), ContactPoint.closed_because.is_(None))
    .order_by(ContactPoint.id.desc())
)
_PERSON = select(
    Person.birth_date,
    Person.age_band,
    Person.safe_contact,
    Person.preferred_channel,
    Person.easy_read,
    standing.is_barred(Person.id).label("is_barred"),
    standing.may_alone(Person.id).label("may_alone"),
).where(Person.id == bindparam("person"))
_ROLES = select(Participant.role).where(Participant.person_id == bindparam("person"))


def reachable(session: Session, person_id: int) -> Reachable:
    """What is known of a person that decides by which channel they may be asked.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such person.
    """
    known = session.connection().execute(_PERSON, {"person": person_id}).one()
    roles = session.connection().execute(_ROLES, {"person": person_id}).scalars()
    return Reachable(
        person_id,
        known.birth_date,
        cast("AgeBand | None", known.age_band),
        known.safe_contact,
        frozenset(cast("list[Audience]", roles.all())),
        known.preferred_channel,
        known.easy_read,
        bool(known.is_barred),
        known.may_alone,
    )


def level_of(session: Session, invitation_id: int) -> str | None:
    """The level of the case that an invitation is about; None where it is about none."""
    return session.scalar(
        select(Case.level).join(Invitation, Invitation.case_id == Case.id).where(Invitation.id == invitation_id)
    )


def held_at(channel: Any, address: Any) -> ColumnElement[bool]:  # noqa: ANN401 - values, or what they will be bound to
    """Whether a conversation is at an address or has been, as a part of another query.

    Its person goes on having the phone on which they were asked, wherever they answer. What was dropped has reached nobody.
    """
    is_there = select(Conversation.id).where(Conversation.channel == channel, Conversation.address == address)
    was_there = select(Message.conversation_id).where(
        Message.channel == channel,
        Message.address == address,
        Message.conversation_id.is_not(None),
        Message.status != "dropped",
    )
    return Conversation.id.in_(union(is_there, was_there))


def is_taken(session: Session, channel: str, address: str, *, but_for: int | None = None) -> bool:
    """Whether a conversation is open that is at an address or has been, other than one that may come back to it."""
    line = {"channel": channel, "address": address, "but_for": but_for}
    return bool(session.connection().execute(_IS_TAKEN, line).scalar())


_IS_TAKEN = select(
    exists().where(
        held_at(bindparam("channel"), bindparam("address")),
        Conversation.closed_at.is_(None),
        Conversation.id.is_distinct_from(bindparam("but_for", type_=Integer())),
    )
)


def readdress(session: Session, conversation_id: int, channel: str, address: str) -> None:
    """Let a conversation go on at another address; what waits for the old one is dropped."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(channel=channel, address=address)
        .execution_options(synchronize_session=False)
    )
    drop_unsent(session, conversation_id, "moved")


def drop_unsent(session: Session, conversation_id: int, reason: str) -> None:
    """Drop all that waits to be sent in a conversation, saying why."""
    messages.drop_queued(session, Message.conversation_id == conversation_id, reason)


def gone_on(session: Session, channel: str, address: str) -> int | None:
    """The open conversation that was held at an address and goes on elsewhere now; None without one."""
    return session.scalar(
        select(Conversation.id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(
            Message.channel == channel,
            Message.address == address,
            Conversation.closed_at.is_(None),
            (Conversation.channel != channel) | (Conversation.address != address),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )


def has_discreet(session: Session, channel: str, address: str) -> bool:
    """Whether somebody who is to be contacted discreetly, or not at all, can be reached at an address."""
    return session.scalar(select(standing.safe_contact_at(channel, address))) != "text"


def of_invitation(session: Session, invitation_id: int) -> int | None:
    """The conversation of an invitation; None where none has begun."""
    return session.scalar(select(Conversation.id).where(Conversation.invitation_id == invitation_id))


class OtherSurvey(NamedTuple):
    """A survey that is asked in a conversation instead of another: the columns of conversation and invitation."""

    survey_id: str
    survey_version: int
    state: str
    age_band: AgeBand


def ask_other_survey(session: Session, conversation_id: int, invitation_id: int, other: OtherSurvey) -> None:
    """Let a conversation of which nothing has left be about another survey, for another age band."""
    columns = {"survey_id": other.survey_id, "survey_version": other.survey_version, "state": other.state}
    conversation = update(Conversation).where(Conversation.id == conversation_id).values(**columns)
    session.execute(conversation.execution_options(synchronize_session=False))
    invitation = update(Invitation).where(Invitation.id == invitation_id)
    invitation = invitation.values(survey_id=other.survey_id, age_band=other.age_band)
    session.execute(invitation.execution_options(synchronize_session=False))
