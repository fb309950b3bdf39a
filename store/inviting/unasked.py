"""Queries about what one person has not been asked yet, and about what they are being asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import cast

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from store.inviting.moves import held_at
from store.tables import ContactPoint, Conversation, Invitation, Person
from surveys.stages import AgeBand


def cases_of(session: Session, person_id: int) -> list[int]:
    """The cases about whose stages a person has an invitation on which they have not been asked."""
    unasked = (Invitation.person_id == person_id, Invitation.asked_at.is_(None), Invitation.stage_event_id.is_not(None))
    ids = session.scalars(select(Invitation.case_id).where(*unasked).distinct().order_by(Invitation.case_id))
    return cast("list[int]", list(ids))


_theirs, _others = aliased(ContactPoint), aliased(ContactPoint)
_SAME = (_others.channel == _theirs.channel, _others.address == _theirs.address, _others.closed_because.is_(None))
_SHARING = (
    select(_others.person_id)
    .join(_theirs, and_(*_SAME))
    .where(_theirs.person_id == bindparam("person"), _theirs.closed_because.is_(None))
)


def sharing_a_line(session: Session, person_id: int) -> list[int]:
    """A person, and whoever can be reached at one of their addresses as well."""
    return sorted({person_id, *session.connection().execute(_SHARING, {"person": person_id}).scalars()})


def offered(session: Session, person_id: int) -> list[int]:
    """Everything that a person is to be asked and has not been, of whatever kind, locked until this transaction ends."""
    waiting = select(Invitation.id).where(Invitation.person_id == person_id, Invitation.status == "offered")
    return list(session.scalars(waiting.order_by(Invitation.id).with_for_update()))


def being_asked(session: Session, person_id: int) -> list[int]:
    """The conversations with a person that are open."""
    going_on = select(Conversation.id).where(Conversation.person_id == person_id, Conversation.closed_at.is_(None))
    return cast("list[int]", list(session.scalars(going_on.order_by(Conversation.id))))


def being_asked_at(session: Session, people: Collection[int], channel: str, address: str) -> list[int]:
    """The open conversations with some people that are at an address, or have been."""
    going_on = (Conversation.person_id.in_(people), Conversation.closed_at.is_(None), held_at(channel, address))
    return list(session.scalars(select(Conversation.id).where(*going_on).order_by(Conversation.id)))


def asked_in_bands(session: Session, person_id: int, bands: Collection[AgeBand]) -> list[int]:
    """The open conversations in which somebody is asked as a young person of one of these age bands."""
    going_on = (
        select(Conversation.id)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .where(
            Conversation.person_id == person_id,
            Conversation.closed_at.is_(None),
            Invitation.audience == "young_person",
            Invitation.age_band.in_(bands),
        )
    )
    return list(session.scalars(going_on.order_by(Conversation.id)))


def born_between(session: Session, first: date, last: date) -> list[int]:
    """Young people born from the first to the last of these days whom something has kept from being asked."""
    held = exists().where(
        Invitation.person_id == Person.id,
        Invitation.audience == "young_person",
        Invitation.status == "not_asked",
        Invitation.asked_at.is_(None),
    )
    return list(
        session.scalars(select(Person.id).where(Person.birth_date.between(first, last), held).order_by(Person.id))
    )
