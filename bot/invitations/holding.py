"""Holding an invitation back: only for a listed reason, only before it is asked, only by the case's worker or their manager,
or whoever stands in for that manager today.

The stage event makes the invitation; a worker cannot choose who is heard. What they hold back shows in coverage with its
reason, as theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.cases.planning import Planner
from bot.talks import standing
from store import audit
from store.inviting import holding as rows
from store.inviting.holding import Holdable
from store.session import Session

REASONS: Mapping[str, str] = {
    "unsafe": "It would not be safe for them to be asked now",
    "bereaved": "Somebody close to them has died",
    "no_channel": "There is no way to reach them that is theirs alone",
    "declined": "They have told me that they do not want to be asked",
}
"""Why an invitation may be held back, in words for whoever does so. There is no other reason."""

PREFIX = "held_"
"""What each reason begins with where reasons not to ask are kept and counted."""

MOST_SHOWN = 200


class CannotHold(ValueError):
    """It may not be held back or taken back; the message says why and what to do instead. Nothing has changed."""


def hold_back(
    session: Session, invitation_id: int, reason: str, *, staff_id: int, leads: Collection[int] = (), now: datetime
) -> bool:
    """Hold an invitation back; return False where it was held back already.

    Args:
        reason: one of `REASONS`.
        staff_id: whoever does so; it is kept with the invitation and in the log.
        leads: the line managers for whom they act today (`bot.organisation.read_by`).

    Raises:
        CannotHold: the reason is not on the list, it is not their case, or the person has been asked or settled already.
    """
    if reason not in REASONS:
        raise CannotHold(f"Choose one of the reasons: {', '.join(REASONS)}.")
    found = _theirs(session, invitation_id, staff_id, leads)
    if found.held_by is not None:
        return False
    if found.status != "offered":
        raise CannotHold(
            "This person has been asked, or is not going to be asked anyway: there is nothing to hold back."
        )
    because = PREFIX + reason
    standing.note(session, invitation_id, "offered", "not_asked", now, because)
    rows.hold(session, invitation_id, because, staff_id=staff_id, now=now)
    audit.record(session, at=now, staff_id=staff_id, what="held back an invitation", subject=found.case_reference)
    return True


def take_back(
    session: Session, invitation_id: int, planner: Planner, *, staff_id: int, leads: Collection[int] = ()
) -> Holdable | None:
    """Hold an invitation back no more; return it as it stands now, or None where it was not held back.

    It is asked when it is due, unless something has come in between that keeps its person from being asked: then it is not
    asked, for that reason.

    Args:
        planner: looks anew, at its own moment, at what has happened to case and person.

    Raises:
        CannotHold: it is not their case.
    """
    found = _theirs(session, invitation_id, staff_id, leads)
    if found.held_by is None or found.status != "not_asked":
        return None
    standing.note(session, invitation_id, "not_asked", "offered", planner.now)
    rows.let_go(session, invitation_id)
    planner.reconsider(session, found.case_id, found.person_id)
    audit.record(
        session,
        at=planner.now,
        staff_id=staff_id,
        what="took back the holding of an invitation",
        subject=found.case_reference,
    )
    return rows.find(session, invitation_id)


def coming_up(session: Session, staff_id: int, leads: Collection[int] = ()) -> list[Holdable]:
    """What is still to be asked about somebody's own cases, or those of their workers; what is due first stands first."""
    return rows.coming_up(session, staff_id, leads, MOST_SHOWN)


def held(session: Session, staff_id: int, leads: Collection[int] = ()) -> list[Holdable]:
    """What is held back of the same cases."""
    return rows.held(session, staff_id, leads, MOST_SHOWN)


def _theirs(session: Session, invitation_id: int, staff_id: int, leads: Collection[int]) -> Holdable:
    found = rows.find(session, invitation_id)
    if found is None or (found.worker_id != staff_id and found.manager_id not in {staff_id, *leads}):
        raise CannotHold("Only the worker of a case and their line manager can hold back its invitations.")
    return found
