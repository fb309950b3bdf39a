"""The person of a row: found by their reference, or by case, role and name; added where they are new; brought up to date."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from bot.cases.rows import CaseRow
from bot.invitations.offering import CHANNEL
from bot.people.numbers import problem_with
from bot.refusals import Refused
from store.council import participants, people
from store.council.participants import Wishes
from store.council.people import Address, PersonFacts
from store.session import Session

REPLACED = "replaced"
REMOVED = "removed"
_CLOSED_BY_A_LIST = {REPLACED, REMOVED}


class Kept(NamedTuple):
    """A person who is kept. `has_changed`: something was written that may decide whether and how they are asked."""

    person_id: int
    is_new: bool
    has_changed: bool


def keep_person(session: Session, row: CaseRow, case_id: int, now: datetime) -> Kept:
    """Keep the person of a row, and their number.

    Raises:
        Refused: the number cannot be theirs; the transaction is to be given up.
    """
    known = _find(session, row, case_id)
    person_id = people.add(session, row.name, _facts(row)) if known is None else known
    has_changed = known is not None and _change(session, row, case_id, person_id)
    has_changed |= _keep_wishes(session, row, person_id)
    has_changed |= _keep_mobile(session, person_id, row.mobile, now)
    return Kept(person_id, known is None, has_changed)


def _find(session: Session, row: CaseRow, case_id: int) -> int | None:
    """Whoever has the reference; else whoever has that name and role in the case, and no other reference."""
    by_reference = participants.by_reference(session, row.person_reference) if row.person_reference else None
    if by_reference is not None:
        return by_reference
    by_name = people.find(session, case_id, row.role, row.name)
    if by_name is None:
        return None
    is_another = row.person_reference and participants.wishes(session, by_name.id).reference
    return None if is_another else by_name.id


def _facts(row: CaseRow) -> PersonFacts:
    return PersonFacts(row.birth_date, row.age_band, row.language, row.safe_contact, row.safe_contact_note)


def _change(session: Session, row: CaseRow, case_id: int, person_id: int) -> bool:
    known = people.find(session, case_id, row.role, row.name)
    facts = _facts(row)
    if known is not None and known.id == person_id and facts == known.facts:
        return False
    people.change(session, person_id, facts)
    return True


def _keep_wishes(session: Session, row: CaseRow, person_id: int) -> bool:
    """Keep what the row says of how they like to be asked; what it does not say stays. Return whether that is news."""
    known = participants.wishes(session, person_id)
    wanted = Wishes(
        name=row.name,
        reference=row.person_reference or known.reference,
        easy_read=known.easy_read if row.easy_read is None else row.easy_read,
        preferred_channel=row.preferred_channel or known.preferred_channel,
    )
    if wanted == known:
        return False
    participants.keep_wishes(session, person_id, wanted)
    return True


def _keep_mobile(session: Session, person_id: int, mobile: str | None, now: datetime) -> bool:
    """Whether anything about the person's numbers was written."""
    known = people.addresses(session, person_id, CHANNEL)
    same = next((point for point in known if point.address == mobile), None)
    if same and same.closed_because and same.closed_because not in _CLOSED_BY_A_LIST:
        return False
    others = [point for point in known if point.address != mobile and point.closed_because is None]
    for point in others:
        people.mark_address(session, point.id, REPLACED if mobile else REMOVED)
    is_written = _open_mobile(session, person_id, mobile, same, now)
    return bool(others) or is_written


def _open_mobile(session: Session, person_id: int, mobile: str | None, known: Address | None, now: datetime) -> bool:
    if mobile is None:
        return False
    if problem := problem_with(session, mobile, person_id=person_id):
        raise Refused([problem._replace(field="mobile")])  # as the column is called
    if known and known.closed_because is None:
        return False
    if known:
        people.mark_address(session, known.id, None)
    else:
        people.add_address(session, person_id, CHANNEL, mobile, confirmed_at=now)
    return True
