"""What happens to a message that comes in, in one transaction.

1 the message is kept, and nothing after that may lose it; 2 its words are looked through for urgent concerns; 3 the
conversation takes one step; answers, alerts and replies are written. Whatever goes wrong through a fault of ours, a second
transaction keeps the message alone, with an alert that a person must read it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from analysis.urgency import Concern, find_concerns, most_serious
from bot import alerts, talk
from bot.calendar import next_open
from bot.clock import Clock
from bot.conversation.effects import Effect, Flagged, Say
from bot.conversation.events import Reply
from bot.conversation.state import State
from bot.conversation.step import GRAVE, step
from bot.council import Council
from channels.base import Received
from store import conversations, messages
from store.conversations import OpenConversation
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.questions import Survey
from surveys.stages import Audience

log = logging.getLogger(__name__)

UNKNOWN_AUDIENCE: Audience = "young_person"
"""How a stranger is answered: with Childline's number, since it may be a child."""

REPLIES_A_DAY_OUTSIDE = 12
"""Where no questions are open, so many replies to an address in a day are enough: the other side may be a machine too."""


@dataclass(frozen=True)
class _Kept:
    """A message that has been kept, and what was found in it."""

    id: int
    received: Received
    concerns: Sequence[Concern]
    at: datetime

    def reply(self, council: Council) -> Reply:
        severity = most_serious(self.concerns)
        return Reply(
            self.received.text,
            severity=severity,
            next_open=next_open(council.duty.hours, self.at),
            answered_by_provider=self.received.handled_by_provider is not None,
        )


class Inbox:
    """Takes in what every channel receives."""

    def __init__(
        self, database: Database, catalogue: Catalogue, council: Council, clock: Clock, wake: Callable[[], None]
    ) -> None:
        """Prepare to take messages in.

        Args:
            wake: called after each commit, so that replies leave at once.
        """
        self._database = database
        self._catalogue = catalogue
        self._council = council
        self._clock = clock
        self._wake = wake

    def receive(self, received: Received) -> None:
        """Take in one message; when this returns, it is kept. The same provider id a second time changes nothing."""
        now = self._clock.now()
        try:
            self._database.transact(lambda session: self._take_in(session, received, now))
        except Exception as fault:  # noqa: BLE001 - whatever it was, the words must be kept
            log.error("inbox: %s; the message is kept for a person to read", _where(fault))  # noqa: TRY400 - values may hold words
            with self._database.writing() as session:
                self._keep_alone(session, received, now)
        self._wake()

    def _take_in(self, session: Session, received: Received, now: datetime) -> None:
        open_talk = conversations.open_at(session, received.channel, received.address)
        message_id = _keep(session, received, now, open_talk.id if open_talk else None)
        if message_id is None:
            return
        if open_talk is None:
            self._answer_outside(session, _Kept(message_id, received, _look_through(received, None), now))
            return
        state = State.from_json(open_talk.state)
        survey = self._catalogue.get(open_talk.survey_id, open_talk.survey_version)
        question = survey.question(state.question).ask if state.question else None
        kept = _Kept(message_id, received, _look_through(received, question), now)
        self._carry_on(session, kept, open_talk, state, survey)

    def _carry_on(
        self, session: Session, kept: _Kept, open_talk: OpenConversation, state: State, survey: Survey
    ) -> None:
        new_state, effects = step(state, survey, kept.reply(self._council), kept.at)
        answered = talk.keep_answers(session, open_talk, effects, kept.id, kept.at)
        talk.move_on(session, open_talk, new_state, answered=answered, heard_at=kept.at, now=kept.at)
        self._speak(session, kept, effects, open_talk.id)

    def _answer_outside(self, session: Session, kept: _Kept) -> None:
        received = kept.received
        known = conversations.correspondent(session, received.channel, received.address)
        survey = self._catalogue.nothing_open(known.audience or UNKNOWN_AUDIENCE)
        late = known.conversation_id is not None
        names = {"brand": self._council.brand}
        state = State.outside(survey, names, opted_out=known.opted_out, late=late)
        event = kept.reply(self._council)
        _, effects = step(state, survey, event, kept.at)
        if event.severity not in GRAVE and self._has_said_enough(session, received, kept.at):
            effects = tuple(effect for effect in effects if not isinstance(effect, Say))
        if known.conversation_id is not None:
            messages.attach(session, kept.id, known.conversation_id)
        self._speak(session, kept, effects, known.conversation_id)

    def _has_said_enough(self, session: Session, received: Received, now: datetime) -> bool:
        since = now - timedelta(days=1)
        return messages.replies_since(session, received.channel, received.address, since) >= REPLIES_A_DAY_OUTSIDE

    def _speak(self, session: Session, kept: _Kept, effects: Sequence[Effect], conversation_id: int | None) -> None:
        received = kept.received
        line = talk.Line(received.channel, received.address, conversation_id)
        talk.heed_stops(session, line, effects, kept.at)
        talk.say(session, line, effects, kind="reply", cause=f"in:{kept.id}", now=kept.at)
        low_score = any(isinstance(effect, Flagged) and effect.flag == "flag_duty_same_day" for effect in effects)
        if kept.concerns or low_score:
            is_milder = most_serious(kept.concerns) in {None, "amber"}
            reason = "low_score" if low_score and is_milder else "concern"
            alert = alerts.NewAlert(kept.id, conversation_id, reason, tuple(kept.concerns), kept.at)
            alerts.raise_alert(session, alert, self._council)

    def _keep_alone(self, session: Session, received: Received, now: datetime) -> None:
        message_id = _keep(session, received, now)
        if message_id is not None:
            unread = alerts.NewAlert(message_id, None, "unread", (), now)
            alerts.raise_alert(session, unread, self._council)


def _keep(session: Session, received: Received, now: datetime, conversation_id: int | None = None) -> int | None:
    return messages.keep(
        session,
        {
            "channel": received.channel,
            "provider_id": received.provider_id,
            "address": received.address,
            "text": received.text,
            "media_count": received.media_count,
            "at": now,
            "conversation_id": conversation_id,
        },
    )


def _look_through(received: Received, question: str | None) -> list[Concern]:
    found = find_concerns(received.text, question=question)
    unseen = [Concern("unreadable", "amber", "")] if received.media_count else []
    return [*found, *unseen]


def _where(fault: Exception) -> str:
    """The kind of a fault and the line it came from; never its message, which may hold a person's words."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "nowhere"
    return f"{type(fault).__name__} in {where}"
