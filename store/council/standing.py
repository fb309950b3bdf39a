"""How a person stands as far as asking them goes: in one statement, built once, since case lists are long."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from store.tables import ContactPoint, DoNotContact, TakingPartAlone

PROVEN_DEAD = "undeliverable"
"""Why an address was closed that takes no messages for good, as its network says."""


class Standing(NamedTuple):
    """What speaks for and against asking a person.

    Attributes:
        is_barred: nobody may write to them, whatever else is recorded.
        may_alone: a worker's latest decision that they can take part alone; None where nobody has decided.
        has_line: an address by which people are asked, in use and known to be theirs.
        has_doubtful_line: one that a worker must confirm first.
        refused_line: why their number was refused, where it was: it is a worker's, or a partner's.
    """

    is_barred: bool = False
    may_alone: bool | None = None
    has_line: bool = True
    has_doubtful_line: bool = False
    refused_line: str | None = None


NUMBERS_OF_OTHERS = ("worker_number", "partner_number")
"""Why a number was closed that is no family's."""


def is_barred(person_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column or a bound value
    """Whether nobody may write to the person of that column, as a part of another query."""
    return exists().where(DoNotContact.person_id == person_id, DoNotContact.ended_at.is_(None))


def may_alone(person_id: Any) -> ColumnElement[bool | None]:  # noqa: ANN401
    """The latest decision whether the person of that column can take part alone, as a part of another query."""
    return (
        select(TakingPartAlone.may)
        .where(TakingPartAlone.person_id == person_id)
        .order_by(TakingPartAlone.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_PERSON: ColumnElement[int] = bindparam("person")
_THEIRS = (ContactPoint.person_id == _PERSON, ContactPoint.channel.in_(("telegram", "sms")))
_IN_USE = ContactPoint.closed_because.is_(None)
_STANDING = select(
    is_barred(_PERSON),
    may_alone(_PERSON),
    exists().where(
        *_THEIRS,
        _IN_USE,
        ContactPoint.frozen_because.is_(None),
        or_(ContactPoint.channel == "telegram", ContactPoint.confirmed_at > bindparam("since")),
    ),
    exists().where(*_THEIRS, or_(_IN_USE, ContactPoint.closed_because == PROVEN_DEAD)),
    select(ContactPoint.closed_because)
    .where(*_THEIRS, ContactPoint.closed_because.in_(NUMBERS_OF_OTHERS))
    .order_by(ContactPoint.id.desc())
    .limit(1)
    .scalar_subquery(),
)


def of(session: Session, person_id: int, confirmed_since: datetime) -> Standing:
    """How a person stands.

    Args:
        confirmed_since: a number that nobody has known to be theirs since then counts as doubtful.
    """
    values = {"person": person_id, "since": confirmed_since}
    barred, may, line, doubtful, refused = session.connection().execute(_STANDING, values).one()
    return Standing(bool(barred), may, bool(line), bool(doubtful), refused)
