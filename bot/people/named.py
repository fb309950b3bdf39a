"""The member of staff in whose name another system tells us of a decision."""

from __future__ import annotations

from datetime import datetime

from bot.calendar import local_day
from bot.refusals import refuse
from store.council import staff
from store.session import Session


def worker_named(session: Session, email: str, now: datetime) -> int:
    """Whose work e-mail address that is; the id.

    Raises:
        Refused: nobody who works here today has it.
    """
    found = staff.by_email(session, email)
    if found is None or not found.works_here(local_day(now)):
        raise refuse("worker", "nobody here", "write the work e-mail address of the member of staff who has decided")
    return found.id
