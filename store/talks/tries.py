"""Queries about replies that were no answer: which of them may stand with the answer that followed, and that they do."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from store.shown.doubts import WHOLE, in_wake_of_conduct, while_held
from store.tables import Alert, Message


def with_nothing_held(session: Session, conversation_id: int, message_ids: Collection[int]) -> list[int]:
    """Those of some messages of a conversation that raised no alert, nor came while one held the conversation."""
    alerted = select(WHOLE).where(WHOLE.in_(message_ids), exists().where(Alert.message_id == Message.id))
    return list(
        session.scalars(
            select(Message.id)
            .where(
                Message.conversation_id == conversation_id,
                Message.id.in_(message_ids),
                Message.id.not_in(alerted),
                ~in_wake_of_conduct(),
                ~while_held(),
            )
            .order_by(Message.id)
        )
    )


def stand_for(session: Session, message_id: int, earlier: Collection[int]) -> None:
    """Let a message stand for earlier ones and their parts, as the last part of a reply stands for it."""
    session.execute(
        update(Message)
        .where(WHOLE.in_(earlier))
        .values(part_of=message_id)
        .execution_options(synchronize_session=False)
    )
