"""Queries about staff who sign in: finding them, counting wrong tries, keeping the hash of a password."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, null, select, update
from sqlalchemy.orm import Session

from store.insert import insert_new
from store.tables import Staff


class Account(NamedTuple):
    """What signing in needs to know of a member of staff. Without a hash nobody can sign in, nor who does not work here."""

    id: int
    email: str
    name: str
    role: str
    password_hash: str | None
    locked_until: datetime | None
    began_on: date | None = None
    ended_on: date | None = None

    def works_here(self, day: date) -> bool:
        """Whether they work here on a day, as far as is known."""
        return (self.began_on is None or self.began_on <= day) and (self.ended_on is None or day <= self.ended_on)


_ACCOUNT = select(*(getattr(Staff, column) for column in Account._fields))


def by_id(session: Session, staff_id: int) -> Account | None:
    """The account of that number."""
    row = session.execute(_ACCOUNT.where(Staff.id == staff_id)).one_or_none()
    return None if row is None else Account(*row)


def by_email(session: Session, email: str) -> Account | None:
    """The account of that e-mail address, capitals or not."""
    row = session.execute(_ACCOUNT.where(Staff.email == normal(email))).one_or_none()
    return None if row is None else Account(*row)


def add(session: Session, email: str, name: str, role: str) -> bool:
    """Add a member of staff; False if the e-mail address is there already."""
    return insert_new(session, Staff, [{"email": normal(email), "name": name, "role": role, "failed_sign_ins": 0}]) == 1


def keep_hash(session: Session, staff_id: int, password_hash: str) -> None:
    """Keep the hash of a new password, and let its owner in again."""
    values = {"password_hash": password_hash, "failed_sign_ins": 0, "locked_until": None}
    session.execute(update(Staff).where(Staff.id == staff_id).values(values))


def count_wrong_try(session: Session, email: str, *, limit: int, locked_until: datetime) -> None:
    """Count one more wrong try; the one that reaches `limit` locks the account and begins the count anew."""
    reaches = Staff.failed_sign_ins + 1 >= limit
    session.execute(
        update(Staff)
        .where(Staff.email == normal(email))
        .values(
            failed_sign_ins=case((reaches, 0), else_=Staff.failed_sign_ins + 1),
            locked_until=case((reaches, locked_until), else_=null()),
        )
    )


def forget_wrong_tries(session: Session, staff_id: int) -> None:
    """Begin the count of wrong tries anew."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(failed_sign_ins=0, locked_until=None))


def normal(email: str) -> str:
    """An e-mail address as it is kept: without blanks around it, in small letters."""
    return email.strip().lower()


def everyone(session: Session) -> list[Account]:
    """Every member of staff, by role and then name."""
    return [Account(*row) for row in session.execute(_ACCOUNT.order_by(Staff.role, Staff.name, Staff.email))]
