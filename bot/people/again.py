"""Looking anew at what a person was not asked, or is to be asked, now that something about them has changed."""

from __future__ import annotations

from datetime import datetime

from bot.cases.planning import Planner
from bot.council import Council
from store.inviting import unasked
from store.session import Session
from surveys.catalogue import Catalogue


def look_again(session: Session, person_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Offer what is still due and may be asked by now, and settle what may not, in the caller's transaction.

    Only what is asked about a stage of a case; nothing that a worker holds back, and nothing that the case has overtaken.

    Returns:
        How many invitations that had not been asked for a reason will be asked now.
    """
    planner = Planner(catalogue, council, now)
    return sum(planner.reconsider(session, case_id, person_id) for case_id in unasked.cases_of(session, person_id))
