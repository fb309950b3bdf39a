"""Carrying out what a step of the conversation core decided, in the caller's transaction.

Used for every step alike: an invitation going out, a reply coming in, a release by staff, a lapse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.effects import Answered, Effect, Flagged, OptedIn, OptedOut, Say
from bot.conversation.state import Phase, State
from store import conversations, messages, optouts
from store.conversations import OpenConversation
from store.messages import Queued
from store.session import Session

CLOSED: frozenset[Phase] = frozenset({"finished", "declined", "opted_out", "lapsed"})


@dataclass(frozen=True)
class Line:
    """Where something is said: a channel, an address on it, and the conversation it belongs to, if any."""

    channel: str
    address: str
    conversation_id: int | None


def say(session: Session, line: Line, effects: Sequence[Effect], *, kind: str, cause: str, now: datetime) -> None:
    """Queue what is to be said.

    Args:
        cause: what made us speak, such as `in:17`; with the place of each text it makes the key that keeps it unique.
    """
    stops = any(isinstance(effect, OptedOut) for effect in effects)
    said = [effect for effect in effects if isinstance(effect, Say)]
    messages.queue(
        session,
        [
            Queued(
                line.channel,
                line.address,
                effect.text,
                kind="confirmation" if stops else kind,
                key=f"{cause}:{place}",
                conversation_id=line.conversation_id,
            )
            for place, effect in enumerate(said)
        ],
        now,
    )


def heed_stops(session: Session, line: Line, effects: Sequence[Effect], now: datetime) -> None:
    """Note a stop, or its taking back. Goes before `say`: a stop drops everything that waits for the address."""
    for effect in effects:
        if isinstance(effect, OptedOut):
            optouts.begin(session, line.channel, line.address, now)
            messages.drop_unsent(session, line.channel, line.address, "opted_out")
        elif isinstance(effect, OptedIn):
            optouts.end(session, line.channel, line.address, now)


def keep_answers(
    session: Session, talk: OpenConversation, effects: Sequence[Effect], message_id: int, now: datetime
) -> bool:
    """Keep the answers that one message gave, with survey version and case stage; return whether there were any."""
    flags: dict[str, list[str]] = defaultdict(list)
    for effect in effects:
        if isinstance(effect, Flagged):
            flags[effect.question].append(effect.flag)
    rows = [
        {
            "conversation_id": talk.id,
            "invitation_id": talk.invitation_id,
            "message_id": message_id,
            "question": effect.question,
            "metric": effect.metric,
            "value": effect.value,
            "score": effect.score,
            "comment": effect.comment,
            "flags": " ".join([*effect.flags, *flags[effect.question]]),
            "survey_id": talk.survey_id,
            "survey_version": talk.survey_version,
            "stage": talk.stage,
            "answered_at": now,
        }
        for effect in effects
        if isinstance(effect, Answered)
    ]
    if rows:
        conversations.store_answers(session, rows)
    return any(row["value"] is not None or row["comment"] is not None for row in rows)


def move_on(
    session: Session, talk: OpenConversation, state: State, *, answered: bool, heard_at: datetime | None, now: datetime
) -> None:
    """Keep the new state, and move the invitation on if the step has changed where it stands."""
    over = state.phase in CLOSED
    conversations.save(session, talk.id, state.to_json(), heard_at=heard_at, closed_at=now if over else None)
    status = invitation_status(state.phase, talk.invitation_status, answered=answered)
    if status != talk.invitation_status:
        conversations.move_invitation(session, talk.invitation_id, status, settled_at=now if over else None)


def invitation_status(phase: Phase, before: str, *, answered: bool) -> str:
    """Where an invitation stands after a step: what has been answered counts, however the conversation ended."""
    if phase == "finished":
        return "answered"
    if answered or before == "partly_answered":
        return "partly_answered"
    return {
        "invited": "asked",
        "asking": "started",
        "paused": "started",
        "declined": "declined",
        "opted_out": "declined",
        "lapsed": "lapsed",
    }.get(phase, before)
