"""Queries about mails: those that no server took, which are read in the console, and whom one invited."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Message


class KeptMail(NamedTuple):
    """One mail that is kept here because no mail server is set."""

    at: datetime
    to: str
    subject: str
    text: str


def kept(session: Session, limit: int = 100) -> list[KeptMail]:
    """The kept mails, newest first."""
    rows = session.execute(
        select(Message.at, Message.address, Message.subject, Message.text)
        .where(Message.channel == "email", Message.status == "kept")
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return [KeptMail(row.at, row.address, row.subject or "", row.text) for row in rows]


def invited(session: Session, key: str) -> str | None:
    """The address that was invited by the mail of ours with this key; None where there is no such mail."""
    return session.scalar(
        select(Message.address).where(
            Message.key == key,
            Message.channel == "email",
            Message.direction == "out",
            Message.kind.in_(("invitation", "reminder")),
        )
    )
