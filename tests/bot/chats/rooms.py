"""A house with web chats, and somebody who answers in one as its page would."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chats.beginning import Beginnings
from bot.chats.chats import Chats
from bot.chats.links import Links
from bot.chats.open_surveys import open_to_all
from bot.chats.scene import Scene
from bot.clock import SetClock
from channels.webchat import WebChat
from store.session import Database
from store.tables import Invitation
from tests.builders import House, make_house


@dataclass
class Room:
    """The service with its web chats."""

    house: House
    chats: Chats

    def link(self, person_id: int) -> str:
        """A token for the invitation of a person."""
        with self.house.database.writing() as session:
            invitation = session.query(Invitation).filter_by(person_id=person_id).one()
            links = Links.of(self.house.service.council)
            url = links.for_invitation(session, invitation.id, person_id, self.house.clock.now())
        return url.rpartition("/")[2]

    def open(self, survey_id: str, code: str = "hub") -> str:
        """Open a survey to anybody; return its code."""
        survey = self.house.service.catalogue.get(survey_id)
        with self.house.database.writing() as session:
            open_to_all(session, survey, now=self.house.clock.now(), code=code)
        return code

    def scene(self, token: str) -> Scene:
        """What the page shows now."""
        scene = self.chats.look(token)
        assert scene is not None
        return scene

    def say(self, token: str, text: str, scene: Scene | None = None) -> Scene:
        """Send words from the page as it is now, or as it was; return what it shows then."""
        shown = scene or self.scene(token)
        self.chats.say(token, shown.turn, shown.asked.id if shown.asked else None, text)
        self.house.service.outbox.drain()
        return self.scene(token)

    def begun(self, person_id: int) -> tuple[str, Scene]:
        """A chat that its person has begun."""
        token = self.link(person_id)
        self.chats.begin(token)
        return token, self.scene(token)


def make_room(database: Database, clock: SetClock) -> Room:
    """A house with web chats."""
    house = make_house(database, clock)
    return Room(house, open_chats(house))


def open_chats(house: House) -> Chats:
    """The web chats of a house that had none."""
    service = house.service
    assert isinstance(service.channels, dict)
    service.channels["web"] = WebChat()
    beginnings = Beginnings(service.catalogue, service.council)
    return Chats(house.database, service.catalogue, house.clock, service.inbox, beginnings, wake=lambda: None)


def words_of(scene: Scene) -> list[str]:
    """What stands in the bubbles."""
    return [bubble.text for bubble in scene.bubbles]
