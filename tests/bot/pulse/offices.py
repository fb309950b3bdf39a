"""Teams of invented staff who are asked how work is, and answer as their pages would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.chats.tickets import Tickets
from bot.clock import SetClock
from bot.pulse import asking, nights
from bot.sending.sealed import Sealed
from store.session import Database
from store.tables import Staff, Unit
from tests.bot.chats.rooms import Room, make_room

TEAMS = {"Ashbrook": 12, "Belmont": 12}
PRIVATE_LINK = re.compile(r"https://heard\.council\.example/t/([A-Za-z0-9_-]{22})\b")


@dataclass
class Office:
    """The service, and those who work there."""

    room: Room
    random: Random = field(default_factory=lambda: Random(7))

    @property
    def database(self) -> Database:
        return self.room.house.database

    @property
    def clock(self) -> SetClock:
        return self.room.house.clock

    @property
    def tickets(self) -> Tickets:
        return Tickets(self.room.chats)

    def ask(self) -> int:
        """Run the clock's job, and send what it has queued."""
        queued = asking.run(self.room.house.service, self.clock.now(), self.random)
        self.room.house.service.outbox.drain()
        return queued

    def night(self) -> int:
        """Go on to twenty to four of the next night, and run the job of the nights."""
        now = self.clock.now()
        self.clock.at = now.replace(hour=2, minute=40) + timedelta(days=1)
        return nights.run(self.database, self.room.house.service.catalogue, self.clock.now(), self.random)

    def mails_to(self, email: str) -> list[str]:
        """What somebody has been mailed."""
        return self.room.house.email.texts_to(email)

    def token_of(self, email: str) -> str:
        """The token of the private link in somebody's first mail."""
        found = PRIVATE_LINK.search(self.mails_to(email)[0])
        assert found, "the first mail has a link that works"
        return found[1]

    def answer(self, token: str, words: str) -> None:
        """Go in by a ticket, and through all the questions."""
        chat = self.tickets.hand_in(token)
        assert chat is not None
        self.room.house.service.outbox.drain()
        for text in ("4", "3", "5", "4", "2", "4", words, "SKIP"):
            self.room.say(chat, text)


def email_of(team: str, number: int) -> str:
    return f"{team.lower()}.{number}@council.example"


def staff_of(teams: Mapping[str, int]) -> list[str]:
    """The addresses of everybody in some teams."""
    return [email_of(team, number) for team, people in teams.items() for number in range(people)]


def make_office(database: Database, clock: SetClock, teams: Mapping[str, int] = TEAMS) -> Office:
    """Teams of so many people. They began long ago, and nobody leaves."""
    office = Office(make_room(database, clock))
    office.room.house.service.outbox.sealed = Sealed("the same at every run")
    with database.writing() as session:
        for team, people in teams.items():
            unit = Unit(service="Early Help units", district="Marlbury", name=team)
            session.add(unit)
            session.flush()
            for number in range(people):
                address = email_of(team, number)
                session.add(Staff(email=address, name=f"Staff {number} of {team}", role="worker", unit_id=unit.id))
    return office
