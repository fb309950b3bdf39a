"""Whose a mobile number is. A family is never texted on the number of a colleague, a partner, or half the district.

Nobody may be asked about themselves, and what a family is asked may not reach somebody else's screen (scenario 6).
"""

from __future__ import annotations

from datetime import datetime

from bot.one_by_one import one_by_one
from bot.refusals import Problem
from bot.sending import undeliverable
from store import audit
from store.council import contacts, data_notes, limits, numbers
from store.session import Database, Session
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
_NOTES = {
    WORKERS: "The number recorded is that of a member of staff. Ask the family for a mobile of their own.",
    PARTNERS: "The number recorded is that of a partner organisation. Ask the family for a mobile of their own.",
}


def problem_with(
    session: Session, mobile: str, *, person_id: int | None = None, desk: str | None = None
) -> Problem | None:
    """What is wrong with a number for somebody in a family, if anything is. Whose else it is, nobody is told.

    Args:
        mobile: E.164.
        person_id: whose it is to be; None for somebody who is not kept yet, who counts as one more family. A partner's
            own contact may share its number with colleagues.
        desk: the mobile of the duty desk, where it has one: as good as a colleague's.
    """
    is_partner = person_id is not None and numbers.is_partner(session, person_id)
    kind = None
    if mobile == desk or numbers.is_staffs(session, mobile):
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
    return _taken(session, mobile, WORKERS, now)


def taken_by_partner(session: Session, mobile: str, now: datetime) -> int:
    """The same, now that it has turned out to be that of a partner organisation's contact."""
    return _taken(session, mobile, PARTNERS, now)


def close_those_of_others(database: Database, desk: str | None, now: datetime) -> int:
    """Use no more for families whatever is a colleague's, the duty desk's or a partner's by now; return how many numbers.

    For the clock: the desk's number is a setting, so that nothing else tells when it is set.
    """
    with database.reading() as session:
        found = numbers.in_use_for_families(session, desk)

    def close(number: tuple[str, bool]) -> bool:
        mobile, is_partners = number
        with database.writing() as session:
            return _taken(session, mobile, PARTNERS if is_partners else WORKERS, now) > 0

    return one_by_one(found, close)


def _taken(session: Session, mobile: str, kind: str, now: datetime) -> int:
    talk = conversations.open_at(session, "sms", mobile)  # first, as everywhere
    people = contacts.close_for_families(session, mobile, kind, on_cases=kind == PARTNERS)
    if talk is not None and talk.person_id in people:
        messages.drop_unsent_of(session, talk.id, kind)
        undeliverable.end(session, talk, now, opted_out=False, because=kind)
    data_notes.note(session, people, "sms", kind, _NOTES[kind], now)
    for person_id in people:
        audit.record(session, at=now, staff_id=None, what=f"closed a number: {kind}", subject=f"person {person_id}")
    return len(people)
