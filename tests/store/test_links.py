"""Links in the database: one that works once is had by one, whoever else follows it at that instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from bot.chats.links import check_base
from bot.clock import SetClock
from store.inviting import links
from store.inviting.links import NewLink, TakenLink
from store.session import Database
from store.tables import Link

AT_ONCE = 4


def add(database: Database, clock: SetClock) -> None:
    now = clock.now()
    with database.writing() as session:
        links.add(session, NewLink("secret", "telegram", now, now + timedelta(days=7)))


def take(database: Database, clock: SetClock, token: str = "secret", channel: str = "telegram") -> TakenLink | None:
    with database.writing() as session:
        return links.take(session, token, channel, clock.now())


def test_of_many_who_follow_a_link_at_the_same_instant_one_has_it(database: Database, clock: SetClock):
    add(database, clock)
    start = Barrier(AT_ONCE)

    def follow(_: int) -> TakenLink | None:
        start.wait()
        return take(database, clock)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = [found for found in pool.map(follow, range(AT_ONCE)) if found]
    assert len(taken) == 1


def test_a_link_to_telegram_opens_no_web_chat_and_the_other_way_round(database: Database, clock: SetClock):
    add(database, clock)
    with database.reading() as session:
        assert links.find(session, "secret", clock.now()) is None
    assert take(database, clock, channel="web") is None
    assert take(database, clock) is not None


def test_a_link_that_has_expired_binds_nobody(database: Database, clock: SetClock):
    add(database, clock)
    clock.move(timedelta(days=7))
    assert take(database, clock) is None


def test_only_a_digest_of_a_token_is_kept(database: Database, clock: SetClock):
    add(database, clock)
    with database.reading() as session:
        link = session.query(Link).one()
    assert len(link.token_hash) == 64
    assert "secret" not in str(vars(link))


@pytest.mark.parametrize("odd", ["", "secret ", "Secret", "sécret", "\ud800", "x" * 100_000, "secret\0"])
def test_anything_else_is_no_token(database: Database, clock: SetClock, odd: str):
    add(database, clock)
    assert take(database, clock, odd) is None


def test_a_base_address_that_leaves_no_room_for_a_link_in_a_text_is_refused():
    check_base("https://heard.council.example")
    with pytest.raises(ValueError, match="use a shorter host name"):
        check_base("https://a-very-long-host-name-indeed.council.example")
