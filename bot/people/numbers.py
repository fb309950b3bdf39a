"""Whose a mobile number is. A family is never texted on the number of a colleague, a partner, or half the district.

Nobody may be asked about themselves, and what a family is asked may not reach somebody else's screen (scenario 6).
"""

from __future__ import annotations

from datetime import datetime

from bot.refusals import Problem
from bot.sending import undeliverable
from store import audit
from store.council import contacts, data_notes, limits, numbers
from store.session import Session
from store.talks import conversations, messages

MOST_FAMILIES = 5
"""A number on the cases of more unrelated families than this is rarely a family's own."""

WORKERS = "worker_number"
PARTNERS = "partner_number"
OF_MANY = "shared_by_many"
LIMITED = "contact_limited"

_ASK = "ask the family for a mobile of their own"
_INSTEAD = {
    WORKERS: f"this is the number of a member of staff: {_ASK}",
    PARTNERS: f"this is the number of a partner organisation: {_ASK}",
    LIMITED: f"this number is not theirs alone, though contact is limited: {_ASK}",
    OF_MANY: f"more than {MOST_FAMILIES} families that have nothing to do with each other would share it: {_ASK}",
}
_NOTE = "The number recorded is that of a member of staff. Ask the family for a mobile of their own."


def problem_with(session: Session, mobile: str, *, person_id: int | None = None) -> Problem | None:
    """What is wrong with a number for somebody in a family, if anything is. Whose else it is, nobody is told.

    Args:
        mobile: E.164.
        person_id: whose it is to be; None for somebody who is not kept yet, who counts as one more family. A partner's
            own contact may share its number with colleagues.
    """
    is_partner = person_id is not None and numbers.is_partner(session, person_id)
    kind = None
    if numbers.is_staffs(session, mobile):
        kind = WORKERS
    elif is_partner:
        return None
    elif numbers.is_partners(session, mobile, but_for=person_id):
        kind = PARTNERS
    elif person_id is not None and limits.has_other(session, person_id, mobile):
        kind = LIMITED
    elif numbers.families_with(session, mobile, person_id) > MOST_FAMILIES:
        kind = OF_MANY
    return Problem("mobiles", kind, _INSTEAD[kind]) if kind else None


def taken_by_staff(session: Session, mobile: str, now: datetime) -> int:
    """Use a number no more for families, now that it has turned out to be a colleague's; return for how many people.

    Their teams are told to ask for another. What is being asked there ends without a word: a colleague who answers would
    be asked about themselves.
    """
    talk = conversations.open_at(session, "sms", mobile)  # first, as everywhere
    people = contacts.close_for_families(session, mobile, WORKERS)
    if talk is not None and talk.person_id in people:
        messages.drop_unsent_of(session, talk.id, WORKERS)
        undeliverable.end(session, talk, now, opted_out=False, because=WORKERS)
    data_notes.note(session, people, "sms", WORKERS, _NOTE, now)
    for person_id in people:
        audit.record(session, at=now, staff_id=None, what=f"closed a number: {WORKERS}", subject=f"person {person_id}")
    return len(people)
