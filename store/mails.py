"""Queries about mails that no server took: they are kept, and read in the console."""

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
