"""Looking anew at what a person was not asked, or is to be asked, now that something about them has changed."""

from __future__ import annotations

from datetime import datetime

from bot.council import Council
from bot.invitations.offering import StageReached, Unasked, reconsider
from bot.respondents import Respondent
from store.inviting import unasked
from store.inviting.unasked import UnaskedStage
from store.session import Session
from surveys.catalogue import Catalogue


def look_again(session: Session, person_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Offer what is still due and may be asked by now, and settle what may not, in the caller's transaction.

    Only what is asked about a stage of a case; nothing that a worker holds back.

    Returns:
        How many invitations that had not been asked for a reason will be asked now.
    """
    return sum(
        reconsider(
            session,
            Unasked(left.invitation_id, left.status, left.not_asked_because, has_moved=False),
            _respondent(person_id, left),
            _reached(left),
            catalogue=catalogue,
            council=council,
            now=now,
        )
        for left in unasked.about_stages(session, person_id)
    )


def _respondent(person_id: int, left: UnaskedStage) -> Respondent:
    return Respondent(person_id, left.audience, left.birth_date, left.age_band, left.safe_contact, has_mobile=True)


def _reached(left: UnaskedStage) -> StageReached:
    return StageReached(
        case_id=left.case_id,
        stage_event_id=left.stage_event_id,
        stage=left.stage,
        happened_on=left.stage_on,
        worker_id=left.worker_id,
        line_manager_id=left.line_manager_id,
        unit_id=left.unit_id,
    )
