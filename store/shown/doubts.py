"""Conditions on whose words these are, and on what a person must look at before a line manager reads them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from store.tables import Alert, Answer, Conversation, Message, Notice

WHOLE = func.coalesce(Message.part_of, Message.id)
"""The message under whose id several parts were taken up: it carries their answer and their alert."""

_WHOSE_PHONE = ("wrong_number", "unsafe_contact")
_SOMEONE_ELSE = ("unknown_person", "someone_else")
HOLDING = ("red_now", "red_today", "conduct")
"""Alerts at which a conversation pauses until they are released."""


WISHES = ("person_wanted", "other_format", "advocate", "access_request", "erasure_request")
"""Reasons of alerts that are no worry about anybody, so that a line manager reads the words at once."""

HOLDS_BACK = Alert.reason.not_in(WISHES)


def in_doubt(conversation_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Whether a conversation turned out to be with somebody else, and no person has released that alert yet."""
    alert = aliased(Alert)
    noticed = exists().where(Notice.message_id == alert.message_id, Notice.what.in_(_WHOSE_PHONE))
    return exists().where(alert.conversation_id == conversation_id, alert.released_at.is_(None), noticed)


def doubted_invitations() -> Select[int | None]:
    """The invitations of all conversations `in_doubt`: few, and so found once where many invitations are looked through."""
    return (
        select(Conversation.invitation_id)
        .join(Alert, Alert.conversation_id == Conversation.id)
        .join(Notice, Notice.message_id == Alert.message_id)
        .where(Notice.what.in_(_WHOSE_PHONE), Alert.released_at.is_(None), Conversation.invitation_id.is_not(None))
    )


def while_held() -> ColumnElement[bool]:
    """Whether a message came after one for which its conversation is still held: it may be the rest of what was said."""
    alert = aliased(Alert)
    return exists().where(
        alert.conversation_id == Message.conversation_id,
        alert.message_id < Message.id,
        alert.severity.in_(HOLDING),
        alert.conduct.is_(False),
        alert.released_at.is_(None),
    )


def in_wake_of_conduct() -> ColumnElement[bool]:
    """Whether a message came while one about a worker's conduct held its conversation: it may be the rest of that."""
    alert = aliased(Alert)
    return exists().where(
        alert.conversation_id == Message.conversation_id,
        alert.message_id < Message.id,
        alert.conduct,
        alert.released_at.is_(None) | (alert.released_at > Message.at),
    )


def by_someone_else() -> ColumnElement[bool]:
    """Whether a message came from someone who is not the person that was asked, or had not said who they are."""
    return exists().where(Notice.message_id == Message.id, Notice.what.in_(_SOMEONE_ELSE))


def is_aside() -> ColumnElement[bool]:
    """Whether a message came beside its conversation, and answers nothing in it whatever it says."""
    return exists().where(Notice.message_id == Message.id, Notice.what == "aside")


def may_be_told() -> tuple[ColumnElement[bool], ...]:
    """The conditions on answers, with their messages, that keep to what may go beyond those who read them here.

    Left out is what a line manager may not see either: what is about a worker's conduct, what waits for a person to look at
    it, and what somebody else may have given.
    """
    holds = or_(Alert.conduct, Alert.severity == "conduct", Alert.released_at.is_(None))
    return (
        ~exists().where(Alert.message_id == Answer.message_id, HOLDS_BACK, holds),
        ~while_held(),
        ~in_wake_of_conduct(),
        ~by_someone_else(),
        ~in_doubt(Answer.conversation_id),
    )
