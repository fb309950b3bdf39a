"""Queries about conversations. The ones on the path of an inbound message are Core statements built once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import bindparam, exists, func, insert, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new, insert_or_replace
from store.tables import (
    Answer,
    ContactPoint,
    Conversation,
    Invitation,
    InvitationStep,
    OptOut,
    Participant,
    Person,
)
from surveys.stages import Audience


class OpenConversation(NamedTuple):
    """A conversation that is going on, as far as an inbound message needs it.

    In an open survey there is no invitation, with all that it would tell, and no person.
    """

    id: int
    invitation_id: int | None
    invitation_status: str | None
    stage: str | None
    age_band: str | None
    state: str
    survey_id: str
    survey_version: int
    person_id: int | None
    channel: str
    address: str
    opened_at: datetime
    remind_at: datetime | None
    settle_at: datetime | None
    birth_date: date | None


class Correspondent(NamedTuple):
    """Whoever was last known at an address where no conversation is open. All None for a stranger.

    Whoever has gone into an open survey has a conversation and is nobody that we know.
    """

    conversation_id: int | None
    person_id: int | None
    audience: Audience | None
    opted_out: bool
    birth_date: date | None


_IS_OPEN = Conversation.closed_at.is_(None)
_ANY = (
    select(
        Conversation.id,
        Conversation.invitation_id,
        Invitation.status,
        Invitation.stage,
        Invitation.age_band,
        Conversation.state,
        Conversation.survey_id,
        Conversation.survey_version,
        Conversation.person_id,
        Conversation.channel,
        Conversation.address,
        Conversation.opened_at,
        Conversation.remind_at,
        Conversation.settle_at,
        Person.birth_date,
    )
    .outerjoin(Invitation, Invitation.id == Conversation.invitation_id)
    .outerjoin(Person, Person.id == Conversation.person_id)
    .with_for_update(of=Conversation)
)
_OPEN = _ANY.where(_IS_OPEN)
_OPEN_AT = _OPEN.where(Conversation.channel == bindparam("channel"), Conversation.address == bindparam("address"))
_OPEN_NAMED = _OPEN.where(Conversation.id == bindparam("conversation"))
_SAVE = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .values(
        state=bindparam("new_state"),
        closed_at=bindparam("closed"),
        last_heard_at=func.coalesce(bindparam("heard"), Conversation.last_heard_at),
        remind_at=bindparam("remind"),
        settle_at=bindparam("settle"),
    )
    .execution_options(synchronize_session=False)
)
_NOTE_MOVE = insert(InvitationStep.__table__)  # type: ignore[arg-type]
_MOVE_INVITATION = (
    update(Invitation)
    .where(Invitation.id == bindparam("invitation"))
    .values(status=bindparam("new_status"), settled_at=bindparam("settled"), not_asked_because=bindparam("because"))
    .execution_options(synchronize_session=False)
)


def open_at(session: Session, channel: str, address: str) -> OpenConversation | None:
    """The open conversation at an address, locked until this transaction ends; there is never more than one."""
    row = session.connection().execute(_OPEN_AT, {"channel": channel, "address": address}).first()
    return OpenConversation._make(row) if row else None


def lock(session: Session, conversation_id: int) -> OpenConversation | None:
    """One conversation if it is still open, locked until this transaction ends."""
    row = session.connection().execute(_OPEN_NAMED, {"conversation": conversation_id}).first()
    return OpenConversation._make(row) if row else None


def correspondent(session: Session, channel: str, address: str) -> Correspondent:
    """Who was last known at an address, and whether it has said stop."""
    at_address = (Conversation.channel == channel, Conversation.address == address)
    last = session.execute(
        select(Conversation.id, Conversation.person_id, Invitation.audience, Person.birth_date)
        .outerjoin(Invitation, Invitation.id == Conversation.invitation_id)
        .outerjoin(Person, Person.id == Conversation.person_id)
        .where(*at_address)
        .order_by(Conversation.opened_at.desc())
        .limit(1)
    ).first()
    stop = session.scalar(
        select(OptOut.id).where(
            OptOut.channel == channel,
            OptOut.address == address,
            OptOut.person_id.is_(None),
            OptOut.ended_at.is_(None),
        )
    )
    if last:
        audience = cast("Audience | None", last.audience)
        return Correspondent(last.id, last.person_id, audience, stop is not None, last.birth_date)
    known = session.execute(
        select(Participant.role, Person.birth_date)
        .join(Person, Person.id == Participant.person_id)
        .join(ContactPoint, ContactPoint.person_id == Person.id)
        .where(ContactPoint.channel == channel, ContactPoint.address == address, ContactPoint.closed_because.is_(None))
        .order_by(Participant.id)
        .limit(1)
    ).first()
    role, birth_date = known or (None, None)
    return Correspondent(None, None, cast("Audience | None", role), stop is not None, birth_date)


def begin(session: Session, row: Mapping[str, Any]) -> int | None:
    """Open a conversation; None where one is open at that address, or the invitation has one already."""
    opened: int | None = session.execute(insert_if_new(session, Conversation, returning="id"), row).scalar()
    return opened


def last_stopped(session: Session, channel: str, address: str) -> OpenConversation | None:
    """The latest conversation at an address, closed, of somebody who has said stop there and whose number it still is.

    Locked until this transaction ends.
    """
    stop = exists().where(
        OptOut.channel == channel,
        OptOut.address == address,
        OptOut.ended_at.is_(None),
        OptOut.person_id.is_(None) | (OptOut.person_id == Conversation.person_id),
    )
    theirs = exists().where(
        ContactPoint.channel == channel,
        ContactPoint.address == address,
        ContactPoint.closed_because.is_(None),
        ContactPoint.person_id == Conversation.person_id,
    )
    at_address = (Conversation.channel == channel, Conversation.address == address)
    latest = _ANY.where(*at_address, ~_IS_OPEN, stop, theirs).order_by(Conversation.opened_at.desc()).limit(1)
    row = session.execute(latest).first()
    return OpenConversation._make(row) if row else None


def last_closed(session: Session, conversation_id: int) -> OpenConversation | None:
    """A conversation that is closed, locked until this transaction ends."""
    row = session.execute(_ANY.where(Conversation.id == conversation_id, ~_IS_OPEN)).first()
    return OpenConversation._make(row) if row else None


def save(
    session: Session,
    conversation_id: int,
    state: str,
    *,
    heard_at: datetime | None,
    closed_at: datetime | None,
    remind_at: datetime | None = None,
    settle_at: datetime | None = None,
) -> None:
    """Keep the state after a step.

    Args:
        heard_at: left as it is where None.
        settle_at: while parts of a reply still wait, when they are taken up; None where none does.
    """
    values = {"conversation": conversation_id, "new_state": state, "heard": heard_at, "closed": closed_at}
    session.connection().execute(_SAVE, {**values, "remind": remind_at, "settle": settle_at})


def has_settled(session: Session, conversation_id: int) -> None:
    """Note that no part of a reply waits any more."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(settle_at=None)
        .execution_options(synchronize_session=False)
    )


