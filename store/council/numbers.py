"""Queries about whose a mobile number is: a colleague's, a partner's, or that of suspiciously many families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from store.tables import ContactPoint, Participant, Person, Staff, TriageDecision

_SMS = "sms"
_MOST = 2_000
"""So many rows are looked at: a number on so many cases is no family's."""


def is_staffs(session: Session, mobile: str) -> bool:
    """Whether it is the mobile of a member of staff."""
    return session.scalar(select(exists().where(Staff.mobile == mobile))) is True


_contact, _point = aliased(Person), aliased(ContactPoint)
_IS_A_PARTNERS = (
    _point.channel == _SMS,
    _point.closed_because.is_(None),
    _contact.id == _point.person_id,
    _contact.organisation_id.is_not(None)
    | (_contact.post.is_not(None) & exists().where(TriageDecision.person_id == _contact.id)),
)
"""That a number is that of a partner organisation's contact.

Whoever has sent us a request for support on behalf of an organisation is such a contact too; who has named none may be of
the family itself. A number that is no longer used for them, because they have left, say, is theirs no more.
"""


def is_partners(session: Session, mobile: str, *, but_for: int | None = None) -> bool:
    """Whether it is the number of a partner organisation's contact, other than the person `but_for`."""
    contact = exists().where(*_IS_A_PARTNERS, _point.address == mobile, _contact.id != (but_for or 0))
    return session.scalar(select(contact)) is True


def is_partner(session: Session, person_id: int) -> bool:
    """Whether a person is a partner organisation's contact."""
    return session.scalar(select(exists().where(Person.id == person_id, Person.organisation_id.is_not(None)))) is True


def in_use_for_families(session: Session, desk: str | None) -> list[tuple[str, bool]]:
    """The numbers in use for families that are a colleague's, the duty desk's or a partner's; with whether a partner's."""
    used = (
        select(ContactPoint.address)
        .join(Person, Person.id == ContactPoint.person_id)
        .where(ContactPoint.channel == _SMS, ContactPoint.closed_because.is_(None), Person.organisation_id.is_(None))
        .distinct()
    )
    takes_part = exists().where(Participant.person_id == ContactPoint.person_id)
    of_a_partner = exists().where(
        *_IS_A_PARTNERS, _point.address == ContactPoint.address, _contact.id != ContactPoint.person_id
    )
    of_staff = or_(ContactPoint.address == (desk or ""), ContactPoint.address.in_(select(Staff.mobile)))
    staffs = session.scalars(used.where(of_staff)).all()
    partners = session.scalars(used.where(of_a_partner, takes_part)).all()
    return [(mobile, False) for mobile in staffs] + [(mobile, True) for mobile in partners if mobile not in staffs]


def families_with(session: Session, mobile: str, person_id: int | None) -> int:
    """On the cases of how many families a number would be, if this person had it too; who is on no case yet is one more.

    Cases with a person in common are one family's.
    """
    holders = select(ContactPoint.person_id).where(
        ContactPoint.channel == _SMS, ContactPoint.address == mobile, ContactPoint.closed_because.is_(None)
    )
    concerned = or_(Participant.person_id.in_(holders), Participant.person_id == (person_id or 0))
    cases = select(Participant.case_id).where(concerned).limit(_MOST)
    rows = session.execute(
        select(Participant.case_id, Participant.person_id).where(Participant.case_id.in_(cases)).limit(_MOST)
    )
    people: dict[int, set[int]] = defaultdict(set)
    for case_id, participant in rows:
        people[case_id].add(participant)
    is_on_one = any(person_id in participants for participants in people.values())
    return _groups(people) + (not is_on_one)


def _groups(members: Mapping[int, Iterable[int]]) -> int:
    """How many groups there are, where those with a member in common are one."""
    groups: list[set[int]] = []
    for one in members.values():
        joined = set(one)
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return len(groups)
