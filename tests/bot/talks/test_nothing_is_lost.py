"""Whatever anyone texts, in any order: every word is kept, every answer has its message, and a stop is a stop."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock import SetClock
from channels.base import Received
from store.session import Database
from store.tables import Alert, Answer, Message, OptOut
from tests.bot.talks.playing import LONG, LONGER
from tests.builders import MUM, House, make_case, make_house
from tests.conftest import TUESDAY_MORNING

WORDS = st.one_of(
    st.sampled_from(
        [
            *("GO", "1", "2", "7", "3", "10", "yes", "no", "STOP", "START", "HELP", "SKIP", "BACK", "LATER", "END", "k", ""),
            *("thats me", "its his mum he says hes fine", "wrong number", "who is this reading my wifes phone", "fuck off"),
            *("yes but he hit me", "im going to kill myself", "we have no money left", "who is this", "can someone call me"),
            *("delete what i said", "I want to complain, she never rings back", "she is lovely", LONG, LONGER),
            *(f"{LONG} but he still touches", "me at night", "x" * 1600, "nul \x00 inside", "😢👨‍👩‍👧", "שלום עולם", "مرحبا"),
            *("\ud800 half", "half \udfff", "\ud83d", "\u202eback to front", "  two  spaces\r\n", "{worker}", "%s", "٣", "4️⃣"),
        ]
    ),
    st.text(st.characters(), max_size=30),
)  # fmt: skip
EVENTS = st.lists(
    st.tuples(
        WORDS, st.sampled_from([0, 1, 5, 21, 61, 4000, 300_000]), st.sampled_from([MUM, MUM, MUM, "+447700900002"])
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def new_house(empty_sqlite: Path, tmp_path: Path) -> Callable[[], House]:
    """Makes the service anew on a fresh database, for every example."""
    counter = iter(range(10_000))

    def make() -> House:
        path = tmp_path / f"heard-{next(counter)}.sqlite"
        shutil.copyfile(empty_sqlite, path)
        return make_house(Database(f"sqlite:///{path}"), SetClock(TUESDAY_MORNING))

    return make


@given(events=EVENTS, shared=st.booleans(), drains=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_texted_nothing_is_lost_and_nobody_is_answered_twice(
    new_house: Callable[[], House], events: list[tuple[str, int, str]], shared: bool, drains: bool
):
    house = new_house()
    try:
        make_case(house)
        if shared:
            make_case(house, reference="EH-1002")
        house.ask()
        for number, (words, pause, address) in enumerate(events):
            play(house, Received("sms", f"SM{number}", address, words), pause, drains=drains)
        house.clock.move(timedelta(seconds=20))
        house.service.inbox.settle(house.clock.now())
        house.service.outbox.drain()
        check(house, [words for words, _, _ in events])
    finally:
        house.database.close()


def play(house: House, received: Received, pause: int, *, drains: bool) -> None:
    house.clock.move(timedelta(seconds=pause))
    house.service.inbox.settle(house.clock.now())
    house.service.inbox.receive(received)
    if drains:
        house.service.outbox.drain()
    with house.database.reading() as session:
        stop = select(OptOut.id).where(OptOut.address == MUM, OptOut.ended_at.is_(None), OptOut.person_id.is_(None))
        queued = select(Message.kind).where(Message.address == MUM, Message.status == "queued")
        if session.scalar(stop):
            kinds = Counter(session.scalars(queued))
            assert set(kinds) <= {"confirmation"}, f"after a stop {kinds} wait"


def check(house: House, texts: list[str]) -> None:
    with house.database.reading() as session:
        rows = session.scalars(select(Message).order_by(Message.id)).all()
        kept = {row.id: row.text for row in rows if row.direction == "in"}
        assert list(kept.values()) == texts, "every text is kept word for word"
        assert not [row for row in rows if row.status == "settling"]
        answers = session.scalars(select(Answer)).all()
        assert {answer.message_id for answer in answers} <= kept.keys()
        for answer in answers:
            assert answer.comment is None or answer.comment.split() in said_by(rows, answer.message_id)
        unread = session.scalars(select(Alert.reason).where(Alert.reason == "unread")).all()
        assert unread == [], "nothing was a fault of ours"
    batches = Counter(row.key.rsplit(":", 1)[0] for row in rows if row.key and row.key.startswith("in:"))
    assert all(count <= 3 for count in batches.values()), "one batch of replies to a message, and a short one"


def said_by(rows: list[Message], message_id: int) -> list[list[str]]:
    """The words that an answer's message stands for: its own, after those of its parts and of replies that were no answer.

    Its own are left out where they say no more than the answer's value.
    """
    texts = list(dict.fromkeys(row.text for row in rows if message_id in {row.id, row.part_of}))
    return [" ".join(texts).split(), " ".join(texts[:-1]).split()]
