"""Whether an address is still theirs: numbers go to strangers within months, and families move (scenarios 5 and 32).

A number that nobody has known to be theirs for half a year is not used until a worker has asked; nor is one that takes no
texts, nor any address of somebody whose case has moved on. Who answers a text shows that the number is theirs still.
"""

from __future__ import annotations

from datetime import datetime

from bot.council import Council
from bot.people.again import look_again
from bot.people.freezing import freeze_case
from store import audit
from store.council import contacts, data_notes, limits
from store.session import Session
from surveys.catalogue import Catalogue

__all__ = ["confirm", "freeze_case"]


def confirm(
    session: Session,
    person_id: int,
    channel: str,
    address: str,
    *,
    staff_id: int | None,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> bool:
    """Keep that a worker knows an address to be a person's, and offer what is still due; in the caller's transaction.

    It opens again what was frozen or had taken no texts. What a stranger has answered from, what is not safe, and the number
    of a colleague or a partner stays closed; and so does what is confirmed as that of an adult with whom contact is limited.

    Returns:
        False where they have no such address that could be used, and nothing has changed.
    """
    if limits.is_anothers(session, person_id, channel, address):
        return False
    if not contacts.confirm(session, person_id, channel, address, now):
        return False
    data_notes.settle(session, person_id, channel, now)
    what = f"confirmed an address ({channel})"
    audit.record(session, at=now, staff_id=staff_id, what=what, subject=f"person {person_id}")
    look_again(session, person_id, catalogue=catalogue, council=council, now=now)
    return True
