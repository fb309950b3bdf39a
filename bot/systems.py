"""Systems that call us: the keys they prove themselves with, what each may do, and how often.

A key is shown once, when it is made. What is kept is its SHA-256: a key holds 256 random bits, so nobody can try their way
back from the hash, and looking it up by the hash tells an attacker nothing about how much of a guess was right.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from store import audit
from store.session import Database, Session
from store.systems import calls, keys
from store.systems.keys import KeyRow, NewKey

SCOPES: Mapping[str, str] = {
    "people:read": "read what is kept of a person, never their answers",
    "people:write": "keep people, and say who must not be contacted",
    "cases:read": "read cases, who takes part in them, and their events",
    "cases:write": "keep cases, who takes part in them, and report events",
    "results:read": "read what was answered about case stages, and who was asked",
    "results:words": "read people's own words with their answers",
}
"""What a key can be made for."""

PREFIX = "heard_"
"""So that a key in a place where it should not be can be searched for."""

OLD_KEY_GOOD_FOR = timedelta(days=7)
REPLIES_KEPT = timedelta(days=7)
_MINUTES_KEPT = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
MOST_CALLS_A_MINUTE = 6000
LONGEST_DAYS = 730
_LONGEST_TOKEN = 200


class BadKey(ValueError):
    """A key that cannot be made, changed or found; the sentence says what to do instead."""


class Caller(NamedTuple):
    """The system that calls."""

    key_id: int
    name: str
    scopes: frozenset[str]


class Admitted(NamedTuple):
    """A call that may go on. `left`: calls left in this minute; `seconds` until the next begins."""

    caller: Caller
    calls_a_minute: int
    left: int
    seconds: int


class TooMany(NamedTuple):
    """A call above what the key may do in a minute; `seconds` until the next begins."""

    calls_a_minute: int
    seconds: int


def make(
    session: Session, name: str, scopes: Iterable[str], *, days: int, calls_a_minute: int = 60, now: datetime
) -> str:
    """Make a key for a calling system; the only time that the key itself is seen.

    Raises:
        BadKey: the name is taken or empty, a scope is unknown, or a number is out of bounds.
    """
    if not name.strip() or len(name) > 60 or not name.isprintable():
        raise BadKey("Name the calling system in 1 to 60 characters, such as 'case system'.")
    if keys.good(session, name, now):
        raise BadKey(f"{name} has a key already: use 'flask keys rotate', or revoke it first.")
    wanted = sorted(set(scopes))
    if unknown := [scope for scope in wanted if scope not in SCOPES]:
        raise BadKey(f"There is no scope {', '.join(unknown)}: choose from {', '.join(SCOPES)}.")
    if not wanted:
        raise BadKey(f"Say what it may do: choose from {', '.join(SCOPES)}.")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadKey(f"A key is good for 1 to {LONGEST_DAYS} days.")
    if not 1 <= calls_a_minute <= MOST_CALLS_A_MINUTE:
        raise BadKey(f"A key may call 1 to {MOST_CALLS_A_MINUTE} times a minute.")
    return _keep(session, name, " ".join(wanted), calls_a_minute, now, days)


def rotate(session: Session, name: str, *, days: int, now: datetime) -> str:
    """Make a new key in the place of a system's, with the same scopes and bounds. The old one stays good for a week.

    Raises:
        BadKey: the system has no key that is good, or `days` is out of bounds.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise BadKey(f"A key is good for 1 to {LONGEST_DAYS} days.")
    old = _good(session, name, now)
    keys.end_by(session, [key.id for key in old], now + OLD_KEY_GOOD_FOR)
    return _keep(session, name, old[0].scopes, old[0].calls_a_minute, now, days)


def revoke(session: Session, name: str, *, now: datetime) -> int:
    """Have every key of a system open nothing from now on; return how many.

    Raises:
        BadKey: it has none that is good.
    """
    old = _good(session, name, now)
    keys.revoke(session, [key.id for key in old], now)
    audit.record(session, at=now, staff_id=None, what="a key for a calling system was revoked", subject=name)
    return len(old)


def admit(session: Session, token: str, now: datetime) -> Admitted | TooMany | None:
    """Count a call and say whether it may go on; None where the key is unknown, expired or revoked.

    The count stands in the database, so that it holds over however many processes. Commit what this writes, whatever it
    returns.
    """
    key = _key_of(session, token, now)
    if key is None:
        return None
    minute = now.replace(second=0, microsecond=0)
    seconds = max(1, 60 - now.second)
    left = key.calls_a_minute - calls.count(session, key.id, minute)
    keys.note_use(session, key.id, now, every=_MINUTE)
    if left < 0:
        return TooMany(key.calls_a_minute, seconds)
    caller = Caller(key.id, key.name, frozenset(key.scopes.split()))
    return Admitted(caller, key.calls_a_minute, left, seconds)


def opens(session: Session, token: str, now: datetime) -> bool:
    """Whether a key is known and good. Writes nothing: whoever has none keeps nobody from writing."""
    return _key_of(session, token, now) is not None


def _key_of(session: Session, token: str, now: datetime) -> KeyRow | None:
    key = keys.by_hash(session, hash_of(token)) if len(token) <= _LONGEST_TOKEN else None
    return None if key is None or key.revoked_at is not None or key.expires_at <= now else key


def forget_old(database: Database, now: datetime) -> int:
    """Forget what calls were answered over a week ago, and yesterday's counts; return how many rows went."""
    with database.writing() as session:
        replies = calls.forget_replies(session, now - REPLIES_KEPT)
        return replies + calls.forget_minutes(session, now - _MINUTES_KEPT)


def hash_of(token: str) -> str:
    """The SHA-256 of a key, in hexadecimal: what is kept of it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _good(session: Session, name: str, now: datetime) -> list[KeyRow]:
    found = keys.good(session, name, now)
    if not found:
        raise BadKey(f"{name} has no key that is good: 'flask keys list' shows all there have been.")
    return found


def _keep(session: Session, name: str, scopes: str, calls_a_minute: int, now: datetime, days: int) -> str:
    token = PREFIX + secrets.token_urlsafe(32)
    ends = now + timedelta(days=days)
    keys.add(session, NewKey(name, hash_of(token), scopes, calls_a_minute, now, ends))
    audit.record(session, at=now, staff_id=None, what=f"a key for a calling system was made: {scopes}", subject=name)
    return token
