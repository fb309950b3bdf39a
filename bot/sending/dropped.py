"""What follows when a message is dropped by our own decision: who was not asked must not count as asked."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.state import State
from bot.sending import undeliverable
from bot.sending.checks import OTHER_AGE, TOO_OLD, TOO_YOUNG
from bot.talks import standing
from bot.talks.moving import FallBack, SayAgain, never_again, nowhere
from store.sending import outcomes
from store.sending.claimed import Claimed
from store.session import Session
from store.talks import conversations, messages


def follow_up(
    session: Session,
    claimed: Claimed,
    code: str,
    now: datetime,
    *,
    say_again: SayAgain = never_again,
    fall_back: FallBack = nowhere,
) -> None:
    """Draw the consequences of dropping a message, in the caller's transaction.

    Where its person has been told nothing and has said nothing, an invitation that was merely too old, or meant for another
    age, is said anew in the person's next hours, for the age that they are. For any other reason the conversation ends and
    what else waits in it goes too: the invitation is declined where they have said stop, unreachable otherwise, with the
    reason. A reply or a reminder that is dropped changes nothing: the conversation goes on, or lapses in its own time. Only
    whoever is too young for Telegram is told nothing more there, whatever it was.

    Args:
        code: the check that found a reason to drop it.
    """
    if code == TOO_YOUNG:
        undeliverable.too_young(session, claimed, code, now, fall_back=fall_back)
        return
    if claimed.kind != "invitation" or claimed.conversation_id is None:
        return
    talk = conversations.lock(session, claimed.conversation_id)
    if talk is None or talk.invitation_id is None or talk.invitation_status != "asked":
        return
    if State.from_json(talk.state).phase == "paused":
        return
    if outcomes.anything_sent(session, talk.id):
        return
    if code in {TOO_OLD, OTHER_AGE} and say_again(session, talk, now, f"again:{claimed.id}"):
        return
    messages.drop_unsent_of(session, talk.id, code)
    conversations.save(session, talk.id, talk.state, heard_at=None, closed_at=now)
    after = standing.after_failing(talk.invitation_status, opted_out=code == "opted_out")
    standing.move(session, talk.invitation_id, talk.invitation_status, after, now, because=code, is_over=True)
