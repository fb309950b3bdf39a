"""What happens to a case while somebody is being asked about it: it closes, or another worker takes it over.

In the caller's transaction, so that a case list and what follows from it are kept together.
"""

from __future__ import annotations

from datetime import datetime

from bot.conversation.events import Cancelled, CaseClosed, WorkerChanged
from bot.council import Council
from bot.talks.events import happens_to_all
from store import conversations
from store.session import Session
from surveys.catalogue import Catalogue


def case_closed(session: Session, case_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Stop politely what is being asked about earlier stages of a case; what was answered stays with its stage.

    Returns:
        How many conversations were stopped.
    """
    ids = conversations.of_case(session, case_id, but_for="closure")
    return happens_to_all(session, ids, CaseClosed(), catalogue=catalogue, council=council, cause="closed", now=now)


def worker_changed(session: Session, case_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Name no worker any more in what is being asked about a case; return in how many conversations."""
    ids = conversations.of_case(session, case_id)
    return happens_to_all(session, ids, WorkerChanged(), catalogue=catalogue, council=council, cause="worker", now=now)


def withdraw(session: Session, case_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Withdraw, without a word, everything that is being asked about a case; return how many conversations.

    For a step up, a move or a death: contact is frozen until a worker confirms it, and a text might hurt.
    """
    ids = conversations.of_case(session, case_id)
    return happens_to_all(
        session, ids, Cancelled(quiet=True), catalogue=catalogue, council=council, cause="withdrawn", now=now
    )
