"""What follows when a message cannot reach a person: nobody waits for an answer that cannot come.

A dead address, and a chat whose owner has blocked us, are used no more; the conversation goes on only where the person has
agreed to be reached, and else it ends. After a stop it always ends.
"""

from __future__ import annotations

from datetime import datetime

from bot.conversation.state import State
from bot.talks import standing
from bot.talks.moving import FallBack, nowhere
from store.council import contacts, optouts
from store.sending.claimed import Claimed
from store.session import Session
from store.talks import conversations, messages
from store.talks.conversations import OpenConversation

BLOCKED = "blocked"
_STOPS_BY_BLOCKING = frozenset({"telegram"})
"""Where a stop that the provider reports means that its person has blocked us, which says nothing of their other lines."""


def follow_up(
    session: Session,
    claimed: Claimed,
    now: datetime,
    *,
    opted_out: bool,
    dead_address: bool,
    fall_back: FallBack = nowhere,
) -> None:
    """Draw the consequences of giving up on a message, in the caller's transaction.

    The conversation is locked before anything else, as when somebody writes: in one order nobody waits in a ring.

    A conversation that is paused for someone's safety stays open: it is for a person to release it, whatever happened to
    our reply, and the alert's page says that it did not arrive.

    Args:
        opted_out: the provider reports that the person has said stop to it, or has blocked us.
        dead_address: the address cannot take messages; it is not used again.
        fall_back: lets the conversation go on elsewhere.
    """
    if opted_out and claimed.channel in _STOPS_BY_BLOCKING:
        blocked(session, claimed.channel, claimed.address, now, fall_back=fall_back)
        return
    open_talk = conversations.lock(session, claimed.conversation_id) if claimed.conversation_id is not None else None
    if opted_out:
        optouts.begin(session, claimed.channel, claimed.address, now)
    if dead_address:
        contacts.close(session, claimed.channel, claimed.address, "undeliverable")
    if not (opted_out or dead_address or claimed.kind == "invitation"):
        return
    if open_talk is None or _goes_on_elsewhere(open_talk, claimed):
        return
    if not (opted_out or dead_address or open_talk.invitation_status == "asked"):
        return
    led_there_by_mail = open_talk.channel != claimed.channel  # nothing was said there that could go on elsewhere
    if dead_address and not (opted_out or led_there_by_mail) and fall_back(session, open_talk, now):
        return
    _end(session, open_talk, now, opted_out=opted_out)


def _goes_on_elsewhere(talk: OpenConversation, claimed: Claimed) -> bool:
    """Whether a conversation is held at another address; not where a mail was to lead to its page, and nobody came."""
    if claimed.channel == "email" and talk.channel == "web":
        return talk.invitation_status != "asked"
    return (talk.channel, talk.address) != (claimed.channel, claimed.address)


def blocked(session: Session, channel: str, address: str, now: datetime, *, fall_back: FallBack = nowhere) -> None:
    """Heed that somebody has blocked us: a stop at that address, which is used no more, in the caller's transaction."""
    open_talk = conversations.open_at(session, channel, address)  # first, as in `follow_up`
    optouts.begin(session, channel, address, now)
    messages.drop_unsent(session, channel, address, BLOCKED)
    contacts.close(session, channel, address, BLOCKED)
    if open_talk is not None and not fall_back(session, open_talk, now):
        _end(session, open_talk, now, opted_out=True)


def too_young(session: Session, claimed: Claimed, code: str, now: datetime, *, fall_back: FallBack = nowhere) -> None:
    """Use a chat no more whose person turns out to be too young for the channel, in the caller's transaction.

    Whoever is asked as a parent goes on where they have agreed to be reached. A young person does not: below 16 they are
    asked alone only where somebody has recorded that they can be. What is held for someone's safety stays where it is.
    """
    talk = conversations.open_at(session, claimed.channel, claimed.address)  # first, as in `follow_up`
    contacts.close(session, claimed.channel, claimed.address, code)
    if talk is None:
        return
    state = State.from_json(talk.state)
    moved = state.phase != "paused" and state.audience != "young_person" and fall_back(session, talk, now)
    if not moved:
        _end(session, talk, now, opted_out=False, because=code)


def _end(
    session: Session, talk: OpenConversation, now: datetime, *, opted_out: bool, because: str = "undeliverable"
) -> None:
    state = State.from_json(talk.state)
    if state.phase == "paused":
        return
    closed = state.but(phase="opted_out") if opted_out else state
    conversations.save(session, talk.id, closed.to_json(), heard_at=None, closed_at=now, settle_at=talk.settle_at)
    before = talk.invitation_status
    if talk.invitation_id is None or before is None:  # an open survey
        return
    because = "opted_out" if opted_out else because
    after = standing.after_failing(before, opted_out=opted_out)
    standing.move(session, talk.invitation_id, before, after, now, because=because, is_over=True)
