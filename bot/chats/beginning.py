"""How a web chat begins: for somebody who was invited, in the middle of what was begun elsewhere, or by an open door.

Everything is written in the caller's transaction; what has begun is not begun again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.events import Invited
from bot.conversation.state import State
from bot.conversation.step import step
from bot.council import Council
from bot.talks import carry_out, standing
from bot.talks.beginning import Beginning
from bot.talks.initials import ALIKE
from bot.talks.moving import Moving
from bot.talks.ways import Way
from store.inviting import moves
from store.inviting.links import FoundLink
from store.inviting.open_surveys import Opened
from store.session import Session
from store.talks import chats, conversations
from store.talks.chats import WEB, Guest, Talk
from surveys.catalogue import Catalogue
from surveys.survey import Survey

BY_HAND = frozenset({"no_mobile", "number_unconfirmed", "worker_number", "partner_number", "too_young", ALIKE})
"""Who cannot be texted for such a reason may be asked on a page that their worker opens for them."""


@dataclass(frozen=True)
class Beginnings:
    """Begins conversations on the web."""

    catalogue: Catalogue
    council: Council

    def begin(self, session: Session, link: FoundLink, talk: Talk | None, now: datetime) -> None:
        """Begin what a link leads to, or go on here with what was begun elsewhere; nothing where that cannot be."""
        if talk is not None:
            self._go_on_here(session, link, talk, now)
        elif link.invitation_id is not None:
            self._welcome(session, link, link.invitation_id, now)

    def enter(self, session: Session, door: Opened, address: str, now: datetime) -> None:
        """Begin the chat of one more person who has gone into an open survey."""
        survey = self.catalogue.get(door.survey_id)
        state, effects = step(self.of_anybody(survey), survey, Invited(), now)
        row = {
            "open_survey_id": door.id,
            "channel": WEB,
            "address": address,
            "survey_id": survey.id,
            "survey_version": survey.version,
            "state": state.to_json(),
            "opened_at": now,
        }
        conversation_id = conversations.begin(session, row)
        line = carry_out.Line(WEB, address, conversation_id)
        carry_out.say(session, line, effects, kind="reply", cause=f"door:{conversation_id}", now=now)

    def of_anybody(self, survey: Survey) -> State:
        """A conversation that nobody has begun, with somebody of whom nothing is known."""
        names = {"brand": self.council.brand, "url": self.council.privacy_url}
        return State.new(survey, names, channel=WEB)

    def of_guest(self, session: Session, guest: Guest, address: str, now: datetime) -> tuple[State, Survey] | None:
        """A conversation with an invited person that nobody has begun, and its survey; None where it cannot begin."""
        survey = self._survey_for(session, guest, now)
        if survey is None:
            return None
        way = Way(WEB, address)
        state = Beginning(self.catalogue, self.council).new(session, guest.invitee, survey, way, now)
        return state.but(first_contact=guest.invitee.first_contacted_at is None), survey

    def _survey_for(self, session: Session, guest: Guest, now: datetime) -> Survey | None:
        """What somebody may be asked on the web who has not been asked yet; None where that is nothing."""
        if guest.status != "offered" and not (guest.status == "not_asked" and guest.not_asked_because in BY_HAND):
            return None
        person = moves.reachable(session, guest.invitee.person_id)
        survey = Beginning(self.catalogue, self.council).survey_for(guest.invitee, person, now)
        return survey if survey and WEB in survey.channels else None

    def _welcome(self, session: Session, link: FoundLink, invitation_id: int, now: datetime) -> None:
        guest = chats.guest(session, invitation_id, locked=True)
        survey = self._survey_for(session, guest, now) if guest else None
        if guest is None or survey is None:
            return
        if guest.status == "not_asked":
            standing.note(session, invitation_id, "not_asked", "offered", now)
            chats.offer_again(session, invitation_id)
        person = moves.reachable(session, guest.invitee.person_id)
        way = Way(WEB, link.address)
        Beginning(self.catalogue, self.council).open(session, guest.invitee, person, survey, way, now)

    def _go_on_here(self, session: Session, link: FoundLink, talk: Talk, now: datetime) -> None:
        if talk.channel == WEB or talk.is_over:
            return
        held = conversations.lock(session, talk.id)
        if held is not None and held.channel != WEB:
            Moving(self.catalogue, self.council).to(session, held, Way(WEB, link.address), now)
