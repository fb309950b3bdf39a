"""Silence is an event like any other, given to the same step: reminders that fall due, and conversations that close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar import LONDON, local_day
from bot.conversation.events import Event, Expired, Lapsed, ReminderDue
from bot.conversation.state import State
from bot.council import Council
from bot.cover import rota as duty
from bot.cover.hours import ask_at, is_covered
from bot.cover.rota import Rota
from bot.one_by_one import one_by_one
from bot.sending import undeliverable
from bot.sending.checks import TOO_OLD
from bot.talks.carry_out import REMIND_AFTER, asks_who_takes_a_stop_back
from bot.talks.events import happens, may_be_texted, was_told_nothing
from store.inviting import reminders
from store.session import Database, Session
from store.talks import conversations, messages, silences
from store.talks.conversations import OpenConversation
from surveys.catalogue import Catalogue

OPEN_AT_MOST = timedelta(days=28)
"""However lively, a conversation about one stage ends after so long: by then the next may be due."""


@dataclass(frozen=True)
class Silences:
    """The clock's side of conversations; each method may run twice, and the second run changes nothing."""

    database: Database
    catalogue: Catalogue
    council: Council

    def lapse_silent(self, now: datetime) -> int:
        """Close what nobody has answered for the council's number of days, or what has been open too long; return how many.

        On the web it is as long as the link works. The days count from when the first words have left, and whoever is
        reminded has as long to answer as lies between two reminders. Whose campaign is paused keeps silent for as long as it
        is, and is reminded first once it goes on. A conversation that is paused for someone's safety stays open until it is
        released.
        """
        reminded = now - REMIND_AFTER
        with self.database.reading() as session:
            by_text, on_web = (
                silences.silent_since(session, now - timedelta(days=days), reminded, on_web=on_web)
                for days, on_web in ((self.council.conversation_days, False), (self.council.chat_days, True))
            )
            mailed = reminders.still_due(session, local_day(now), reminded) if on_web else set()
            silent = [*by_text, *(each for each in on_web if each not in mailed)]
            old = silences.opened_before(session, now - OPEN_AT_MOST)
        unheard = one_by_one(old, lambda conversation_id: self._end_unheard(conversation_id, now))
        lapsed = self._each(silent, lambda state: Lapsed(state.turn), "lapse", now)
        return unheard + lapsed + self._each(old, _expiry, "expiry", now)

    def remind(self, now: datetime) -> int:
        """Remind everyone whose reminder is due, in the hours in which they may be texted first; return how many.

        Where a rota is kept and does not cover this moment, reminders wait until it does.
        """
        with self.database.reading() as session:
            rota = duty.read(session, now)
            due = silences.to_remind(session, now) if is_covered(now, self.council, rota) else []
        return one_by_one(due, lambda conversation_id: self._remind(conversation_id, rota, now))

    def _each(self, ids: Sequence[int], event: Callable[[State], Event | None], cause: str, now: datetime) -> int:
        def close(conversation_id: int) -> bool:
            with self.database.writing() as session:
                talk = conversations.lock(session, conversation_id)
                if talk is None or talk.settle_at is not None:  # somebody has written: that is taken up first
                    return False
                happening = event(State.from_json(talk.state))
                return happening is not None and self._happens(session, talk, happening, cause, now)

        return one_by_one(ids, close)

    def _end_unheard(self, conversation_id: int, now: datetime) -> bool:
        """End what was to be said so long ago and has never left: nobody has left it unanswered."""
        with self.database.writing() as session:
            talk = conversations.lock(session, conversation_id)
            if talk is None or not was_told_nothing(session, talk):
                return False
            messages.drop_unsent_of(session, talk.id, TOO_OLD)
            undeliverable.end(session, talk, now, opted_out=False, because=TOO_OLD)
            return True

    def _remind(self, conversation_id: int, rota: Rota, now: datetime) -> bool:
        with self.database.writing() as session:
            talk = conversations.lock(session, conversation_id)
            if talk is None or talk.remind_at is None or talk.remind_at > now or talk.settle_at is not None:
                return False
            state = State.from_json(talk.state)
            if now + REMIND_AFTER > talk.opened_at + OPEN_AT_MOST or not may_be_texted(session, talk, state):
                silences.remind_later(session, talk.id, None)
                return False
            if not messages.has_left(session, talk.id):  # nobody is reminded of what they have not been sent
                silences.remind_later(session, talk.id, now + REMIND_AFTER)
                return False
            opens = ask_at(state.audience, talk.age_band, now, self.council, rota)
            if opens > now:
                silences.remind_later(session, talk.id, opens)
                return False
            asked_on = f"{talk.opened_at.astimezone(LONDON):%A}"
            cause = f"reminder:{state.turn}.{state.reminded}"
            reminded = self._happens(session, talk, ReminderDue(state.turn, asked_on), cause, now)
            if not reminded:
                silences.remind_later(session, talk.id, None)
            return reminded

    def _happens(self, session: Session, talk: OpenConversation, event: Event, cause: str, now: datetime) -> bool:
        return happens(
            session,
            talk,
            event,
            catalogue=self.catalogue,
            kind="reminder" if isinstance(event, ReminderDue) else "invitation",
            cause=f"{cause}:{talk.id}",
            now=now,
        )


def _expiry(state: State) -> Event | None:
    """Who takes a stop back may do so long after the questions: that conversation is open for nothing else."""
    return None if asks_who_takes_a_stop_back(state) else Expired()
