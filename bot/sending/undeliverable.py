"""What follows when a message cannot reach a person: nobody waits for an answer that cannot come."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.state import State
from bot.talks import standing
from store import contacts, conversations, optouts
from store.claimed import Claimed
from store.session import Session


def follow_up(session: Session, claimed: Claimed, now: datetime, *, opted_out: bool, dead_address: bool) -> None:
    """Draw the consequences of giving up on a message, in the caller's transaction.

    A conversation that is paused for someone's safety stays open: it is for a person to release it, whatever happened to
    our reply, and the alert's page says that it did not arrive.

    Args:
        opted_out: the provider reports that the person has said stop to it.
        dead_address: the address cannot take messages; it is not used again.
    """
    if opted_out:
        optouts.begin(session, claimed.channel, claimed.address, now)
    if dead_address:
        contacts.close(session, claimed.channel, claimed.address, "undeliverable")
    if claimed.conversation_id is None or not (opted_out or dead_address or claimed.kind == "invitation"):
        return
    open_talk = conversations.lock(session, claimed.conversation_id)
    if open_talk is None:
        return
    state = State.from_json(open_talk.state)
    if state.phase == "paused":
        return
    before = open_talk.invitation_status
    if not (opted_out or dead_address or before == "asked"):
        return
    closed = state.but(phase="opted_out") if opted_out else state
    conversations.save(
        session, open_talk.id, closed.to_json(), heard_at=None, closed_at=now, settle_at=open_talk.settle_at
    )
    because = "opted_out" if opted_out else "undeliverable"
    after = standing.after_failing(before, opted_out=opted_out)
    standing.move(session, open_talk.invitation_id, before, after, now, because=because, is_over=True)
