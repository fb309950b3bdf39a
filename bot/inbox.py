"""What happens to a message that comes in, in one transaction.

1 the message is kept, and nothing after that may lose it; 2 its words are looked through for urgent concerns; 3 the
conversation takes one step; answers, alerts and replies are written. Whatever goes wrong through a fault of ours, a second
transaction keeps the message alone, with an alert that a person must read it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot import alerts
from bot.clock import Clock
from bot.conversation.commands import read_command
from bot.conversation.effects import OptedIn, Say
from bot.conversation.limits import IN_DANGER_A_DAY
from bot.conversation.state import CLOSED, Phase, State
from bot.conversation.step import step
from bot.conversation.weighing import GRAVE
from bot.council import Council
from bot.one_by_one import one_by_one
from bot.talks.at_their_age import as_of_today
from bot.talks.heard import Heard
from bot.talks.turns import Turns, close_parts, open_question
from channels.base import Received
from store.council import contacts
from store.inviting import moves
from store.session import Database, DatabaseFault, Session
from store.talks import conversations, messages, silences
from store.talks.conversations import OpenConversation
from surveys.catalogue import Catalogue
from surveys.stages import Audience

log = logging.getLogger(__name__)

UNKNOWN_AUDIENCE: Audience = "young_person"
"""How a stranger is answered: with Childline's number, since it may be a child."""

REPLIES_A_DAY_OUTSIDE = 12
"""Where no questions are open, so many replies to an address in a day are enough: the other side may be a machine too."""

QUIET = timedelta(seconds=20)
"""So long after a long text nothing may come before it is taken as whole."""

