"""How a message is received besides what it answers: pictures, worries, and words in another language."""

from __future__ import annotations

from bot.conversation import requests, wording
from bot.conversation.asking import Outcome
from bot.conversation.effects import Effect, Noticed, Say
from bot.conversation.events import Reply
from bot.conversation.state import OPEN, State
from surveys.survey import Survey

_WHAT_WAS_MEANT = ("clarify_", "ready_prompt", "shared_phone_check", "discreet_opener", "moving_on", "other_language")
"""Messages by which nothing was made of a reply yet."""

_GOES_ON = OPEN | {"finished", "outside"}


def about_media(state: State, survey: Survey, reply: Reply) -> tuple[Effect, ...]:
    """Say that a picture cannot be opened; where that would give too much away, what everyone is told."""
    if state.discreet or state.phase == "paused":
        return requests.neutral_reply(state, survey, reply.next_open)
    return (wording.shared(state, survey, "media_reply"),) if state.phase in OPEN | {"outside"} else ()


def with_media_refused(
    before: State, after: State, survey: Survey, reply: Reply, effects: tuple[Effect, ...]
) -> tuple[Effect, ...]:
    """Say first that a picture cannot be opened, whatever its caption said; not to whoever is written to no more."""
    if not reply.media or before.discreet or before.phase == "paused" or after.phase not in _GOES_ON:
        return effects
    return (*about_media(before, survey, reply), *effects)


def is_worrying(reply: Reply) -> bool:
    """Say whether the words hold an amber concern."""
    return reply.severity == "amber" and not reply.foreign


def is_understood(effects: tuple[Effect, ...]) -> bool:
    """Say whether something was made of a reply; nobody who writes of a worry is asked what they meant."""
    said = [effect.message for effect in effects if isinstance(effect, Say)]
    return not any(message.startswith(_WHAT_WAS_MEANT) for message in said)


def with_other_language(
    before: State, after: State, survey: Survey, reply: Reply, effects: tuple[Effect, ...]
) -> Outcome:
    """Tell a person, once, of words in another language; who was not being asked yet is told that they will be read."""
    if not reply.foreign or before.phase == "paused" or "language" in before.marks:
        return after, effects
    after = after.but(marks=(*after.marks, "language"))
    if before.phase != "asking" and not before.discreet and not is_understood(effects):
        effects = (wording.shared(after, survey, "other_language"),)
    return after, (Noticed("other_language"), *effects)
