"""The query of how somebody is reached beside a page on the web, for whoever must reach them at once."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import ContactPoint, Conversation, PartnerOrganisation, Person


class Reached(NamedTuple):
    """Where somebody works with families, if they are a partner's, and their addresses that are in use."""

    organisation: str | None
    post: str | None
    addresses: tuple[str, ...]


def of_conversation(session: Session, conversation_id: int) -> Reached | None:
    """How whoever a conversation is with is reached; None where it is with nobody who is known."""
    row = session.execute(
        select(Person.id, PartnerOrganisation.name, Person.post)
        .join(Conversation, Conversation.person_id == Person.id)
        .outerjoin(PartnerOrganisation, PartnerOrganisation.id == Person.organisation_id)
        .where(Conversation.id == conversation_id)
    ).first()
    if row is None:
        return None
    addresses = session.scalars(
        select(ContactPoint.address)
        .where(
            ContactPoint.person_id == row[0],
            ContactPoint.channel.in_(("sms", "email")),
            ContactPoint.closed_because.is_(None),
        )
        .order_by(ContactPoint.id)
    )
    return Reached(row[1], row[2], tuple(addresses))
