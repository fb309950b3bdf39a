"""Queries about the keys of calling systems. Only a key's SHA-256 ever comes here, never the key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from store.tables import ApiKey


class NewKey(NamedTuple):
    """A key to be kept. `scopes`: what it may do, with blanks between."""

    name: str
    key_hash: str
    scopes: str
    calls_a_minute: int
    made_at: datetime
    expires_at: datetime


class KeyRow(NamedTuple):
    """A key as it is kept."""

    id: int
    name: str
    scopes: str
    calls_a_minute: int
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


_KEY = select(
    ApiKey.id,
    ApiKey.name,
    ApiKey.scopes,
    ApiKey.calls_a_minute,
    ApiKey.made_at,
    ApiKey.expires_at,
    ApiKey.revoked_at,
    ApiKey.last_used_at,
)


def add(session: Session, key: NewKey) -> None:
    """Keep a new key."""
    session.execute(insert(ApiKey), [key._asdict()])


def by_hash(session: Session, key_hash: str) -> KeyRow | None:
    """The key of that hash, whether or not it is still good."""
    row = session.execute(_KEY.where(ApiKey.key_hash == key_hash)).one_or_none()
    return None if row is None else KeyRow._make(row)


def every(session: Session) -> list[KeyRow]:
    """All keys there have been, by name, the newest of a name first."""
    rows = session.execute(_KEY.order_by(ApiKey.name, ApiKey.made_at.desc(), ApiKey.id.desc()))
    return [KeyRow._make(row) for row in rows]


def good(session: Session, name: str, now: datetime) -> list[KeyRow]:
    """The keys of a system that open something now, the newest first; locked until this transaction ends."""
    statement = (
        _KEY.where(ApiKey.name == name, ApiKey.revoked_at.is_(None), ApiKey.expires_at > now)
        .order_by(ApiKey.made_at.desc(), ApiKey.id.desc())
        .with_for_update()
    )
    return [KeyRow._make(row) for row in session.execute(statement)]


def revoke(session: Session, key_ids: list[int], now: datetime) -> None:
    """Note that these keys open nothing any more."""
    session.execute(update(ApiKey).where(ApiKey.id.in_(key_ids)).values(revoked_at=now))


def end_by(session: Session, key_ids: list[int], moment: datetime) -> None:
    """Have these keys end at that moment, unless they end earlier."""
    session.execute(update(ApiKey).where(ApiKey.id.in_(key_ids), ApiKey.expires_at > moment).values(expires_at=moment))


def note_use(session: Session, key_id: int, now: datetime, *, every: timedelta) -> None:
    """Note that a key was used just now, unless that was noted less than `every` ago."""
    is_old = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= now - every)
    session.execute(update(ApiKey).where(ApiKey.id == key_id, is_old).values(last_used_at=now))
