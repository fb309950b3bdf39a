"""Whether somebody who is told of for a case is known from another one already, where no reference says so.

Whoever is kept twice is asked twice, and what is said of the one, such as that they have died, does not hold for the other.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.people.keeping import REMOVED, REPLACED
from store.council import people
from store.session import Session


def known_elsewhere(
    session: Session,
    role: str,
    name: str,
    birth_date: date | None,
    mobiles: Collection[str],
    reference: str | None = None,
) -> int | None:
    """Who it is: of the same role, name and birth date, at the same number. None where nobody is, or another reference is.

    A birth date that only one side knows is none that agrees; of young people it must be known. A number that has turned out
    to be a stranger's, or dead, still tells who somebody is: it is not to be tried again because they are on another case.
    """
    if not mobiles or (role == "young_person" and birth_date is None):
        return None
    found = people.at_numbers(session, role, name, birth_date, mobiles, (REPLACED, REMOVED))
    return next((one.id for one in found if not reference or one.reference in {None, reference}), None)
