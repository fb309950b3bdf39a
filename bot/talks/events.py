"""Giving an open conversation an event that is no reply, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.effects import Say
from bot.conversation.events import Event, Released, ReminderDue
from bot.conversation.silence import may_remind
from bot.conversation.state import State
from bot.conversation.step import step
from bot.talks import carry_out
from store.council import contacts
from store.sending import unsent
from store.session import Session
from store.talks.conversations import OpenConversation
from surveys.catalogue import Catalogue


def happens(
    session: Session,
    talk: OpenConversation,
    event: Event,
    *,
    catalogue: Catalogue,
    kind: str,
    cause: str,
    now: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Take the step, keep it and queue what it says; return whether anything has changed.

    What nobody has asked for is only said where the person may still be texted. Parts of a reply that wait go on waiting.

    Args:
        kind: what is said counts as (`reply`, `invitation`); see `store.messages.PRIORITIES`.
        cause: what makes the keys of the texts unique, such as `reminder:17:1`.
        not_before: the earliest moment at which it may be sent.
    """
    state = State.from_json(talk.state)
    survey = catalogue.get(talk.survey_id, talk.survey_version)
    new_state, effects = step(state, survey, event, now)
    if new_state == state:
        return False
    heard_at = now if isinstance(event, Released) else None
    remind_at = talk.remind_at
    if isinstance(event, ReminderDue):
        remind_at = now + carry_out.REMIND_AFTER if may_remind(new_state) else None
    carry_out.move_on(
        session,
        talk,
        new_state,
        answered=False,
        heard_at=heard_at,
        now=now,
        remind_at=remind_at,
        settle_at=talk.settle_at,
    )
    if kind != "reply" and not may_be_texted(session, talk, state):
        return True
    line = carry_out.Line(talk.channel, talk.address, talk.id)
    said = [effect for effect in effects if isinstance(effect, Say)]
    carry_out.say(session, line, said, kind=kind, cause=cause, now=now, not_before=not_before)
    return True


def was_told_nothing(session: Session, talk: OpenConversation) -> bool:
    """Say whether nothing of ours has left in a conversation, nor is leaving, and nobody has written."""
    return talk.invitation_status == "asked" and not unsent.may_have_left(session, talk.id)


def may_be_texted(session: Session, talk: OpenConversation, state: State) -> bool:
    """Say whether a person may be texted unasked: their number is theirs still, is safe, and nobody has stopped it.

    A page of the web chat waits until somebody looks at it, and disturbs nobody.
    """
    if talk.channel == "web":
        return True
    ways = {"text", "discreet"} if state.discreet else {"text"}
    return talk.person_id is not None and contacts.is_open(session, talk.channel, talk.address, talk.person_id, ways)
