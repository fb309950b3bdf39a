"""Taking in what somebody says in a conversation that is open: one step of the core, and all that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import partner_requests
from bot.conversation.effects import Effect, Postponed, Say
from bot.conversation.state import Phase, State
from bot.conversation.step import step
from bot.council import Council
from bot.cover.hours import DAYS_TOLD
from bot.cover.rota import RotaAtHand
from bot.talks import at_their_age, carry_out, noticed
from bot.talks.heard import Heard, again_at
from channels.base import Received
from store.council import contacts
from store.session import Session
from store.talks import conversations, messages
from store.talks.conversations import OpenConversation
from surveys.catalogue import Catalogue
from surveys.survey import Survey

A_DAY = timedelta(days=1)
FRESH = timedelta(minutes=1)
"""So old the rota may be that tells when somebody reads: a message is answered without looking it up."""
_WHO_ANSWERS: frozenset[Phase] = frozenset({"linked", "asking", "complaint", "finished"})


def has_shown_who(before: State, after: State) -> bool:
    """Whether a reply has shown that its writer is who was asked: the first one that begins their questions, no later one.

    So the number is known to be theirs, at the cost of one statement in a conversation.
    """
    return after.phase in _WHO_ANSWERS and before.phase not in _WHO_ANSWERS


def open_question(state: State, survey: Survey) -> str | None:
    """The words of the open question, which weigh in what a reply to it may mean."""
    return survey.question(state.question).ask if state.question else None


@dataclass(frozen=True)
class Turns:
    """The person's side of conversations; everything in the caller's transaction."""

    catalogue: Catalogue
    council: Council
    rota: RotaAtHand = field(default_factory=lambda: RotaAtHand(DAYS_TOLD, FRESH))

    def take(
        self,
        session: Session,
        heard: Heard,
        talk: OpenConversation,
        state: State,
        survey: Survey,
        *,
        asking_on: bool = True,
    ) -> bool:
        """Take the step, keep what was answered and queue what is said; return whether a button that was pressed counted.

        Args:
            asking_on: False where the questions are about to end, so that only a grave concern is answered.
        """
        state = at_their_age.as_of_today(state, talk.birth_date, heard.at)
        crossed = state.repeats(heard.text, heard.at) and not messages.has_left(session, talk.id)
        rota = self.rota.at(session, heard.at)
        event = heard.reply(state, self.council, talk.age_band, rota, crossed=crossed, conversation_id=talk.id)
        new_state, effects = step(state, survey, event, heard.at)
        answered = carry_out.keep_answers(session, talk, effects, heard.id, heard.at, asks=state.asks)
        remind_at = self._named_day(talk, new_state, effects, heard.at, answered=answered)
        carry_out.move_on(
            session,
            talk,
            new_state,
            answered=answered,
            heard_at=heard.at,
            now=heard.at,
            remind_at=remind_at,
            settle_at=talk.settle_at if heard.received.comment_only else None,  # the parts of a reply go on waiting
        )
        if talk.person_id is not None and has_shown_who(state, new_state):
            day_ago = heard.at - A_DAY
            contacts.note_heard(session, talk.person_id, talk.channel, talk.address, heard.at, unless_since=day_ago)
        if not asking_on and new_state.phase != "paused":
            effects = tuple(effect for effect in effects if not isinstance(effect, Say))
        was_stopped = carry_out.asks_who_takes_a_stop_back(state)
        kind = "confirmation" if was_stopped else "reply"
        self.speak(session, heard, effects, talk.id, talk.person_id, kind=kind)
        return state.takes(event.button)

    def take_parts(self, session: Session, talk: OpenConversation, now: datetime, *, asking_on: bool = True) -> None:
        """Take up the parts that wait as the one reply that they are; nothing where none does."""
        state = State.from_json(talk.state)
        survey = self.catalogue.get(talk.survey_id, talk.survey_version)
        whole = self.waiting(session, talk, open_question(state, survey), now)
        if whole is not None:
            self.take(session, whole, talk, state, survey, asking_on=asking_on)

    @staticmethod
    def waiting(session: Session, talk: OpenConversation, question: str | None, now: datetime) -> Heard | None:
        """The parts that wait in a conversation, joined; they wait no longer."""
        received = [
            (part.id, Received(talk.channel, "", talk.address, part.text, media_count=part.media_count))
            for part in messages.take_parts(session, talk.id)
        ]
        parts = [Heard.of(message_id, part, question, now) for message_id, part in received]
        return Heard.whole(parts, question) if parts else None

    def speak(
        self,
        session: Session,
        heard: Heard,
        effects: Sequence[Effect],
        conversation_id: int | None,
        person_id: int | None,
        *,
        kind: str = "reply",
    ) -> None:
        """Heed what the effects tell us, then queue what they say."""
        line = carry_out.Line(heard.received.channel, heard.received.address, conversation_id)
        carry_out.heed_stops(session, line, effects, heard.at, person_id=person_id)
        noticed.heed(session, line, heard, effects, self.council, person_id)
        partner_requests.tell(session, heard.id, conversation_id, effects, self.council, heard.at)
        carry_out.say(session, line, effects, kind=kind, cause=f"in:{heard.id}", now=heard.at)

    def _named_day(
        self, talk: OpenConversation, state: State, effects: Sequence[Effect], now: datetime, *, answered: bool
    ) -> datetime | None:
        """The day on which the person was told that we would try again; None where there is none, or it has passed."""
        if any(isinstance(effect, Postponed) for effect in effects):
            return again_at(state.audience, talk.age_band, now, self.council)
        still_stands = state.postponed and not answered and talk.remind_at is not None and talk.remind_at > now
        return talk.remind_at if still_stands else None


def close_parts(session: Session, conversation_id: int) -> int | None:
    """Let the parts that wait be, since they cannot be taken up; return the id under which they go, if there are any."""
    parts = messages.take_parts(session, conversation_id)
    conversations.has_settled(session, conversation_id)
    return parts[-1].id if parts else None
