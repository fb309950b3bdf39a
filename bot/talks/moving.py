"""Letting a conversation go on at another address of the same person, in the caller's transaction.

Only where the person has agreed to be reached: an address in use, without a stop, on a channel that is open to them. Nothing
discreet goes on in the open, and a stop is never answered with another channel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar import local_day, midnight
from bot.conversation.events import MovedTo
from bot.conversation.moving import may_move
from bot.conversation.state import State
from bot.council import Council
from bot.cover.hours import due_at
from bot.talks import at_their_age, initials, ways
from bot.talks.beginning import is_shared
from bot.talks.carry_out import REMIND_AFTER
from bot.talks.events import happens
from bot.talks.ways import Way
from store.inviting import moves
from store.session import Session
from store.talks import silences
from store.talks.conversations import OpenConversation
from surveys.catalogue import Catalogue

FallBack = Callable[[Session, OpenConversation, datetime], bool]
"""Lets a conversation go on elsewhere, now that its address is dead; False where it cannot."""


SayAgain = Callable[[Session, OpenConversation, datetime, str], bool]
"""Says the first words of a conversation anew, for a cause that is new each time; False where that would be wrong."""


def nowhere(_session: Session, _talk: OpenConversation, _now: datetime) -> bool:
    """Fall back to nothing."""
    return False


def never_again(_session: Session, _talk: OpenConversation, _now: datetime, _cause: str) -> bool:
    """Say nothing anew."""
    return False


@dataclass(frozen=True)
class Moving:
    """Moves conversations. `fall_back` is a `FallBack`, `say_again` a `SayAgain`."""

    catalogue: Catalogue
    council: Council

    def to(
        self,
        session: Session,
        talk: OpenConversation,
        way: Way,
        now: datetime,
        *,
        kind: str = "reply",
        not_before: datetime | None = None,
    ) -> bool:
        """Go on by another way; return False, and change nothing, where that cannot be.

        Args:
            talk: locked.
            kind: what is said counts as, and from when on it may be sent; as for `happens`.
        """
        event = MovedTo(way.channel, shared_phone=is_shared(session, way))
        survey = self.catalogue.get(talk.survey_id, talk.survey_version)
        state = State.from_json(talk.state)
        if way.channel not in survey.channels or not may_move(state, event):
            return False
        if (way.channel, way.address) == (talk.channel, talk.address):
            return False
        if moves.is_taken(session, way.channel, way.address, but_for=talk.id):
            return False
        initial = initials.of(session, talk.person_id, way) if talk.person_id is not None else ""
        if initial is None:
            return False
        state = state.but(names={**state.names, "initial": initial})
        moves.readdress(session, talk.id, way.channel, way.address)
        happens(
            session,
            talk._replace(channel=way.channel, address=way.address, state=state.to_json()),
            event,
            catalogue=self.catalogue,
            kind=kind,
            cause=f"moved:{talk.id}:{state.said}",
            now=now,
            not_before=not_before,
        )
        return True

    def fall_back(self, session: Session, talk: OpenConversation, now: datetime) -> bool:
        """Go on, in the person's hours, at another address that they have agreed to; False where there is none."""
        if talk.person_id is None:
            return False
        state = State.from_json(talk.state)
        person = moves.reachable(session, talk.person_id)
        survey = self.catalogue.get(talk.survey_id, talk.survey_version)
        points = [
            point
            for point in ways.open_to(person, moves.points(session, talk.person_id), survey, now)
            if (point.channel, point.address) != (talk.channel, talk.address)
        ]
        way = ways.choose(ways.safe_among(points, survey, leads_to_web=False))
        if way is None or state.discreet:
            return False
        opens = due_at(state.audience, ways.band_of(person, state.audience, now), now, self.council)
        return self.to(session, talk, way, now, kind="invitation", not_before=opens)

    def say_again(self, session: Session, talk: OpenConversation, now: datetime, cause: str) -> bool:
        """Say the first words anew in the person's hours from tomorrow on, since they grew too old to be sent.

        Not today: nothing is caught up on in a burst after an outage. Not where somebody has written, or was reminded, in
        the meantime. The invitation stays asked: nobody can be asked twice. Reminders and silence count from when the first
        words leave now. Who is in another age band by then is asked what is for that age.
        """
        state = State.from_json(talk.state)
        if not at_their_age.is_unanswered(state):
            return False
        moves.drop_unsent(session, talk.id, "said_again")
        tomorrow = midnight(local_day(now) + timedelta(days=1))
        opens = due_at(state.audience, talk.age_band, tomorrow, self.council)
        silences.count_from(session, talk.id, opens, remind_at=opens + REMIND_AFTER)
        talk = talk._replace(opened_at=opens, remind_at=opens + REMIND_AFTER)
        if at_their_age.is_another(session, talk, state, now):
            anew = at_their_age.Anew(tomorrow, f"{cause}:{talk.id}")
            return at_their_age.ask(session, talk, state, anew, catalogue=self.catalogue, council=self.council, now=now)
        return happens(
            session,
            talk,
            MovedTo(state.channel, shared_phone=state.shared_phone),
            catalogue=self.catalogue,
            kind="invitation",
            cause=f"{cause}:{talk.id}",
            now=now,
            not_before=opens,
        )