def store_answers(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the answers of one message; a new answer takes the place of an earlier one to the same question."""
    session.connection().execute(insert_or_replace(session, Answer, ("conversation_id", "question")), list(rows))


def note_move(session: Session, row: Mapping[str, Any]) -> None:
    """Keep one move of an invitation."""
    session.connection().execute(_NOTE_MOVE, row)


def move_invitation(
    session: Session, invitation_id: int, status: str, *, settled_at: datetime | None, because: str | None = None
) -> None:
    """Move an invitation on to another status.

    Args:
        because: what stands beside it where it is counted.
    """
    row = {"invitation": invitation_id, "new_status": status, "settled": settled_at, "because": because}
    session.connection().execute(_MOVE_INVITATION, row)


def of_case(session: Session, case_id: int) -> list[int]:
    """The open conversations about a case."""
    return list(
        session.scalars(
            select(Conversation.id)
            .join(Invitation, Invitation.id == Conversation.invitation_id)
            .where(_IS_OPEN, Invitation.case_id == case_id)
            .order_by(Conversation.id)
        )
    )


_AT_ADDRESS = select(ContactPoint.person_id).where(
    ContactPoint.channel == bindparam("channel"),
    ContactPoint.address == bindparam("address"),
    ContactPoint.closed_because.is_(None),
)
_SHARERS = _AT_ADDRESS.distinct().order_by(ContactPoint.person_id)
_NAMES_AT = select(Person.id, Person.name).where(Person.id.in_(_AT_ADDRESS)).order_by(Person.id)


def sharers(session: Session, channel: str, address: str) -> list[int]:
    """The people who can be reached at an address."""
    return list(session.connection().execute(_SHARERS, {"channel": channel, "address": address}).scalars())


def names_at(session: Session, channel: str, address: str) -> list[tuple[int, str]]:
    """The people who can be reached at an address, each with their name."""
    rows = session.connection().execute(_NAMES_AT, {"channel": channel, "address": address})
    return [(row[0], row[1]) for row in rows]
