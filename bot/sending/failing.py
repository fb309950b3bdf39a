"""What follows when a provider says for good that a message cannot arrive: at once, or in a receipt hours later."""

from __future__ import annotations

from datetime import datetime

from analysis.figures import counted
from bot.sending import undeliverable
from bot.sending.checks import TO_STAFF
from bot.talks.moving import FallBack, nowhere
from channels.errors import OurFault, Retryable, SendError, Unreachable
from store.council import data_notes
from store.sending import outcomes
from store.sending.claimed import Claimed
from store.session import Session
from store.talks import conversations

NOT_DELIVERED = "The network says that nothing can be delivered to this address."
PASSING = "The provider took it and could not deliver it this time."


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
    if claimed.conversation_id is not None:
        conversations.lock(session, claimed.conversation_id)  # before all else, as everywhere
    data_notes.note_trouble(session, claimed.channel, claimed.address, code, explanation or NOT_DELIVERED, now)
    undeliverable.follow_up(session, claimed, now, opted_out=False, dead_address=True, fall_back=fall_back)


def note_given_up(session: Session, claimed: Claimed, error: SendError, now: datetime) -> None:
    """Note for the team that a person's message was tried to the last and never taken; in the caller's transaction.

    The address stays in use. Where our account is at fault, or the provider was not there at all, nothing is noted: that
    says nothing of the person.
    """
    tried_to_the_last = isinstance(error, Retryable) and not isinstance(error, OurFault | Unreachable)
    if tried_to_the_last:
        _note_unread(
            session, claimed, f"Tried {counted(claimed.attempts, 'time')} and given up. {error.explanation}", now
        )


def _note_unread(session: Session, claimed: Claimed, told: str, now: datetime) -> None:
    """Note that a person has not read what was said, at an address that stays in use."""
    if claimed.kind not in TO_STAFF:
        data_notes.note_trouble(session, claimed.channel, claimed.address, data_notes.NEVER_TAKEN, told, now)


def heed(
    session: Session,
    channel: str,
    provider_id: str,
    now: datetime,
    *,
    permanent: bool = True,
    opted_out: bool = False,
    fall_back: FallBack = nowhere,
) -> None:
    """Heed a receipt that says that one of our messages was not delivered; in the caller's transaction.

    Args:
        permanent: nothing else will be. Where it may pass, the team is told, for nobody has read what was said; the
            conversation goes on, with its reminder.
        opted_out: the reason is that its person has told the provider to stop, which it tells us only now.
    """
    ours = outcomes.of_provider(session, channel, provider_id, now)
    if ours is None:
        return
    if opted_out:
        undeliverable.follow_up(session, ours.claimed, now, opted_out=True, dead_address=False)
    elif not permanent:
        _note_unread(session, ours.claimed, f"{PASSING} {ours.explanation or ''}".strip(), now)
    else:
        code = ours.error_code or "undeliverable"
        dead_address(session, ours.claimed, now, code=code, explanation=ours.explanation, fall_back=fall_back)
