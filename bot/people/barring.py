"""Do not contact: nobody may write to a person, whatever else is recorded, from the moment it is said (scenario 33).

It stops what is being asked, what is to be asked and every reminder, and is looked at again as each message is sent, so that
nothing which was decided a moment earlier gets through. What answers a possible danger, and what confirms a stop, goes all
the same: whoever has just written to us is never left alone with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.council import Council
from bot.people.again import look_again
from bot.refusals import Problem, Refused
from bot.talks import interruptions, standing
from store import audit
from store.council import bars, details
from store.council.bars import Bar
from store.inviting import invitations, unasked
from store.session import Session
from surveys.catalogue import Catalogue

CODE = "do_not_contact"
"""Why somebody was not asked, and why a message was not sent."""

REASONS: Mapping[str, str] = {
    "died": "They have died",
    "in_hospital": "They are in hospital",
    "missing": "They are missing",
    "asked_not_to": "They have asked us not to write",
    "court_order": "A court order limits contact",
    "unsafe": "Writing to them is not safe",
    "other": "Another reason, given in the note",
}
"""Why nobody may write to somebody, as staff read it."""


def bar(
    session: Session,
    person_id: int,
    reason: str,
    *,
    note: str | None,
    staff_id: int | None,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> bool:
    """Let nobody write to a person from now on, in the caller's transaction; whoever shares their phone is not touched.

    Args:
        reason: one of `REASONS`.
        note: in the worker's own words; needed for `other`.
        staff_id: who says so; None for another system.

    Returns:
        False where the same was said before, by the same or now by nobody that is named, and nothing has changed.

    Raises:
        Refused: nobody of that number, an unknown reason, or a missing note; nothing was changed.
    """
    _check(reason, note)
    if details.of(session, person_id) is None:
        raise Refused([Problem("person", "not known", "choose a person who is kept here")])
    before = bars.standing(session, person_id)
    if before is not None and before[:2] == (reason, note) and staff_id in {None, before.staff_id}:
        return False
    bars.end(session, person_id, now)
    bars.begin(session, person_id, Bar(reason, note, staff_id, now))
    for invitation_id in unasked.offered(session, person_id):
        standing.note(session, invitation_id, "offered", "not_asked", now, CODE)
        invitations.settle(session, invitation_id, "not_asked", CODE, now)
    withdraw_from_person(session, person_id, CODE, catalogue=catalogue, council=council, now=now)
    what = f"marked somebody as not to be contacted: {reason}"
    audit.record(session, at=now, staff_id=staff_id, what=what, subject=f"person {person_id}")
    return True


def lift(
    session: Session, person_id: int, *, staff_id: int | None, catalogue: Catalogue, council: Council, now: datetime
) -> bool:
    """Let people write to somebody again, and offer what is still due; False where nothing stood in the way."""
    if not bars.end(session, person_id, now):
        return False
    audit.record(session, at=now, staff_id=staff_id, what="lifted do not contact", subject=f"person {person_id}")
    look_again(session, person_id, catalogue=catalogue, council=council, now=now)
    return True


def withdraw_from_person(
    session: Session, person_id: int, cause: str, *, catalogue: Catalogue, council: Council, now: datetime
) -> int:
    """Withdraw, without a word, everything that is being asked of one person; return how many conversations.

    What they have written by then is taken up first, and what waits to be sent to them is dropped, but for what answers a
    possible danger or confirms a stop.
    """
    going_on = unasked.being_asked(session, person_id)
    return interruptions.stop(session, going_on, cause, quietly=True, catalogue=catalogue, council=council, now=now)


def _check(reason: str, note: str | None) -> None:
    if reason not in REASONS:
        raise Refused([Problem("reason", "not one of the choices", f"write one of: {', '.join(REASONS)}")])
    if reason == "other" and not (note or "").strip():
        raise Refused([Problem("note", "blank", "write in a few words why nobody may write to them")])
