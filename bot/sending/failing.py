"""What follows when a provider says for good that a message cannot arrive: at once, or in a receipt hours later."""

from __future__ import annotations

from datetime import datetime

from bot.sending import undeliverable
from bot.talks.moving import FallBack, nowhere
from store import data_notes, outcomes
from store.claimed import Claimed
from store.session import Session

NOT_DELIVERED = "The network says that nothing can be delivered to this address."


def dead_address(
    session: Session,
    claimed: Claimed,
    now: datetime,
    *,
    code: str,
    explanation: str | None,
    fall_back: FallBack = nowhere,
) -> None:
    """Note for the team what is wrong with an address, and use it no more; in the caller's transaction."""
    data_notes.note_trouble(session, claimed.channel, claimed.address, code, explanation or NOT_DELIVERED, now)
    undeliverable.follow_up(session, claimed, now, opted_out=False, dead_address=True, fall_back=fall_back)


def heed(
    session: Session,
    channel: str,
    provider_id: str,
    now: datetime,
    *,
    opted_out: bool = False,
    fall_back: FallBack = nowhere,
) -> None:
    """Heed a receipt that says for good that one of our messages was not delivered; in the caller's transaction.

    Args:
        opted_out: the reason is that its person has told the provider to stop, which it tells us only now.
    """
    ours = outcomes.of_provider(session, channel, provider_id, now)
    if ours is None:
        return
    if opted_out:
        undeliverable.follow_up(session, ours.claimed, now, opted_out=True, dead_address=False)
    else:
        code = ours.error_code or "undeliverable"
        dead_address(session, ours.claimed, now, code=code, explanation=ours.explanation, fall_back=fall_back)
