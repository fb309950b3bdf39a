"""What happens to a case while somebody is being asked about it: it closes, or another worker takes it over.

In the caller's transaction, so that a case list and what follows from it are kept together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.conversation.events import Cancelled, CaseClosed, Event, WorkerChanged
from bot.conversation.state import State
from bot.council import Council
from bot.cover.hours import due_at
from bot.sending import undeliverable
from bot.talks.events import happens, was_told_nothing
from bot.talks.turns import Turns
from store.session import Session
from store.talks import conversations, messages
from surveys.catalogue import Catalogue


def worker_changed(session: Session, case_id: int, *, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Name no worker any more in what is being asked about a case; return in how many conversations."""
    ids = conversations.of_case(session, case_id)
    return _happens_to_all(session, ids, WorkerChanged(), Turns(catalogue, council), "worker", now)


def stop(
    session: Session,
    conversation_ids: Iterable[int],
    because: str,
    *,
    quietly: bool,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> int:
    """Stop these conversations, politely or without a word; what was answered stays. Return how many were stopped.

    Args:
        because: `case_closed`, `stepped_up` and so on; what waits to be sent is dropped with it, but for what answers a
            possible danger or confirms a stop.
        quietly: where contact is frozen until a worker confirms it, or somebody has died, and a text might hurt.
    """
    event = Cancelled(quiet=True) if quietly else CaseClosed()
    return _happens_to_all(session, conversation_ids, event, Turns(catalogue, council), because, now)


def _happens_to_all(
    session: Session, conversation_ids: Iterable[int], event: Event, turns: Turns, cause: str, now: datetime
) -> int:
    """Give the same event to several conversations; return for how many it changed anything.

    Where questions end, what waits to be sent is dropped, what somebody has written by then is taken up, and only then the
    event; and nobody is texted out of their hours. Whoever has been told nothing by then is told nothing of the end either,
    and did not leave questions unanswered: they could not be reached.
    """
    changed = 0
    for conversation_id in conversation_ids:
        talk = conversations.lock(session, conversation_id)
        if talk is not None and not isinstance(event, WorkerChanged):
            messages.drop_unsent_of(session, conversation_id, cause)
            turns.take_parts(session, talk, now, asking_on=False)
            talk = conversations.lock(session, conversation_id)
            if talk is not None and was_told_nothing(session, talk):
                undeliverable.end(session, talk, now, opted_out=False, because=cause)
                changed += 1
                continue
        if talk is None:
            continue
        audience = State.from_json(talk.state).audience
        changed += happens(
            session,
            talk,
            event,
            catalogue=turns.catalogue,
            kind="invitation",
            cause=f"{cause}:{conversation_id}:{now.timestamp():.0f}",  # a case may change hands more than once
            now=now,
            not_before=due_at(audience, talk.age_band, now, turns.council),
        )
    return changed
