"""Web chats: what a link or a door leads to, and what is said there.

A page says its turn through the same inbox as every channel. A digest of the turn's name and the words is the message's own
name, so what is sent twice, or from two tabs, is kept once; and what an overtaken page sends is kept as a comment, never
as an answer to a question that it did not show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.calendar import local_day
from bot.chats import scene
from bot.chats.anonymity import round_off
from bot.chats.beginning import Beginnings
from bot.chats.help_lines import help_lines
from bot.chats.links import Links
from bot.chats.scene import Door, Scene
from bot.clock import Clock
from bot.conversation import asking, moving, opening
from bot.conversation.commands import read_command
from bot.conversation.events import MovedTo
from bot.conversation.state import State, digest
from bot.inbox import Inbox
from bot.sending import choices
from channels.base import Received
from store.inviting import links, open_surveys
from store.inviting.links import FoundLink
from store.inviting.open_surveys import Opened
from store.session import Database, Session
from store.talks import chats as rows
from store.talks.chats import WEB, Talk
from surveys.catalogue import Catalogue
from surveys.stages import Audience
from surveys.survey import Survey


@dataclass(frozen=True)
class Chats:
    """What the pages of the web chat ask of the service; the shape is `channels.webchat.shown.Chats`.

    Attributes:
        wake: called after something was queued, so that it leaves at once.
    """

    database: Database
    catalogue: Catalogue
    clock: Clock
    inbox: Inbox
    beginnings: Beginnings
    wake: Callable[[], None]

    def look(self, token: str) -> Scene | None:
        """What a link leads to; None where there is no such link. Changes nothing."""
        now = self.clock.now()
        with self.database.reading() as session:
            link = links.find(session, token, now)
            if link is None:
                return None
            talk = rows.talk_of(session, link)
            if not link.is_good:
                return self._closed(talk)
            if talk is None:
                return self._cover(session, link, now)
            return self._elsewhere(talk) if talk.channel != WEB else self._here(session, talk, now)

    def begin(self, token: str) -> None:
        """Begin the chat, if nobody has."""
        now = self.clock.now()

        def begin(session: Session) -> None:
            link = links.find(session, token, now)
            if link is not None and link.is_good:
                self.beginnings.begin(session, link, rows.talk_of(session, link), now)
                links.note_use(session, link.id, now)

        self.database.transact(begin)
        self.has_let_in(token)

    def say(self, token: str, turn: str, question: str | None, text: str) -> None:
        """Take in what was sent; when this returns, it is kept. Nothing happens where there is no such link.

        Args:
            turn: as `Scene.turn` had it.
            question: the question that the page showed; None where it showed none.
        """
        link, talk = self._find(token)
        if (
            link is not None
            and link.is_good
            and (talk is None or talk.channel != WEB)
            and read_command(text) in scene.ENDING
        ):
            self.begin(token)  # who would rather not answer says so of the questions that they were shown the cover of
            link, talk = self._find(token)
            turn, question = self._turn(talk), None
        if link is None:
            return
        is_here = talk is not None and talk.channel == WEB
        address = talk.address if talk is not None and is_here else link.address
        received = Received(
            WEB,
            f"{address}:{digest(f'{turn} {question} {text}')}",
            address,
            text,
            button=choices.named(talk.id, question) if talk and question else question,
            comment_only=not (link.is_good and is_here and self._turn(talk) == turn),
        )
        self.inbox.receive(received)
        self._forget_when(talk)

    def door(self, code: str) -> Door | None:
        """The open survey of that code; None where there is none that anybody may open."""
        with self.database.reading() as session:
            opened = open_surveys.find(session, code.lower())
        if opened is None:
            return None
        is_early = opened.opens_on is not None and local_day(self.clock.now()) < opened.opens_on
        door = self.door_of(opened.code, opened.survey_id, is_open=opened.is_open(self.clock.now()))
        return replace(door, opens_on=opened.opens_on if is_early else None)

    def door_of(self, code: str, survey_id: str, *, is_open: bool) -> Door:
        """A door to a survey, as its page shows it."""
        survey = self.catalogue.get(survey_id).spoken("en", WEB)
        opening = _opening(self.beginnings.of_anybody(survey), survey)
        lines = self._help_lines(survey.audience)
        return Door(
            code,
            self._service,
            survey.title,
            opening,
            is_open=is_open,
            help_lines=lines,
            ends_tonight=survey.anonymous,
        )

    def enter(self, code: str) -> str | None:
        """Go in: make a link for one more person, begin its chat, and return its token; None where it is not open."""
        now = self.clock.now()
        with self.database.writing() as session:
            opened = open_surveys.find(session, code.lower())
            if opened is None or not opened.is_open(now):
                return None
            if opened.opens_on is not None and local_day(now) < opened.opens_on:
                return None
            token = self.let_in(session, opened, now)
        self.has_let_in(token)
        return token

    def let_in(self, session: Session, opened: Opened, now: datetime) -> str:
        """Begin a chat in an open survey, in the caller's transaction; return its token."""
        token, address = Links.for_open_survey(session, opened.id, now)
        self.beginnings.enter(session, opened, address, now)
        return token

    def has_let_in(self, token: str) -> None:
        """See to what follows once somebody who was let in has been written down."""
        self.wake()
        self._forget_when(self._find(token)[1])

    def _find(self, token: str) -> tuple[FoundLink | None, Talk | None]:
        with self.database.reading() as session:
            link = links.find(session, token, self.clock.now())
            return link, rows.talk_of(session, link) if link else None

    def _turn(self, talk: Talk | None) -> str:
        return scene.turn_of(State.from_json(talk.state)) if talk and not talk.is_over else ""

    def _forget_when(self, talk: Talk | None) -> None:
        """Round the times of what was said, where the survey is anonymous."""
        if talk is not None and talk.door is not None and self._survey(talk).anonymous:
            with self.database.writing() as session:
                round_off(session, talk.id)

    def _survey(self, talk: Talk) -> Survey:
        return self.catalogue.get(talk.survey_id, talk.survey_version)

    @property
    def _service(self) -> str:
        return self.beginnings.council.brand

    def _help_lines(self, audience: Audience) -> tuple[str, ...]:
        return help_lines(audience, self.beginnings.council.lines)

    def _closed(self, talk: Talk | None) -> Scene:
        audience: Audience = self._survey(talk).audience if talk else "young_person"
        return Scene("closed", self._service, help_lines=self._help_lines(audience), door=_door_shown(talk))

    def _cover(self, session: Session, link: FoundLink, now: datetime) -> Scene:
        """What is seen before anybody has begun."""
        guest = rows.guest(session, link.invitation_id) if link.invitation_id else None
        asked = self.beginnings.of_guest(session, guest, link.address, now) if guest else None
        return self._before(*asked) if asked else self._closed(None)

    def _elsewhere(self, talk: Talk) -> Scene:
        """What is seen of a conversation that was begun by text."""
        state = State.from_json(talk.state)
        if talk.is_over or not moving.may_move(state, MovedTo(WEB)):
            return self._closed(talk)
        return self._before(moving.there(state, MovedTo(WEB)), self._survey(talk))

    def _before(self, state: State, survey: Survey) -> Scene:
        spoken = survey.spoken(state.language, WEB)
        return Scene(
            "cover",
            self._service,
            opening=(*_opening(state, spoken), *_readers(state, spoken)),
            help_lines=self._help_lines(survey.audience),
            language=spoken.language,
            direction=spoken.direction,
        )

    def _here(self, session: Session, talk: Talk, now: datetime) -> Scene:
        state = State.from_json(talk.state)
        standing = scene.standing(state)
        if standing == "closed":
            return self._closed(talk)
        survey = self._survey(talk)
        spoken = survey.spoken(state.language, WEB)
        said = rows.said(session, talk.id)
        if talk.door is not None and survey.anonymous:  # when it was said is kept by the hour only
            said = [words._replace(at=now) for words in said]
        return Scene(
            standing,
            self._service,
            bubbles=tuple(scene.bubbles(state, spoken, said)),
            asked=scene.asked(state, spoken),
            may_go_back=state.phase == "asking" and asking.way_back(state) is not None,
            turn=scene.turn_of(state),
            help_lines=self._help_lines(state.audience),
            language=spoken.language,
            direction=spoken.direction,
            door=_door_shown(talk),
        )


def _door_shown(talk: Talk | None) -> str | None:
    """The code of the door by which the next person may go in; None where each comes by a link of their own."""
    return None if talk is None or talk.by_ticket else talk.door


def _opening(state: State, survey: Survey) -> tuple[str, ...]:
    """What is said before anything is asked, a paragraph each."""
    return tuple(scene.without_commands(say.text) for say in opening.first_words(state, survey))


def _readers(state: State, survey: Survey) -> tuple[str, ...]:
    """Who reads the answers, for somebody whose opening does not say it any more, since they were told the first time."""
    said = None if state.first_contact else opening.who_reads(state, survey)
    return (said.text,) if said else ()
