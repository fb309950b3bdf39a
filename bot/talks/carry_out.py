"""Carrying out what a step of the conversation core decided, in the caller's transaction.

Used for every step alike: an invitation going out, a reply coming in, a release by staff, a reminder, a lapse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation import tries
from bot.conversation.effects import Answered, Effect, Flagged, OptedIn, OptedOut, Say
from bot.conversation.limits import answers_danger
from bot.conversation.silence import may_remind
from bot.conversation.state import CLOSED, State
from bot.sending import choices
from bot.talks import standing
from channels.base import Choices
from store.council import optouts
from store.inviting import moves
from store.session import Session
from store.talks import conversations, messages
from store.talks import tries as kept_tries
from store.talks.conversations import OpenConversation
from store.talks.messages import Queued
from surveys.questions import Value

LAST_WORDS = frozenset({"wrong_number", "unsafe_contact"})
"""What is said to an address that is never written to again, besides the confirmation of a stop."""

REMIND_AFTER = timedelta(days=3)
"""So long after somebody's latest words, or after they were asked, they are reminded (the surveys' policy)."""


def asks_who_takes_a_stop_back(state: State) -> bool:
    """Whether somebody on a shared phone has said START, and we wait to hear who: what is said meanwhile must leave."""
    return "start" in state.marks


@dataclass(frozen=True)
class Line:
    """Where something is said: a channel, an address on it, and the conversation it belongs to, if any."""

    channel: str
    address: str
    conversation_id: int | None


def say(
    session: Session,
    line: Line,
    effects: Sequence[Effect],
    *,
    kind: str,
    cause: str,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Queue what is to be said.

    Args:
        cause: what made us speak, such as `in:17`; with the place of each text it makes the key that keeps it unique.
        not_before: the earliest moment at which it may be sent; now, where it is left out.
    """
    said = [effect for effect in effects if isinstance(effect, Say)]
    stops = any(isinstance(effect, OptedOut) for effect in effects) or any(s.message in LAST_WORDS for s in said)
    messages.queue(
        session,
        [
            Queued(
                line.channel,
                line.address,
                effect.text,
                kind="confirmation" if stops else _kind(effect, kind),
                key=f"{cause}:{place}",
                conversation_id=line.conversation_id,
                not_before=not_before,
                choices=choices.to_json(_pressed(effect, line.conversation_id)),
            )
            for place, effect in enumerate(said)
        ],
        now,
    )


def _kind(say: Say, kind: str) -> str:
    return "safety" if kind == "reply" and answers_danger(say) else kind


def _pressed(say: Say, conversation_id: int | None) -> Choices | None:
    pressed = say.choices
    if pressed is None or conversation_id is None:
        return None
    return Choices(choices.named(conversation_id, pressed.question), pressed.options, pressed.several)


def lines_behind(session: Session, line: Line, person_id: int | None) -> list[moves.Point]:
    """The lines of the person in a web chat, for what is said there holds for the lines by which they are asked next."""
    return moves.points(session, person_id) if line.channel == "web" and person_id is not None else []


def heed_stops(
    session: Session, line: Line, effects: Sequence[Effect], now: datetime, *, person_id: int | None = None
) -> None:
    """Note a stop, or its taking back. Goes before `say`: a stop drops everything that waits for the address.

    Args:
        person_id: whose conversation it is; whoever else shares the address keeps a stop of their own until they say
            START.
    """
    for effect in effects:
        if isinstance(effect, OptedOut):
            optouts.begin(session, line.channel, line.address, now)
            messages.drop_unsent(session, line.channel, line.address, "opted_out")
            if line.channel == "web" and person_id is not None:  # nothing is ever sent there unasked: it means the rest
                optouts.begin_for(session, person_id, now)
        elif isinstance(effect, OptedIn):
            if line.channel == "web" and person_id is not None:
                optouts.end_own(session, person_id, now)
            sharers = conversations.sharers(session, line.channel, line.address)
            others = [sharer for sharer in sharers if sharer != person_id] if len(sharers) > 1 else []
            optouts.end(session, line.channel, line.address, now, but_for=others)


def keep_answers(
    session: Session,
    talk: OpenConversation,
    effects: Sequence[Effect],
    message_id: int,
    now: datetime,
    *,
    asks: Mapping[str, int],
) -> bool:
    """Keep the answers that one message gave, with survey version and case stage; return whether there were any.

    Args:
        asks: how often each question was put; what was put once has no earlier answer to be replaced.
    """
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
            **_kept(effect.value),
            "score": effect.score,
            "comment": _with_tries(session, talk.id, effect, message_id),
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
        put_again = [effect.question for effect in effects if isinstance(effect, Answered) and _is_again(effect, asks)]
        if put_again:
            messages.replace_answers(session, talk.id, put_again, message_id)
        conversations.store_answers(session, rows)
    return any(row["value"] is not None or row["written"] or row["comment"] is not None for row in rows)


def _with_tries(session: Session, conversation_id: int, answer: Answered, message_id: int) -> str | None:
    """Give the comment of an answer after the earlier words that belong to it; the message that brought it stands for those.

    What a person must look at first stays by itself, so that it neither shows with the answer nor holds it back.
    """
    free = kept_tries.with_nothing_held(session, conversation_id, answer.after) if answer.after else []
    said = {number: messages.words_of(session, number) for number in free}
    belonging = {number: words for number, words in said.items() if tries.belong(answer, words)}
    if belonging:
        kept_tries.stand_for(session, message_id, list(belonging))
    return tries.together(list(belonging.values()), answer)


def _is_again(answer: Answered, asks: Mapping[str, int]) -> bool:
    return asks.get(answer.question, 0) > 1


def _kept(value: Value) -> dict[str, int | str | None]:
    """A value as its columns hold it: a number, or what is no single number written out (2026-10-06, 1,3)."""
    if isinstance(value, int):
        return {"value": value, "written": None}
    written = ",".join(map(str, value)) if isinstance(value, tuple) else value
    return {"value": None, "written": written}


def move_on(
    session: Session,
    talk: OpenConversation,
    state: State,
    *,
    answered: bool,
    heard_at: datetime | None,
    now: datetime,
    remind_at: datetime | None = None,
    settle_at: datetime | None = None,
) -> None:
    """Keep the new state, and move the invitation on if the step has changed where it stands.

    Args:
        settle_at: while parts of a reply still wait, when they are taken up.
        remind_at: when to remind, where the person has named a day; left out, some days after their latest words.
    """
    is_over = state.phase in CLOSED
    if talk.person_id is None:  # whoever has gone into an open survey is nobody that we could remind
        remind_at = None
    elif remind_at is None and heard_at is not None and may_remind(state):
        remind_at = heard_at + REMIND_AFTER
    conversations.save(
        session,
        talk.id,
        state.to_json(),
        heard_at=heard_at,
        closed_at=now if is_over else None,
        remind_at=None if is_over else remind_at,
        settle_at=settle_at,
    )
    if talk.invitation_id is None or talk.invitation_status is None:  # an open survey
        return
    status = standing.after_step(state.phase, talk.invitation_status, answered=answered)
    because = standing.why(state.phase)
    standing.move(session, talk.invitation_id, talk.invitation_status, status, now, because=because, is_over=is_over)
