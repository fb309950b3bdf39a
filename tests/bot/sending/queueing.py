"""Putting messages into the outbox, and looking at what became of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from store.tables import Message
from store.talks import messages
from store.talks.messages import Queued
from tests.builders import MUM, House


def queue(
    house: House, key: str, kind: str = "reply", address: str = MUM, channel: str = "sms", **extra: object
) -> None:
    """Queue one message; its key is its text."""
    with house.database.writing() as session:
        queued = Queued(channel, address, key, kind, key, **extra)  # type: ignore[arg-type]
        messages.queue(session, [queued], house.clock.now())


def outcome(house: House, key: str) -> tuple[str, str | None]:
    """How one message stands, and the code beside it."""
    with house.database.reading() as session:
        status, code = session.execute(select(Message.status, Message.error_code).where(Message.key == key)).one()
    return status, code


def ids(house: House) -> dict[str, int]:
    """The id of each message by its key."""
    with house.database.reading() as session:
        rows = session.execute(select(Message.key, Message.id).where(Message.direction == "out"))
        return {key or "": number for key, number in rows}


def not_before(house: House, key: str) -> datetime | None:
    """The earliest moment at which one message may go."""
    with house.database.reading() as session:
        return session.scalar(select(Message.not_before).where(Message.key == key))
