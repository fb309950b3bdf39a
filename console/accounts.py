"""Passwords and signing in.

Whether an address is known, wrong, locked or has no password, the answer is the same and so is the work, so that nobody
can find out who works here. The hash is compared with no transaction open: it takes its time on purpose.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.calendar import local_day
from store import audit
from store.council import staff
from store.council.staff import Account
from store.session import Database

ROLES = ("worker", "manager", "duty", "administrator")
WRONG_TRIES = 10
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


class BadPassword(Exception):
    """The password cannot be kept; the message says what to choose instead."""


class Passwords:
    """Hashes of passwords, with argon2id."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Use argon2's recommended cost, or that of `hasher`."""
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash of a new password.

        Raises:
            BadPassword: it is too short or too long.
        """
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise BadPassword(f"Choose a password of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
        return self._hasher.hash(password)

    def is_right(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one kept. Without a kept hash the work is done all the same."""
        nobodys = self._nobodys
        try:
            self._hasher.verify(kept or nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)


def sign_in(database: Database, passwords: Passwords, email: str, password: str, now: datetime) -> Account | None:
    """The account that e-mail address and password open, or None; the try is counted and logged either way."""
    with database.reading() as session:
        account = staff.by_email(session, email)
    is_right = passwords.is_right(account.password_hash if account else None, password[: LONGEST_PASSWORD + 1])
    is_locked = account is not None and account.locked_until is not None and now < account.locked_until
    if account is None or not is_right or is_locked or not account.works_here(local_day(now)):
        _refuse(database, account, email, now, count=not is_locked)
        return None
    return _admit(database, passwords, account, password, now)


def _refuse(database: Database, account: Account | None, email: str, now: datetime, *, count: bool) -> None:
    with database.writing() as session:
        if count:
            staff.count_wrong_try(session, email, limit=WRONG_TRIES, locked_until=now + LOCKED_FOR)
        if account is not None:
            audit.record(session, at=now, staff_id=account.id, what="was refused at sign-in", subject="sign-in")


def _admit(database: Database, passwords: Passwords, account: Account, password: str, now: datetime) -> Account:
    with database.writing() as session:
        staff.forget_wrong_tries(session, account.id)
        if account.password_hash and passwords.is_outdated(account.password_hash):
            account = account._replace(password_hash=passwords.hash(password))
            staff.keep_hash(session, account.id, account.password_hash or "")
        audit.record(session, at=now, staff_id=account.id, what="signed in", subject="sign-in")
    return account
