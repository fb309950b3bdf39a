"""What happens to a message that comes in, in one transaction.

1 the message is kept, and nothing after that may lose it; 2 its words are looked through for urgent concerns; 3 the
conversation takes one step; answers, alerts and replies are written. Whatever goes wrong through a fault of ours, a second
transaction keeps the message alone, with an alert that a person must read it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import alerts
from bot.clock import Clock
from bot.conversation.commands import read_command
from bot.conversation.effects import Effect, Postponed, Say
from bot.conversation.state import CLOSED, State
from bot.conversation.step import GRAVE, step
from bot.council import Council
from bot.one_by_one import one_by_one
from bot.talks import carry_out, noticed
from bot.talks.heard import Heard, again_at
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

QUIET = timedelta(seconds=20)
"""So long after a long text nothing may come before it is taken as whole."""


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

    def settle(self, now: datetime) -> int:
        """Take up the long replies of which no further part has come; return how many."""
        with self._database.reading() as session:
            settled = conversations.settled(session, now)
        taken = one_by_one(settled, lambda conversation_id: self._settle(conversation_id, now))
        if taken:
            self._wake()
        return taken

    def _settle(self, conversation_id: int, now: datetime) -> bool:
        with self._database.writing() as session:
            open_talk = conversations.lock(session, conversation_id)
            if open_talk is None or open_talk.settle_at is None or open_talk.settle_at > now:
                return False
            self._take_parts(session, open_talk, now)
            return True

    def _take_in(self, session: Session, received: Received, now: datetime) -> None:
        open_talk = conversations.open_at(session, received.channel, received.address)
        message_id = _keep(session, received, now, open_talk.id if open_talk else None)
        if message_id is None:
            return
        if open_talk is None:
            self._answer_outside(session, Heard.of(message_id, received, None, now))
            return
        state = State.from_json(open_talk.state)
        survey = self._catalogue.get(open_talk.survey_id, open_talk.survey_version)
        question = survey.question(state.question).ask if state.question else None
        heard = Heard.of(message_id, received, question, now)
        if open_talk.settle_at is not None or heard.may_go_on:
            self._settle_with(session, heard, open_talk, state)
        else:
            self._carry_on(session, heard, open_talk, state, survey)

    def _settle_with(self, session: Session, heard: Heard, open_talk: OpenConversation, state: State) -> None:
        """Wait for what may follow a long text; what is grave or a command waits for nothing."""
        is_command = read_command(heard.text) is not None or heard.received.handled_by_provider is not None
        if state.phase == "asking" and heard.severity not in GRAVE and not is_command:
            messages.settle_later(session, heard.id)
            conversations.wait(session, open_talk.id, settle_at=heard.at + QUIET, heard_at=heard.at)
            return
        if open_talk.settle_at is not None and is_command:
            self._take_parts(session, open_talk, heard.at)
            again = conversations.lock(session, open_talk.id)
            if again is None:
                self._answer_outside(session, heard)
                return
            open_talk = again
        elif open_talk.settle_at is not None:
            heard = heard.after(self._parts(session, open_talk, heard.at))
        survey = self._catalogue.get(open_talk.survey_id, open_talk.survey_version)
        self._carry_on(session, heard, open_talk, State.from_json(open_talk.state), survey)

    def _take_parts(self, session: Session, open_talk: OpenConversation, now: datetime) -> None:
        *before, last = self._parts(session, open_talk, now)
        survey = self._catalogue.get(open_talk.survey_id, open_talk.survey_version)
        self._carry_on(session, last.after(before), open_talk, State.from_json(open_talk.state), survey)

    def _parts(self, session: Session, open_talk: OpenConversation, now: datetime) -> list[Heard]:
        parts = messages.take_parts(session, open_talk.id)
        received = Received(open_talk.channel, "", open_talk.address, "")
        return [
            Heard.of(part.id, replace(received, text=part.text, media_count=part.media_count), None, now)
            for part in parts
        ]

    def _carry_on(
        self, session: Session, heard: Heard, open_talk: OpenConversation, state: State, survey: Survey
    ) -> None:
        crossed = state.repeats(heard.text, heard.at) and not messages.has_left(session, open_talk.id)
        event = heard.reply(state, self._council, open_talk.age_band, crossed=crossed)
        new_state, effects = step(state, survey, event, heard.at)
        answered = carry_out.keep_answers(session, open_talk, effects, heard.id, heard.at)
        remind_at = None
        if any(isinstance(effect, Postponed) for effect in effects):
            remind_at = again_at(state.audience, open_talk.age_band, heard.at, self._council)
        carry_out.move_on(
            session, open_talk, new_state, answered=answered, heard_at=heard.at, now=heard.at, remind_at=remind_at
        )
        self._speak(session, heard, effects, open_talk.id, open_talk.person_id)

    def _answer_outside(self, session: Session, heard: Heard) -> None:
        received = heard.received
        known = conversations.correspondent(session, received.channel, received.address)
        if known.conversation_id is not None:
            messages.attach(session, heard.id, known.conversation_id)
            if known.opted_out and self._takes_back_in(session, heard, known.conversation_id):
                return
        survey = self._catalogue.nothing_open(known.audience or UNKNOWN_AUDIENCE)
        names = {"brand": self._council.brand}
        late = known.conversation_id is not None
        state = State.outside(survey, names, opted_out=known.opted_out, late=late)
        event = heard.reply(state, self._council, None)
        _, effects = step(state, survey, event, heard.at)
        if event.severity not in GRAVE and self._has_said_enough(session, received, heard.at):
            effects = tuple(effect for effect in effects if not isinstance(effect, Say))
        self._speak(session, heard, effects, known.conversation_id, known.person_id)

    def _takes_back_in(self, session: Session, heard: Heard, conversation_id: int) -> bool:
        """On a shared phone START asks first who says it: the conversation that was stopped is opened again for that."""
        stopped = conversations.last_closed(session, conversation_id)
        if stopped is None or read_command(heard.text) != "start":
            return False
        state = State.from_json(stopped.state)
        if not (state.shared_phone and state.phase == "opted_out"):
            return False
        survey = self._catalogue.get(stopped.survey_id, stopped.survey_version)
        new_state, effects = step(state, survey, heard.reply(state, self._council, stopped.age_band), heard.at)
        closed_at = heard.at if new_state.phase in CLOSED else None
        conversations.save(session, stopped.id, new_state.to_json(), heard_at=heard.at, closed_at=closed_at)
        self._speak(session, heard, effects, stopped.id, stopped.person_id, kind="confirmation")
        return True

    def _has_said_enough(self, session: Session, received: Received, now: datetime) -> bool:
        since = now - timedelta(days=1)
        return messages.replies_since(session, received.channel, received.address, since) >= REPLIES_A_DAY_OUTSIDE

    def _speak(
        self,
        session: Session,
        heard: Heard,
        effects: Sequence[Effect],
        conversation_id: int | None,
        person_id: int | None,
        *,
        kind: str = "reply",
    ) -> None:
        line = carry_out.Line(heard.received.channel, heard.received.address, conversation_id)
        carry_out.heed_stops(session, line, effects, heard.at, person_id=person_id)
        noticed.heed(session, line, heard, effects, self._council, person_id)
        carry_out.say(session, line, effects, kind=kind, cause=f"in:{heard.id}", now=heard.at)

    def _keep_alone(self, session: Session, received: Received, now: datetime) -> None:
        message_id = _keep(session, received, now)
        if message_id is not None:
            unread = alerts.NewAlert(message_id, None, "unread", (), now, at_least="red_today")
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
            "sent_at": received.sent_at,
        },
    )


def _where(fault: Exception) -> str:
    """The kind of a fault and the line it came from; never its message, which may hold a person's words."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "nowhere"
    return f"{type(fault).__name__} in {where}"
