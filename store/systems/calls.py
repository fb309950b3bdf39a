"""Queries that keep a calling system within its bounds: calls counted by the minute, and each call done once."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import ApiMinute, ApiReply


class KeptReply(NamedTuple):
    """What a call with an idempotency key was answered. `request_hash`: of the request that was answered so."""

    request_hash: str
    status: int
    body: str


def count(session: Session, key_id: int, minute: datetime) -> int:
    """Count one more call in the minute that begins at `minute`; return how many there are with it."""
    insert_new(session, ApiMinute, [{"key_id": key_id, "minute": minute, "calls": 0}])
    counted = (
        update(ApiMinute)
        .where(ApiMinute.key_id == key_id, ApiMinute.minute == minute)
        .values(calls=ApiMinute.calls + 1)
        .returning(ApiMinute.calls)
    )
    return int(session.connection().execute(counted).scalar_one())


def claim(session: Session, key_id: int, idempotency_key: str, request_hash: str, now: datetime) -> KeptReply | None:
    """Take a call up as the one that is done, or return what the one before it was answered.

    The row stays with the transaction: where the same call is being done elsewhere this waits until that has ended, and
    if that was rolled back this one takes its place.
    """
    named = {"key_id": key_id, "idempotency_key": idempotency_key}
    fresh = {"request_hash": request_hash, "status": 0, "body": "", "made_at": now}
    if insert_new(session, ApiReply, [{**named, **fresh}]):
        return None
    found = select(ApiReply.request_hash, ApiReply.status, ApiReply.body).where(
        ApiReply.key_id == key_id, ApiReply.idempotency_key == idempotency_key
    )
    return KeptReply._make(session.connection().execute(found).one())


def keep(session: Session, key_id: int, idempotency_key: str, status: int, body: str) -> None:
    """Keep what a call was answered, in the transaction that has done it."""
    named = (ApiReply.key_id == key_id, ApiReply.idempotency_key == idempotency_key)
    session.connection().execute(update(ApiReply).where(*named).values(status=status, body=body))


def forget_replies(session: Session, before: datetime) -> int:
    """Forget what calls were answered before that moment; return how many."""
    return session.connection().execute(delete(ApiReply).where(ApiReply.made_at < before)).rowcount


def forget_minutes(session: Session, before: datetime) -> int:
    """Forget how many calls there were in the minutes before that moment; return how many minutes."""
    return session.connection().execute(delete(ApiMinute).where(ApiMinute.minute < before)).rowcount
