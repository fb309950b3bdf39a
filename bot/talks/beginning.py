"""Opening the conversation of an invitation, by the way that was chosen for its person; in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.events import Invited
from bot.conversation.state import State
from bot.conversation.step import step
from bot.council import Council
from bot.talks import carry_out, initials, standing
from bot.talks.ways import Way, band_of
from store.inviting import invitations as rows
from store.inviting import moves
from store.inviting.invitations import Invitee
from store.session import Session
from store.talks import conversations
from surveys.catalogue import Catalogue
from surveys.languages import ENGLISH
from surveys.survey import Survey

MakeLink = Callable[[Session, int, int, datetime], str]
"""Makes the private link to the web for an invitation and its person, in the same transaction."""


@dataclass(frozen=True)
class Beginning:
    """Opens conversations.

    Attributes:
        make_link: None where there is no web chat to lead anybody to, so that nobody is asked discreetly.
    """

    catalogue: Catalogue
    council: Council
    make_link: MakeLink | None = None

    def survey_for(self, invitee: Invitee, person: moves.Reachable, now: datetime) -> Survey | None:
        """The survey for somebody as old as they are today; None where there is none for them any more."""
        band = band_of(person, invitee.audience, now)
        if band == invitee.age_band:
            return self.catalogue.get(invitee.survey_id)
        if invitee.stage is None:
            return None
        return self.catalogue.for_stage(invitee.audience, band, invitee.stage, invitee.level)

    def open(
        self,
        session: Session,
        invitee: Invitee,
        person: moves.Reachable,
        survey: Survey,
        way: Way,
        now: datetime,
        *,
        initial: str | None = None,
        is_awaited: bool = False,
    ) -> bool:
        """Say the first words; return False, and change nothing, where somebody else is being asked at that address.

        Args:
            initial: the letters of `initials.of`, where the caller has looked them up.
            is_awaited: the person has pressed Start a moment ago, so that the words wait for no hours and no cover.
        """
        if moves.is_taken(session, way.channel, way.address):
            return False
        first_contact = invitee.first_contacted_at is None
        new = self.new(session, invitee, survey, way, now, initial).but(easy_read=person.easy_read)
        state, effects = step(new, survey, Invited(first_contact=first_contact), now)
        row = {
            "invitation_id": invitee.invitation_id,
            "person_id": invitee.person_id,
            "channel": way.channel,
            "address": way.address,
            "survey_id": survey.id,
            "survey_version": survey.version,
            "state": state.to_json(),
            "opened_at": now,
            "remind_at": now + carry_out.REMIND_AFTER,
        }
        conversation_id = conversations.begin(session, row)
        if conversation_id is None:
            return False
        line = carry_out.Line(way.channel, way.address, conversation_id)
        kind = "reply" if is_awaited or way.channel == "web" else "invitation"  # whoever opens the page waits for it
        carry_out.say(session, line, effects, kind=kind, cause=f"invitation:{invitee.invitation_id}", now=now)
        standing.note(session, invitee.invitation_id, "offered", "asked", now)
        rows.asked(session, invitee, survey.id, band_of(person, invitee.audience, now), now)
        return True

    def new(
        self,
        session: Session,
        invitee: Invitee,
        survey: Survey,
        way: Way,
        now: datetime,
        initial: str | None = None,
    ) -> State:
        """A conversation that nobody has been told of yet. `initial`: as for `open`."""
        names = {
            "worker": invitee.worker,
            "brand": self.council.brand,
            "initial": initial or initials.of(session, invitee.person_id, way) or invitee.person[:1],
            "url": self.council.privacy_url,
        }
        if way.discreet and self.make_link is not None:
            names["link"] = self.make_link(session, invitee.invitation_id, invitee.person_id, now)
        return State.new(
            survey,
            names,
            channel=way.channel,
            language=checked_language(survey, invitee.language),
            discreet=way.discreet,
            shared_phone=is_shared(session, way),
        ).but(reminders=invitee.reminders)


def is_shared(session: Session, way: Way) -> bool:
    """Whether several people can be reached at an address."""
    return len(conversations.sharers(session, way.channel, way.address)) > 1


def checked_language(survey: Survey, code: str) -> str:
    """The person's language, once a speaker has checked its wordings; English until then."""
    language = survey.languages.get(code)
    return code if language and language.status == "checked" else ENGLISH
