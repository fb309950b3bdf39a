"""Queries about partner organisations: the register, whose turn it is to be asked, and whom to ask there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from store.insert import insert_if_new
from store.tables import Campaign, ContactPoint, Invitation, PartnerOrganisation, Person
from store.written import word

KIND = "partners"
"""The kind of the campaigns that ask partners every six months."""

WAS_ASKED = ("asked", "started", "partly_answered", "answered", "declined", "lapsed")
"""Where an invitation stands whose person has got it."""


class OrganisationFacts(NamedTuple):
    """What a register says of an organisation."""

    name: str
    kind: str
    level: str | None
    district: str | None


class KeptOrganisation(NamedTuple):
    """An organisation that is kept, and what that has changed."""

    id: int
    is_new: bool
    has_changed: bool


def keep(session: Session, facts: OrganisationFacts, today: date) -> KeptOrganisation:
    """Keep an organisation, found by its name; one that had left is back."""
    row = {**facts._asdict(), "added_on": today, "left_on": None}
    new_id = session.execute(insert_if_new(session, PartnerOrganisation, returning="id"), row).scalar()
    found = session.execute(
        select(
            PartnerOrganisation.id,
            PartnerOrganisation.kind,
            PartnerOrganisation.level,
            PartnerOrganisation.district,
            PartnerOrganisation.left_on,
        )
        .where(PartnerOrganisation.name == facts.name)
        .with_for_update()
    ).one()
    has_changed = tuple(found[1:]) != (*facts[1:], None)
    if has_changed:
        values = {"kind": facts.kind, "level": facts.level, "district": facts.district, "left_on": None}
        _change(session, found.id, values)
    return KeptOrganisation(found.id, is_new=new_id is not None, has_changed=has_changed)


def leave(session: Session, organisation_id: int, today: date) -> None:
    """Note that an organisation works with us no more."""
    _change(session, organisation_id, {"left_on": today})


def _change(session: Session, organisation_id: int, values: Mapping[str, object]) -> None:
    statement = update(PartnerOrganisation).where(PartnerOrganisation.id == organisation_id).values(**values)
    session.execute(statement.execution_options(synchronize_session=False))


def find(session: Session, name: str) -> int | None:
    """The organisation of that name, capitals or not."""
    return session.scalar(
        select(PartnerOrganisation.id).where(func.lower(PartnerOrganisation.name) == name.strip().lower())
    )


def name_of(session: Session, name: str) -> str | None:
    """The name of an organisation as the register has it, capitals or not."""
    found = func.lower(PartnerOrganisation.name) == name.strip().lower()
    return session.scalar(select(PartnerOrganisation.name).where(found))


def turns(session: Session, until_period: str) -> list[int]:
    """The organisations whose turn it is: never asked, or asked last in a campaign of `until_period` or before.

    Somebody of theirs was asked only where they got the invitation: a mail that came back is no invitation, and the
    organisation's turn comes again. One of which an invitation still waits is left out.

    Args:
        until_period: as campaigns have it, `2026-04`; such texts stand in the order of their months.
    """
    return list(session.scalars(_TURNS, {"until_period": until_period}))


def _invited(*which: ColumnElement[bool]) -> Select[Any]:
    """The organisations of whom somebody has such an invitation to their six-monthly questions."""
    return (
        select(Person.organisation_id)
        .join(Invitation, Invitation.person_id == Person.id)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(Campaign.kind == KIND, Person.organisation_id.is_not(None), *which)
    )


_TURNS = (
    select(PartnerOrganisation.id)
    .where(
        PartnerOrganisation.left_on.is_(None),
        PartnerOrganisation.id.not_in(
            _invited(Invitation.status.in_(list(map(word, WAS_ASKED))), Campaign.period > bindparam("until_period"))
        ),
        PartnerOrganisation.id.not_in(_invited(Invitation.status == word("offered"))),
    )
    .order_by(PartnerOrganisation.id)
)


def contacts(session: Session, organisation_ids: Collection[int]) -> list[int]:
    """Whom to ask at these organisations, as ids of people: whoever can be reached; everybody where nobody can.

    So an organisation of which every address is dead is shown as one that could not be asked.
    """
    colleague, points = aliased(Person), (ContactPoint.closed_because.is_(None),)
    can_be_reached = exists().where(*points, ContactPoint.person_id == Person.id)
    anybody_can = exists().where(
        colleague.organisation_id == Person.organisation_id, ContactPoint.person_id == colleague.id, *points
    )
    return list(
        session.scalars(
            select(Person.id)
            .where(Person.organisation_id.in_(organisation_ids), can_be_reached | ~anybody_can)
            .order_by(Person.id)
        )
    )


def contact_in(session: Session, organisation_id: int, post: str) -> int | None:
    """Who is in that post at an organisation."""
    return session.scalar(
        select(Person.id).where(Person.organisation_id == organisation_id, func.lower(Person.post) == post.lower())
    )
