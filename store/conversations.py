"""Queries about conversations. The ones on the path of an inbound message are Core statements built once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from store.insert import insert_if_new
from store.tables import Answer, ContactPoint, Conversation, Invitation, OptOut, Participant, Person
from surveys.stages import Audience


class OpenConversation(NamedTuple):
    """A conversation that is going on, as far as an inbound message needs it."""

    id: int
    invitation_id: int
    invitation_status: str
    stage: str
    state: str
    survey_id: str
    survey_version: int


class Correspondent(NamedTuple):
    """Whoever was last known at an address where no conversation is open. All None for a stranger."""

    conversation_id: int | None
    audience: Audience | None
    opted_out: bool


_IS_OPEN = Conversation.closed_at.is_(None)
_OPEN = (
    select(
        Conversation.id,
        Conversation.invitation_id,
        Invitation.status,
        Invitation.stage,
        Conversation.state,
        Conversation.survey_id,
        Conversation.survey_version,
    )
    .join(Invitation, Invitation.id == Conversation.invitation_id)
    .where(_IS_OPEN)
    .with_for_update(of=Conversation)
)
_OPEN_AT = _OPEN.where(Conversation.channel == bindparam("channel"), Conversation.address == bindparam("address"))
_SAVE = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .values(
        state=bindparam("new_state"),
        closed_at=bindparam("closed"),
        last_heard_at=func.coalesce(bindparam("heard"), Conversation.last_heard_at),
    )
    .execution_options(synchronize_session=False)
)
_ANSWER = insert(Answer.__table__)  # type: ignore[arg-type]
_MOVE_INVITATION = (
    update(Invitation)
    .where(Invitation.id == bindparam("invitation"))
    .values(status=bindparam("new_status"), settled_at=bindparam("settled"))
    .execution_options(synchronize_session=False)
)


def open_at(session: Session, channel: str, address: str) -> OpenConversation | None:
    """The open conversation at an address, locked until this transaction ends; there is never more than one."""
    row = session.connection().execute(_OPEN_AT, {"channel": channel, "address": address}).first()
    return OpenConversation(*row) if row else None


def lock(session: Session, conversation_id: int) -> OpenConversation | None:
    """One conversation if it is still open, locked until this transaction ends."""
    row = session.execute(_OPEN.where(Conversation.id == conversation_id)).first()
    return OpenConversation(*row) if row else None


def correspondent(session: Session, channel: str, address: str) -> Correspondent:
    """Who was last known at an address, and whether it has said stop."""
    at_address = (Conversation.channel == channel, Conversation.address == address)
    last = session.execute(
        select(Conversation.id, Invitation.audience)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .where(*at_address)
        .order_by(Conversation.opened_at.desc())
        .limit(1)
    ).first()
    stop = session.scalar(
        select(OptOut.id).where(OptOut.channel == channel, OptOut.address == address, OptOut.ended_at.is_(None))
    )
    if last:
        return Correspondent(last.id, cast("Audience", last.audience), stop is not None)
    role = session.scalar(
        select(Participant.role)
        .join(Person, Person.id == Participant.person_id)
        .join(ContactPoint, ContactPoint.person_id == Person.id)
        .where(ContactPoint.channel == channel, ContactPoint.address == address, ContactPoint.closed_because.is_(None))
        .order_by(Participant.id)
        .limit(1)
    )
    return Correspondent(None, cast("Audience | None", role), stop is not None)


def begin(session: Session, row: Mapping[str, Any]) -> int | None:
    """Open a conversation; None where one is open at that address, or the invitation has one already."""
    opened: int | None = session.execute(insert_if_new(session, Conversation, returning="id"), row).scalar()
    return opened


def save(
    session: Session, conversation_id: int, state: str, *, heard_at: datetime | None, closed_at: datetime | None
) -> None:
    """Keep the state after a step; with no `heard_at`, it stays as it is when something was heard last."""
    session.connection().execute(
        _SAVE, {"conversation": conversation_id, "new_state": state, "heard": heard_at, "closed": closed_at}
    )


def store_answers(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the answers of one message."""
    session.connection().execute(_ANSWER, list(rows))


def move_invitation(session: Session, invitation_id: int, status: str, *, settled_at: datetime | None) -> None:
    """Move an invitation on to another status."""
    session.connection().execute(
        _MOVE_INVITATION, {"invitation": invitation_id, "new_status": status, "settled": settled_at}
    )


def silent_since(session: Session, moment: datetime) -> list[int]:
    """The open conversations in which nobody has said anything since `moment`."""
    quiet = (Conversation.last_heard_at.is_(None) & (Conversation.opened_at < moment)) | (
        Conversation.last_heard_at < moment
    )
    return list(session.scalars(select(Conversation.id).where(_IS_OPEN, quiet).order_by(Conversation.id)))
