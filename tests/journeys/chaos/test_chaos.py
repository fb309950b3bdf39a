"""The worst of days: at its end every word is kept once, and everything was said once, in order.

`make chaos` plays two thousand conversations; with the other tests there are fewer, so that a change is not kept waiting.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.chats.links import Links
from store.tables import Message
from store.talks.messages import UNSENT
from tests.journeys.chaos.council import prepare
from tests.journeys.chaos.day import Day
from tests.journeys.chaos.lines import Chats, Texts
from tests.journeys.chaos.pages import Pages
from tests.journeys.chaos.people import LAST, Person
from tests.journeys.chaos.storm import Storm, StormyTelegram, StormyTwilio
from tests.journeys.chaos.workers import Workers
from tests.journeys.moved_clock import SharedClock
from tests.journeys.town import BEGINS, Town
from tests.standins.postgres import PostgresServer
from tests.standins.smtp import MailServer
from tests.standins.telegram import SECRET

pytestmark = [pytest.mark.journey, pytest.mark.postgres, pytest.mark.timeout(1200)]

CONVERSATIONS = int(os.environ.get("CHAOS_CONVERSATIONS", "200"))
SEED = 20261006
SECONDS = int(os.environ.get("CHAOS_SECONDS", "900"))
AT_ONCE = 500
"""Invitations that one run of the job sends."""
HASTE = {  # but time enough for Telegram: what a busy machine answers later than that is sent again
    "TWILIO_TIMEOUT_SECONDS": "2",
    "TELEGRAM_TIMEOUT_SECONDS": "5",
    "SMTP_TIMEOUT_SECONDS": "4",
    "OUTBOX_LEASE_SECONDS": "11",
    "SMS_A_SECOND": "1000",
    "OUTBOX_WORKERS": "4",
    "LOG_LEVEL": "WARNING",
}
TO_WRITE_DOWN = 1.0
"""Seconds that a worker takes at most, on a busy machine, to write down that a message was taken."""
EVERYTHING = list(range(1, LAST + 2))


@pytest.fixture
def telegram() -> Iterator[StormyTelegram]:
    with StormyTelegram(Storm(SEED + 3)) as standing_in:
        yield standing_in


@pytest.fixture
def town(postgres_server: PostgresServer, tmp_path: Path, telegram: StormyTelegram) -> Iterator[Town]:
    clock = SharedClock(tmp_path / "clock")
    clock.set(BEGINS)
    bot = {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_BOT_NAME": "CouncilHeardBot",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_API_BASE_URL": telegram.base_url,
    }
    with StormyTwilio(Storm(SEED), now=clock.now) as twilio, MailServer() as mail:
        town = Town(tmp_path, postgres_server.new_database_url(), twilio, mail, clock)
        town.service.environment.update(HASTE | bot)
        yield town
        town.close()


def test_every_word_is_kept_once_and_everything_is_said_once_and_in_order(town: Town, telegram: StormyTelegram):
    addresses = [_address(number) for number in range(1, CONVERSATIONS + 1)]
    people = {address: Person(number, address) for number, (_, address) in enumerate(addresses, 1)}
    prepare(town.database, addresses, BEGINS)
    for channel, address in addresses:
        if channel == "telegram":
            telegram.begin(int(address))
    tokens = _links(town, [people[address] for channel, address in addresses if channel == "web"])
    town.service.start("web")
    lines = (Texts(town.twilio, town.service.url), Chats(telegram, town.service.url))
    day = Day(Storm(SEED + 1), people, lines)
    pages = Pages(town.service.url, tokens, Storm(SEED + 4))
    waiting = select(func.count()).where(Message.status.in_(UNSENT))
    with Workers(town.service, Storm(SEED + 2)) as workers:
        pages.begin()
        for _ in range(0, CONVERSATIONS, AT_ONCE):
            town.service.command("jobs", "run", "invitations")
        done = day.run(lambda: all(p.has_finished for p in people.values()) and town.look_up(waiting) == [0], SECONDS)
        pages.end()
    unfinished = [person for person in people.values() if not person.has_finished]
    assert done, f"{len(unfinished)} people were still waiting, such as {unfinished[:2]}; {pages.faults[:1]}"
    assert workers.killed >= min(2, CONVERSATIONS // 100)
    _every_word_is_kept_once(town, people.values())
    _everything_is_said_once_and_in_order(town, people.values())
    _nothing_was_sent_twice(town, telegram, workers.died_at)


def _every_word_is_kept_once(town: Town, people: Collection[Person]) -> None:
    kept = Counter(town.look_up(select(Message.address, Message.text).where(Message.direction == "in")))
    assert set(kept.values()) == {1}
    assert sorted(text for _, text in kept) == sorted(words for person in people for words in person.wrote)


def _everything_is_said_once_and_in_order(town: Town, people: Collection[Person]) -> None:
    written = Counter(town.look_up(select(Message.conversation_id, Message.text).where(Message.direction == "out")))
    assert set(written.values()) == {1}
    asked = {person.address: list(dict.fromkeys(person.asked)) for person in people}
    assert asked == dict.fromkeys(asked, EVERYTHING)
    of_texts = select(Message.status).where(Message.direction == "out", Message.channel == "sms").distinct()
    assert town.look_up(of_texts) == ["delivered"]


def _address(number: int) -> tuple[str, str]:
    """Two in four are texted, one in four is in a Telegram chat, one in four at a web page."""
    channel = ("sms", "sms", "telegram", "web")[number % 4]
    return channel, {"sms": f"+999{number:09}", "telegram": str(70_000 + number), "web": f"page of {number}"}[channel]


def _links(town: Town, people: list[Person]) -> dict[str, Person]:
    links = Links("https://heard.example", "", 14)
    with town.database.writing() as session:
        made = {
            links.for_invitation(session, person.number, person.number, town.clock.now()): person for person in people
        }
    return {url.rpartition("/")[2]: person for url, person in made.items()}


def _nothing_was_sent_twice(town: Town, telegram: StormyTelegram, died_at: Sequence[float]) -> None:
    """But where a worker was killed before it could write down what Telegram had taken from it just then.

    Telegram keeps no list to look that up in, so such a message is said again rather than lost (docs/decisions).
    """
    texted = Counter((message.to, message.body) for message in town.twilio.messages)
    assert {sent: times for sent, times in texted.items() if times > 1} == {}
    doubled = {sent: taken for sent, taken in telegram.taken.items() if len(taken) > 1}
    assert {sent for sent, taken in doubled.items() if not _was_cut_off(taken, died_at)} == set()
    assert set(doubled) <= _taken_over(town)
    assert len(doubled) <= len(died_at) * int(HASTE["OUTBOX_WORKERS"])


def _was_cut_off(taken: Sequence[float], died_at: Sequence[float]) -> bool:
    """Whether a worker died just after each time but the last that a message was taken."""
    return all(any(0 <= death - at <= TO_WRITE_DOWN for death in died_at) for at in taken[:-1])


def _taken_over(town: Town) -> set[tuple[str, str]]:
    again = select(Message.address, Message.text).where(Message.channel == "telegram", Message.attempts > 1)
    return {(address, text) for address, text in town.look_up(again)}
