"""Letting the addresses of a case rest: it has moved on, and who reads there now nobody knows."""

from __future__ import annotations

from datetime import datetime

from analysis.figures import counted
from bot.invitations.offering import TO_CONFIRM
from store import audit
from store.council import contacts, data_notes
from store.session import Session


def freeze_case(session: Session, case_id: int, because: str, *, now: datetime) -> int:
    """Let every address of a case's people rest until a worker has confirmed it; return how many.

    Their team is told. What is being asked is for the caller to withdraw (`bot.talks.interruptions.stop`).

    Args:
        because: what has happened to the case, such as `moved_away`.
    """
    frozen = contacts.freeze(session, case_id, because)
    data_notes.note(session, frozen, "sms", data_notes.UNCONFIRMED, TO_CONFIRM, now)
    if frozen:
        what = f"froze {counted(len(frozen), 'address', 'addresses')}: {because}"
        audit.record(session, at=now, staff_id=None, what=what, subject=f"case {case_id}")
    return len(frozen)
