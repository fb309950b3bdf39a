"""The person of a row: found, or added where they are new; brought up to date.

They are found by their reference, by case, role and name, or by what tells that they are known from another case.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from bot.calendar import local_day
from bot.cases.rows import CaseRow
from bot.invitations.offering import CHANNEL
from bot.people import keeping
from bot.people.keeping import PersonDetails, Problem, Refused
from bot.people.recognising import known_elsewhere
from bot.refusals import refuse
from bot.respondents import years_between
from store.council import details as rows
from store.council import participants, people
from store.council.details import Details
from store.session import Session

OLDEST_YOUNG_PERSON = 25

_COLUMNS = {"mobiles": "mobile", "name": "name_to_use", "reference": "person_reference"}
"""What the columns of a case list are called, where it is not as a person's details are."""


class Kept(NamedTuple):
    """A person who is kept. `has_changed`: something was written that may decide whether and how they are asked."""

    person_id: int
    is_new: bool
    has_changed: bool


def keep_person(session: Session, row: CaseRow, case_id: int, now: datetime, desk: str | None = None) -> Kept:
    """Keep the person of a row, and their number. `desk`: the mobile of the duty desk, which is nobody's there.

    Raises:
        Refused: the number cannot be theirs, or somebody who is new is too old; the transaction is to be given up.
    """
    mobiles = (row.mobile,) if row.mobile else ()
    found = find_person(session, case_id, row.role, row.name, row.person_reference) or known_elsewhere(
        session, row.role, row.name, row.birth_date, mobiles, row.person_reference
    )
    try:
        if found is None:
            _check_age(row, now)
            added = keeping.add(session, _details(row, None, ()), now=now, desk=desk)
            return Kept(added, is_new=True, has_changed=False)
        return Kept(found, is_new=False, has_changed=_change(session, row, found, now, desk))
    except Refused as refused:
        problems = [
            Problem(_COLUMNS.get(problem.field, problem.field), problem.kind.replace("_", " "), problem.instead)
            for problem in refused.problems
        ]
        raise Refused(problems) from None


def _check_age(row: CaseRow, now: datetime) -> None:
    """A mistyped year is found where somebody is added. Whoever is known grows older, and what is safe for them is kept."""
    if row.birth_date and years_between(row.birth_date, local_day(now)) > OLDEST_YOUNG_PERSON:
        instead = f"check it: a young person is at most {OLDEST_YOUNG_PERSON}"
        raise refuse("birth_date", f"older than {OLDEST_YOUNG_PERSON}", instead)


def find_person(session: Session, case_id: int, role: str, name: str, reference: str | None) -> int | None:
    """Whoever has the reference; else whoever has that name and role in the case, and no other reference."""
    if reference and (known := participants.by_reference(session, reference)):
        return known
    by_name = people.find(session, case_id, role, name)
    if by_name is None:
        return None
    kept = rows.of(session, by_name.id)
    is_another = reference and kept and kept.reference
    return None if is_another else by_name.id


def _change(session: Session, row: CaseRow, person_id: int, now: datetime, desk: str | None) -> bool:
    """Keep what is another now. A number that is in use is not looked at again: it may have become many people's since."""
    known = rows.of(session, person_id)
    in_use = {
        channel: tuple(
            point.address for point in people.addresses(session, person_id, channel) if point.closed_because is None
        )
        for channel in (CHANNEL, "email")
    }
    wanted = _details(row, known, in_use["email"])
    is_same = known == Details(**{name: getattr(wanted, name) for name in Details._fields})
    if is_same and in_use[CHANNEL] == wanted.mobiles:
        return False
    return keeping.change(session, person_id, wanted, now=now, desk=desk)


def _details(row: CaseRow, known: Details | None, emails: tuple[str, ...]) -> PersonDetails:
    """The person as the row has them; what it does not say stays as it is known."""
    kept_easy = known is not None and known.easy_read
    return PersonDetails(
        name=row.name,
        birth_date=row.birth_date,
        age_band=row.age_band,
        language=row.language,
        easy_read=kept_easy if row.easy_read is None else row.easy_read,
        safe_contact=row.safe_contact,
        safe_contact_note=row.safe_contact_note,
        preferred_channel=row.preferred_channel or (known.preferred_channel if known else None),
        mobiles=(row.mobile,) if row.mobile else (),
        emails=emails,
        reference=row.person_reference or (known.reference if known else None),
    )
