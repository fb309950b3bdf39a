"""Asking many, one after the other: whoever cannot be asked for a fault of ours makes way for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from bot.clock import Clock
from bot.one_by_one import one_by_one
from store.inviting import invitations
from store.session import Database

LOOK_AGAIN = timedelta(minutes=15)
"""What cannot be asked for a fault of ours, or while they talk with us, makes way so long: it never fills every run."""

A_DAY_BETWEEN = timedelta(days=1)
"""How long a second person on the same phone waits (one conversation per phone at a time)."""


def ask_each(database: Database, invitation_ids: Iterable[int], ask: Callable[[int], bool], clock: Clock) -> int:
    """Ask by each of these invitations; one that fails is looked at again in a quarter of an hour.

    Args:
        ask: asks by one of them in a transaction of its own; returns whether they were asked.

    Returns:
        How many were asked.

    Raises:
        PartlyDone: at the end, if any failed.
    """

    def ask_or_make_way(invitation_id: int) -> bool:
        try:
            return ask(invitation_id)
        except Exception:  # whatever it was, it is raised again; the others must not wait behind it each time
            with database.writing() as session:
                invitations.postpone(session, invitation_id, clock.now() + LOOK_AGAIN)
            raise

    return one_by_one(invitation_ids, ask_or_make_way)
