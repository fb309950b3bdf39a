"""Giving an open conversation an event that is no reply, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.conversation.effects import Say
from bot.conversation.events import Event, Released, ReminderDue
from bot.conversation.silence import may_remind
from bot.conversation.state import State
from bot.conversation.step import step
from bot.council import Council
from bot.invitations import due_at
from bot.talks import carry_out
from store import conversations
from store.conversations import OpenConversation
from store.session import Session
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
    carry_out.move_on(session, talk, new_state, answered=False, heard_at=heard_at, now=now, remind_at=remind_at)
    line = carry_out.Line(talk.channel, talk.address, talk.id)
    said = [effect for effect in effects if isinstance(effect, Say)]
    carry_out.say(session, line, said, kind=kind, cause=cause, now=now, not_before=not_before)
    return True


def happens_to_all(
    session: Session,
    conversation_ids: Iterable[int],
    event: Event,
    *,
    catalogue: Catalogue,
    council: Council,
    cause: str,
    now: datetime,
) -> int:
    """Give the same event to several conversations; return for how many it changed anything.

    What is said then answers nobody, so it waits for the hours in which they may be texted first.
    """
    changed = 0
    for conversation_id in conversation_ids:
        talk = conversations.lock(session, conversation_id)
        if talk is None:
            continue
        changed += happens(
            session,
            talk,
            event,
            catalogue=catalogue,
            kind="invitation",
            cause=f"{cause}:{conversation_id}:{now.timestamp():.0f}",
            now=now,
            not_before=due_at(State.from_json(talk.state).audience, talk.age_band, now, council),
        )
    return changed
