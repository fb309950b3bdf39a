"""Queries about notices: what in a message a person of ours must know of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import Notice


def add(session: Session, message_id: int, whats: Iterable[str], now: datetime) -> None:
    """Note what was noticed in a message; what was noted before stays as it is."""
    insert_new(session, Notice, [{"message_id": message_id, "what": what, "at": now} for what in whats])
