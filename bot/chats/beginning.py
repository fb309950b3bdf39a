"""How a web chat begins: for somebody who was invited, in the middle of what was begun elsewhere, or by an open door.

Everything is written in the caller's transaction; what has begun is not begun again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import moving
from bot.conversation.events import Event, Invited, MovedTo
from bot.conversation.state import State
from bot.conversation.step import step
from bot.council import Council
from bot.talks import carry_out, standing
from store import chats, conversations, messages
from store.chats import WEB, Guest, Talk
from store.conversations import OpenConversation
from store.links import FoundLink
from store.open_surveys import Opened
from store.session import Session
from surveys.catalogue import Catalogue
from surveys.languages import ENGLISH
from surveys.survey import Survey

BY_HAND = frozenset({"no_mobile", "too_young"})
"""Who cannot be texted for such a reason may be asked on a page that their worker opens for them."""


def may_be_asked(guest: Guest, survey: Survey | None) -> bool:
    """Whether somebody who has not been asked yet may be asked on the web."""
    if survey is None or WEB not in survey.channels:
        return False
    return guest.status == "offered" or (guest.status == "not_asked" and guest.not_asked_because in BY_HAND)


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
        state = State.new(survey, self.names(), channel=WEB)
        whose = {"invitation_id": None, "person_id": None, "open_survey_id": door.id}
        self._open(session, whose, address, survey, state, first_contact=False, now=now)

    def names(self, guest: Guest | None = None) -> Mapping[str, str]:
        """What fills the gaps in wordings; of whoever comes by an open door nothing is known."""
        known = {"worker": guest.worker, "initial": guest.person[:1]} if guest else {}
        return {"brand": self.council.brand, "url": self.council.privacy_url, **known}

    def state_of(self, guest: Guest, survey: Survey) -> State:
        """A conversation with an invited person that nobody has begun."""
        language = survey.languages.get(guest.language)
        code = guest.language if language and language.status == "checked" else ENGLISH
        return State.new(survey, self.names(guest), channel=WEB, language=code)

    def _welcome(self, session: Session, link: FoundLink, invitation_id: int, now: datetime) -> None:
        guest = chats.guest(session, invitation_id, locked=True)
        survey = self.catalogue.get(guest.survey_id) if guest and guest.survey_id else None
        if guest is None or survey is None or not may_be_asked(guest, survey):
            return
        whose = {"invitation_id": invitation_id, "person_id": guest.person_id, "open_survey_id": None}
        state = self.state_of(guest, survey)
        if guest.status == "not_asked":
            standing.note(session, invitation_id, "not_asked", "offered", now)
        standing.note(session, invitation_id, "offered", "asked", now)
        chats.asked(session, guest, now)
        first_contact = guest.first_contacted_at is None
        self._open(session, whose, link.address, survey, state, first_contact=first_contact, now=now)

    def _open(
        self,
        session: Session,
        whose: Mapping[str, int | None],
        address: str,
        survey: Survey,
        state: State,
        *,
        first_contact: bool,
        now: datetime,
    ) -> None:
        row = {
            **whose,
            "channel": WEB,
            "address": address,
            "survey_id": survey.id,
            "survey_version": survey.version,
            "state": state.to_json(),
            "opened_at": now,
        }
        conversation_id = conversations.begin(session, row)
        talk = conversations.lock(session, conversation_id) if conversation_id else None
        if talk is not None:
            self._happens(session, talk, Invited(first_contact=first_contact), now)

    def _go_on_here(self, session: Session, link: FoundLink, talk: Talk, now: datetime) -> None:
        if talk.channel == WEB or talk.is_over:
            return
        held = conversations.lock(session, talk.id)
        if held is None or held.channel == WEB or not moving.may_move(State.from_json(held.state), MovedTo(WEB)):
            return
        messages.drop_unsent_of(session, talk.id, "moved_to_web")
        chats.move(session, talk.id, link.address)
        self._happens(session, held._replace(channel=WEB, address=link.address), MovedTo(WEB), now)

    def _happens(self, session: Session, talk: OpenConversation, event: Event, now: datetime) -> None:
        survey = self.catalogue.get(talk.survey_id, talk.survey_version)
        before = State.from_json(talk.state)
        state, effects = step(before, survey, event, now)
        carry_out.move_on(session, talk, state, answered=False, heard_at=now, now=now, settle_at=talk.settle_at)
        line = carry_out.Line(talk.channel, talk.address, talk.id)
        carry_out.say(session, line, effects, kind="reply", cause=f"chat:{talk.id}.{before.said}", now=now)
