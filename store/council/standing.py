"""How a person stands as far as asking them goes: in one statement, built once, since case lists are long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.tables import ContactPoint, DoNotContact, Person, TakingPartAlone

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


_holding, _holder = aliased(ContactPoint), aliased(Person)


def safe_contact_at(channel: Any, address: Any) -> ColumnElement[str]:  # noqa: ANN401
    """How whoever can be reached at an address may be contacted, as a part of another query.

    `none` where that is so for one of them, else `discreet` where it is, else `text`: nobody knows who reads a shared phone.
    """
    careful = (
        select(func.max(_holder.safe_contact))  # "none" comes after "discreet"
        .join(_holding, _holding.person_id == _holder.id)
        .where(
            _holding.channel == channel,
            _holding.address == address,
            _holding.closed_because.is_(None),
            _holder.safe_contact != "text",
        )
        .scalar_subquery()
    )
    return func.coalesce(careful, "text")


def may_alone(person_id: Any) -> ColumnElement[bool | None]:  # noqa: ANN401
    """The latest decision whether the person of that column can take part alone, as a part of another query."""
    return (
        select(TakingPartAlone.may)
        .where(TakingPartAlone.person_id == person_id)
        .order_by(TakingPartAlone.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _columns(person: ColumnElement[int]) -> tuple[ColumnElement[Any], ...]:
    """The columns of a `Standing`, for the person of a column or a bound value."""
    theirs = (ContactPoint.person_id == person, ContactPoint.channel.in_(("telegram", "sms")))
    in_use = ContactPoint.closed_because.is_(None)
    known = or_(ContactPoint.channel == "telegram", ContactPoint.confirmed_at > bindparam("since"))
    return (
        is_barred(person),
        may_alone(person),
        exists().where(*theirs, in_use, ContactPoint.frozen_because.is_(None), known),
        exists().where(*theirs, or_(in_use, ContactPoint.closed_because == PROVEN_DEAD)),
        select(ContactPoint.closed_because)
        .where(*theirs, ContactPoint.closed_because.in_(NUMBERS_OF_OTHERS))
        .order_by(ContactPoint.id.desc())
        .limit(1)
        .scalar_subquery(),
    )


_STANDING = select(*_columns(bindparam("person")))
_STANDINGS = select(Person.id, *_columns(cast("ColumnElement[int]", Person.id))).where(
    Person.id.in_(bindparam("people", expanding=True))
)


def of(session: Session, person_id: int, confirmed_since: datetime) -> Standing:
    """How a person stands.

    Args:
        confirmed_since: a number that nobody has known to be theirs since then counts as doubtful.
    """
    values = {"person": person_id, "since": confirmed_since}
    barred, may, line, doubtful, refused = session.connection().execute(_STANDING, values).one()
    return Standing(bool(barred), may, bool(line), bool(doubtful), refused)


def of_many(session: Session, person_ids: Collection[int], confirmed_since: datetime) -> dict[int, Standing]:
    """How each of several people stands; `confirmed_since` as for one of them."""
    values = {"people": sorted(person_ids), "since": confirmed_since}
    return {
        row[0]: Standing(bool(row[1]), row[2], bool(row[3]), bool(row[4]), row[5])
        for row in session.connection().execute(_STANDINGS, values)
    }
