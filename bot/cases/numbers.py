"""Whether a number may be a family's: no member of staff's, and none of an adult with whom contact is limited."""

from __future__ import annotations

from bot.cases.problems import Problem
from store.council import limits, organisation
from store.session import Session

_OWN = "write the family's own number, or leave it empty"


def problem_with(session: Session, mobile: str, *, person_id: int | None = None) -> Problem | None:
    """What keeps a mobile number (E.164) from being a person's, if anything does.

    Args:
        person_id: whose it is to be; None where they are new.
    """
    if organisation.is_staff_mobile(session, mobile):
        return Problem("mobile", "a member of staff's", _OWN)
    if person_id is not None and limits.has_other(session, person_id, mobile):
        # Who the other one is, nobody is told: the report of an import may be passed on.
        return Problem("mobile", "not theirs alone, though contact is limited", "ask for a number that is theirs alone")
    return None
