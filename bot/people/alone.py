"""Whether somebody of 11 to 15 can take part alone: a named worker decides, and says why (the surveys' policy)."""

from __future__ import annotations

from datetime import datetime

from bot.council import Council
from bot.people.again import look_again
from bot.people.named import worker_named
from bot.refusals import Problem, Refused
from store import audit
from store.council import alone, details
from store.council.alone import Decision
from store.session import Session
from surveys.catalogue import Catalogue


def decide(
    session: Session,
    person_id: int,
    *,
    may: bool,
    why: str,
    staff_id: int,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> None:
    """Keep a worker's decision, in the caller's transaction. The latest counts, and counts at once.

    With it whatever is still due is offered. Without it what is being asked of somebody of that age is withdrawn quietly.

    Raises:
        Refused: there is no such person, or no word why; nothing was changed.
    """
    if details.of(session, person_id) is None:
        raise Refused([Problem("person", "not known", "choose a person who is kept here")])
    if not why.strip():
        raise Refused([Problem("why", "blank", "write in a few words why they can, or cannot, take part alone")])
    alone.add(session, person_id, Decision(may, why, staff_id, now))
    what = f"decided that somebody {'can' if may else 'cannot'} take part alone"
    audit.record(session, at=now, staff_id=staff_id, what=what, subject=f"person {person_id}")
    look_again(session, person_id, catalogue=catalogue, council=council, now=now)


def decide_in_name_of(
    session: Session,
    person_id: int,
    worker: str,
    *,
    may: bool,
    why: str,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> bool:
    """Keep a worker's decision as another system tells of it: like `decide`, once however often it is told.

    Args:
        worker: the work e-mail address of whoever has decided.

    Returns:
        False where that is the decision that counts already.

    Raises:
        Refused: nobody who works here has that address, or anything that `decide` refuses; nothing was changed.
    """
    decider = worker_named(session, worker, now)
    last = alone.latest(session, person_id)
    if last is not None and (last.may, last.why, last.staff_id) == (may, why, decider):
        return False
    decide(session, person_id, may=may, why=why, staff_id=decider, catalogue=catalogue, council=council, now=now)
    return True
