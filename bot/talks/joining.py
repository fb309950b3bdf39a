"""Who comes to us by a link on a channel that cannot be written to first, and who leaves it by blocking us.

A link works once and says who its person is; from then on that chat is a contact point of theirs. Whoever comes without a
link, or with one that was used before or has expired, reads the same line as a stranger: nobody learns whether anyone
is known here. Both may be told to us twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.conversation import wording
from bot.conversation.effects import Say
from bot.conversation.state import State
from bot.council import Council
from bot.sending import undeliverable
from bot.talks import carry_out, ways
from bot.talks.beginning import Beginning
from bot.talks.moving import Moving
from bot.talks.ways import Way
from channels.base import Departed, Joined
from store.council import contacts, optouts, people
from store.inviting import invitations as rows
from store.inviting import links, moves
from store.inviting.links import TakenLink
from store.session import Database, Session
from store.talks import conversations, messages
from surveys.catalogue import Catalogue
from surveys.questions import Channel
from surveys.stages import Audience

CAME, LEFT = "/start", "/stop"
"""What the thread shows of them, as if it had been typed. The token is kept nowhere."""

REPLACED = "replaced"
_A_STRANGER: Audience = "young_person"
_LINES_A_DAY = 12
_CHANNELS: dict[str, Channel] = {"telegram": "telegram"}
"""The channels that people come to by a link."""


class Joining:
    """Takes in who joins and who leaves."""

    def __init__(
        self, database: Database, catalogue: Catalogue, council: Council, clock: Clock, wake: Callable[[], None]
    ) -> None:
        """Prepare to let people in.

        Args:
            wake: called after each commit, so that what is said leaves at once.
        """
        self._database = database
        self._catalogue = catalogue
        self._council = council
        self._clock = clock
        self._wake = wake
        self._moving = Moving(catalogue, council)
        self._beginning = Beginning(catalogue, council)

    def joined(self, joined: Joined) -> None:
        """Bind a chat to the person whose link was followed, and ask them there what is open; or say the neutral line."""
        now = self._clock.now()
        self._database.transact(lambda session: self._let_in(session, joined, now))
        self._wake()

    def departed(self, departed: Departed) -> None:
        """Heed that somebody has blocked us; the conversation goes on only where they have agreed to another line."""
        now = self._clock.now()
        self._database.transact(lambda session: self._let_go(session, departed, now))
        self._wake()

    def _let_in(self, session: Session, joined: Joined, now: datetime) -> None:
        message_id = _keep(session, joined, CAME, now)
        if message_id is None:
            return
        taken = links.take(session, joined.token, joined.channel, now) if joined.token else None
        person = self._bound(session, joined, taken, now) if taken else None
        if taken is None or person is None or not self._ask(session, joined, taken, person, now):
            self._say_who_we_are(session, joined, message_id, now)

    def _let_go(self, session: Session, departed: Departed, now: datetime) -> None:
        if _keep(session, departed, LEFT, now) is not None:
            undeliverable.blocked(session, departed.channel, departed.address, now, fall_back=self._moving.fall_back)

    def _bound(self, session: Session, joined: Joined, taken: TakenLink, now: datetime) -> moves.Reachable | None:
        """Make the chat a contact point of the link's person; None, and nothing is changed, where it must not be.

        One chat is one person's: whoever shares a phone has a Telegram of their own, or none. A new chat of the same person
        takes the place of the one before. Their age is worked out now, whatever it was when the link was made.
        """
        if taken.person_id is None:
            return None
        person = moves.reachable(session, taken.person_id)
        holders = conversations.sharers(session, joined.channel, joined.address)
        is_free = set(holders) <= {person.person_id} and not contacts.is_barred(session, joined.channel, joined.address)
        if not is_free or not ways.may_use_telegram(person, now):
            return None
        known = people.addresses(session, person.person_id, joined.channel)
        same = next((point for point in known if point.address == joined.address), None)
        if same is None:
            people.add_address(session, person.person_id, joined.channel, joined.address, confirmed_at=now)
        elif same.closed_because is not None:
            people.mark_address(session, same.id, None, confirmed_at=now)
        for point in known:
            if point.address != joined.address and point.closed_because is None:
                people.mark_address(session, point.id, REPLACED)
        optouts.end(session, joined.channel, joined.address, now)
        return person

    def _ask(self, session: Session, joined: Joined, taken: TakenLink, person: moves.Reachable, now: datetime) -> bool:
        """Begin what the link is about, or go on with it in this chat; whether anything was said."""
        invitation_id = taken.invitation_id or links.invitation_to_ask(session, person.person_id)
        if invitation_id is None:
            return False
        way = Way(_CHANNELS[joined.channel], joined.address)
        invitee = rows.invitee(session, invitation_id)
        if invitee is not None:
            survey = self._beginning.survey_for(invitee, person, now)
            if survey is None or way.channel not in survey.channels or survey.in_person:
                return False
            return self._beginning.open(session, invitee, person, survey, way, now, is_awaited=True)
        conversation_id = moves.of_invitation(session, invitation_id)
        talk = conversations.lock(session, conversation_id) if conversation_id else None
        return talk is not None and self._moving.to(session, talk, way, now)

    def _say_who_we_are(self, session: Session, joined: Joined, message_id: int, now: datetime) -> None:
        """Say the one line that everybody reads; nothing to whoever has said stop there, or comes again and again."""
        known = conversations.correspondent(session, joined.channel, joined.address)
        since = now - timedelta(days=1)
        said = messages.replies_since(session, joined.channel, joined.address, since)
        barred = contacts.is_barred(session, joined.channel, joined.address)
        if known.opted_out or barred or said >= _LINES_A_DAY:
            return
        line = carry_out.Line(joined.channel, joined.address, None)
        carry_out.say(session, line, [self._neutral()], kind="reply", cause=f"in:{message_id}", now=now)

    def _neutral(self) -> Say:
        survey = self._catalogue.nothing_open(_A_STRANGER)
        state = State.outside(survey, {"brand": self._council.brand}, opted_out=False, late=False)
        return wording.shared(state, survey, "who_we_are")


def _keep(session: Session, event: Joined | Departed, text: str, now: datetime) -> int | None:
    """Keep it as a message, so that the same one a second time changes nothing; None where it is kept already."""
    row = {
        "channel": event.channel,
        "provider_id": event.provider_id,
        "address": event.address,
        "text": text,
        "media_count": 0,
        "at": now,
        "conversation_id": None,
        "sent_at": None,
    }
    return messages.keep(session, row)