_WAITS: frozenset[Phase] = frozenset({"asking", "complaint"})
"""Where the parts of a long reply are waited for: what is said elsewhere answers no question that one of them could miss."""


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
        self._turns = Turns(catalogue, council)

    def receive(self, received: Received) -> bool:
        """Take in one message; when this returns, it is kept. The same provider id a second time changes nothing.

        Returns:
            Whether a button that was pressed counted: False where its question was answered already or is not open, and
            for all that was typed.
        """
        counted = False
        now = self._clock.now()
        try:
            counted = self._database.transact(lambda session: self._take_in(session, received, now))
        except Exception as fault:  # noqa: BLE001 - whatever it was, the words must be kept
            log.error("inbox: %s; the message is kept for a person to read", _where(fault))  # noqa: TRY400 - values may hold words
            with self._database.writing() as session:
                self._keep_alone(session, received, now)
        self._wake()
        return counted

    def settle(self, now: datetime) -> int:
        """Take up the long replies of which no further part has come; return how many."""
        with self._database.reading() as session:
            settled = silences.settled(session, now)
        taken = one_by_one(settled, lambda conversation_id: self._settle(conversation_id, now))
        if taken:
            self._wake()
        return taken

    def _settle(self, conversation_id: int, now: datetime) -> bool:
        try:
            with self._database.writing() as session:
                return self._take_settled(session, conversation_id, now)
        except DatabaseFault:
            raise  # the next run tries again
        except Exception as fault:  # noqa: BLE001 - whatever it was, a person must read these words
            log.error("inbox: %s; the parts are kept for a person to read", _where(fault))  # noqa: TRY400
            with self._database.writing() as session:
                whole = close_parts(session, conversation_id)
                if whole is not None:
                    self._tell_of_unread(session, whole, conversation_id, now)
            return True

    def _take_settled(self, session: Session, conversation_id: int, now: datetime) -> bool:
        open_talk = conversations.lock(session, conversation_id)
        talk = open_talk or conversations.last_closed(session, conversation_id)
        if talk is None or talk.settle_at is None or talk.settle_at > now:
            return False
        conversations.has_settled(session, conversation_id)
        if open_talk is not None:
            self._turns.take_parts(session, open_talk, now)
        elif (late := self._turns.waiting(session, talk, None, now)) is not None:
            self._answer_outside(session, late)
        return True

    def _take_in(self, session: Session, received: Received, now: datetime) -> bool:
        open_talk = conversations.open_at(session, received.channel, received.address)
        message_id = _keep(session, received, now, open_talk.id if open_talk else None)
        if message_id is None:
            return False
        if open_talk is None:
            if not self._takes_aside(session, message_id, received, now):
                self._answer_outside(session, Heard.of(message_id, received, None, now))
            return False
        state = State.from_json(open_talk.state)
        survey = self._catalogue.get(open_talk.survey_id, open_talk.survey_version)
        heard = Heard.of(message_id, received, open_question(state, survey), now)
        waits = open_talk.settle_at is not None or (heard.may_go_on and state.phase in _WAITS)
        if waits and not received.comment_only:
            self._settle_with(session, heard, open_talk)
            return False
        return self._turns.take(session, heard, open_talk, state, survey)

    def _takes_aside(self, session: Session, message_id: int, received: Received, now: datetime) -> bool:
        """Take words from a line that their writer's conversation has left: kept there and read, and never an answer.

        On a shared phone nobody knows who writes, so that the words are a stranger's.
        """
        conversation_id = moves.gone_on(session, received.channel, received.address)
        talk = conversations.lock(session, conversation_id) if conversation_id else None
        if talk is None or len(conversations.sharers(session, received.channel, received.address)) > 1:
            return False
        messages.attach(session, message_id, talk.id)
        state = State.from_json(talk.state)
        survey = self._catalogue.get(talk.survey_id, talk.survey_version)
        aside = replace(received, comment_only=True)
        self._turns.take(session, Heard.of(message_id, aside, None, now), talk, state, survey)
        return True

    def _settle_with(self, session: Session, heard: Heard, talk: OpenConversation) -> None:
        """Wait for what may follow a long text; what is grave or a command waits for nothing."""
        command = read_command(heard.text)
        if command is not None or heard.received.handled_by_provider is not None:
            self._turns.take_parts(session, talk, heard.at)
            if command != "skip":  # what it would pass over now, its writer has not seen yet
                self._take_after_parts(session, heard, talk.id)
            return
        messages.settle_later(session, heard.id)
        silences.wait(session, talk.id, settle_at=heard.at + QUIET, heard_at=heard.at)
        if heard.severity in GRAVE:
            self._turns.take_parts(session, talk, heard.at)

    def _take_after_parts(self, session: Session, heard: Heard, conversation_id: int) -> None:
        talk = conversations.lock(session, conversation_id)
        if talk is None:
            self._answer_outside(session, heard)
            return
        survey = self._catalogue.get(talk.survey_id, talk.survey_version)
        self._turns.take(session, heard, talk, State.from_json(talk.state), survey)

    def _answer_outside(self, session: Session, heard: Heard) -> None:
        received = heard.received
        known = conversations.correspondent(session, received.channel, received.address)
        if known.conversation_id is not None:
            messages.attach(session, heard.id, known.conversation_id)
        if self._takes_back_in(session, heard):
            return
        survey = self._catalogue.nothing_open(known.audience or UNKNOWN_AUDIENCE)
        names = {"brand": self._council.brand}
        late = known.conversation_id is not None
        state = State.outside(survey, names, opted_out=known.opted_out, late=late)
        state = state.but(discreet=moves.has_discreet(session, received.channel, received.address))
        state = as_of_today(state, known.birth_date, heard.at)
        event = heard.reply(state, self._council, None, self._turns.rota.at(session, heard.at))
        _, effects = step(state, survey, event, heard.at)
        if contacts.is_barred(session, received.channel, received.address):
            effects = tuple(effect for effect in effects if not isinstance(effect, Say | OptedIn))
        elif self._has_said_enough(session, received, heard.at, in_danger=event.severity in GRAVE):
            effects = tuple(effect for effect in effects if not isinstance(effect, Say))
        self._turns.speak(session, heard, effects, known.conversation_id, known.person_id)

    def _takes_back_in(self, session: Session, heard: Heard) -> bool:
        """On a shared phone START asks first who says it: a conversation that was stopped is opened again for that."""
        received = heard.received
        if read_command(heard.text) != "start":
            return False
        if len(conversations.sharers(session, received.channel, received.address)) < 2:
            return False
        stopped = conversations.last_stopped(session, received.channel, received.address)
        if stopped is None:
            return False
        state = State.from_json(stopped.state).but(phase="opted_out", shared_phone=True)
        state = as_of_today(state, stopped.birth_date, heard.at)
        survey = self._catalogue.get(stopped.survey_id, stopped.survey_version)
        rota = self._turns.rota.at(session, heard.at)
        new_state, effects = step(state, survey, heard.reply(state, self._council, stopped.age_band, rota), heard.at)
        messages.attach(session, heard.id, stopped.id)
        closed_at = heard.at if new_state.phase in CLOSED else None
        conversations.save(session, stopped.id, new_state.to_json(), heard_at=heard.at, closed_at=closed_at)
        self._turns.speak(session, heard, effects, stopped.id, stopped.person_id, kind="confirmation")
        return True

    @staticmethod
    def _has_said_enough(session: Session, received: Received, now: datetime, *, in_danger: bool) -> bool:
        since = now - timedelta(days=1)
        most = REPLIES_A_DAY_OUTSIDE + (IN_DANGER_A_DAY if in_danger else 0)
        return messages.replies_since(session, received.channel, received.address, since) >= most

    def _keep_alone(self, session: Session, received: Received, now: datetime) -> None:
        message_id = _keep(session, received, now)
        if message_id is not None:
            self._tell_of_unread(session, message_id, None, now)

    def _tell_of_unread(self, session: Session, message_id: int, conversation_id: int | None, now: datetime) -> None:
        unread = alerts.NewAlert(message_id, conversation_id, "unread", (), now, at_least="red_today")
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
