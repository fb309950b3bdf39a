"""Two thousand conversations on the worst of days: at its end every word is kept once, and everything was said once, in order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store.messages import UNSENT
from store.tables import Message
from tests.journeys.chaos.council import prepare
from tests.journeys.chaos.day import Day
from tests.journeys.chaos.lines import Texts
from tests.journeys.chaos.people import LAST, Person
from tests.journeys.chaos.storm import Storm, StormyTwilio
from tests.journeys.chaos.workers import Workers
from tests.journeys.moved_clock import SharedClock
from tests.journeys.town import BEGINS, Town
from tests.standins.postgres import PostgresServer
from tests.standins.smtp import MailServer

pytestmark = [pytest.mark.journey, pytest.mark.postgres, pytest.mark.timeout(600)]

CONVERSATIONS = int(os.environ.get("CHAOS_CONVERSATIONS", "2000"))
SEED = 20261006
SECONDS = int(os.environ.get("CHAOS_SECONDS", "400"))
HASTE = {
    "TWILIO_TIMEOUT_SECONDS": "2",
    "TELEGRAM_TIMEOUT_SECONDS": "2",
    "SMTP_TIMEOUT_SECONDS": "4",
    "OUTBOX_LEASE_SECONDS": "5",
    "SMS_A_SECOND": "1000",
}
ROUNDS_OF_INVITATIONS = -(-CONVERSATIONS // 500)


@pytest.fixture
def town(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Town]:
    clock = SharedClock(tmp_path / "clock")
    clock.set(BEGINS)
    with StormyTwilio(Storm(SEED), now=clock.now) as twilio, MailServer() as mail:
        town = Town(tmp_path, postgres_server.new_database_url(), twilio, mail, clock)
        town.service.environment.update(HASTE)
        yield town
        town.close()


def test_every_word_is_kept_once_and_everything_is_said_once_and_in_order(town: Town):
    addresses = [("sms", f"+999{number:09}") for number in range(CONVERSATIONS)]
    people = {address: Person(number, address) for number, (_, address) in enumerate(addresses, 1)}
    prepare(town.database, addresses, BEGINS)
    town.service.start("web")
    day = Day(Storm(SEED + 1), people, [Texts(town.twilio, town.service.url)])
    waiting = select(func.count()).where(Message.status.in_(UNSENT))
    with Workers(town.service, Storm(SEED + 2)) as workers:
        for _ in range(ROUNDS_OF_INVITATIONS):
            town.service.command("jobs", "run", "invitations")
        done = day.run(lambda: all(p.has_finished for p in people.values()) and town.look_up(waiting) == [0], SECONDS)
    unfinished = [person for person in people.values() if not person.has_finished]
    assert done, f"{len(unfinished)} people were still waiting, such as {unfinished[:2]}"
    assert workers.killed >= 5

    kept = Counter(town.look_up(select(Message.address, Message.text).where(Message.direction == "in")))
    written = {(person.address, words): 1 for person in people.values() for words in person.wrote}
    assert kept == written
    asked = {person.address: person.asked for person in people.values()}
    assert asked == dict.fromkeys(asked, list(range(1, LAST + 2)))
    assert _statuses(town) <= {"delivered"}


def _statuses(town: Town) -> set[str]:
    return set(town.look_up(select(Message.status).where(Message.direction == "out").distinct()))
