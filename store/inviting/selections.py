"""Queries that make the list of a campaign: partners' contacts, and families on open cases."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Case, Participant, PartnerOrganisation, Person, Unit


def partners(session: Session, *, kind: str | None, level: str | None, district: str | None) -> list[int]:
    """The contacts of the organisations that work with us; those of one kind, level or district alone where it is given."""
    organisation = PartnerOrganisation
    wanted = ((organisation.kind, kind), (organisation.level, level), (organisation.district, district))
    return list(
        session.scalars(
            select(Person.id)
            .join(organisation, organisation.id == Person.organisation_id)
            .where(organisation.left_on.is_(None), *(column == value for column, value in wanted if value is not None))
            .order_by(Person.id)
        )
    )


def families(session: Session, role: str, *, level: str | None, district: str | None) -> list[int]:
    """Everyone of a role who takes part in an open case; in those of one level or district alone where it is given."""
    wanted = ((Case.level, level), (Unit.district, district))
    return list(
        session.scalars(
            select(Participant.person_id)
            .join(Case, Case.id == Participant.case_id)
            .join(Unit, Unit.id == Case.unit_id)
            .where(
                Participant.role == role,
                Participant.left_on.is_(None),
                Case.status == "open",
                *(column == value for column, value in wanted if value is not None),
            )
            .distinct()
            .order_by(Participant.person_id)
        )
    )


def districts(session: Session) -> set[str]:
    """The districts in which there are units or partner organisations."""
    of_partners = select(PartnerOrganisation.district).where(PartnerOrganisation.district.is_not(None))
    return {*session.scalars(select(Unit.district).distinct()), *filter(None, session.scalars(of_partners.distinct()))}


def kinds(session: Session) -> set[str]:
    """The kinds of partner organisation that there are."""
    return set(session.scalars(select(PartnerOrganisation.kind).distinct()))
