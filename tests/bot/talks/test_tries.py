"""Words that were no answer at first, on a real database: where they are kept, tagged and read."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.tagging import tag_waiting
from store.tables import Answer, Message, Tag
from tests.bot.digesting import everything_said, make_due, page
from tests.bot.talks.playing import LONG, begin, read_by, release_all, reply, settle
from tests.builders import House

WORDS = "She was lovely but nobody rang back for weeks"


def row(house: House, question: str = "q2") -> tuple[int | None, int | None, str | None, str]:
    """Value, score, comment and flags of an answer."""
    with house.database.reading() as session:
        answer = session.scalars(select(Answer).where(Answer.question == question)).one()
        return answer.value, answer.score, answer.comment, answer.flags


@pytest.mark.parametrize(
    ("replies", "kept"),
    [
        ((WORDS, "7"), (None, None, f"{WORDS} 7", "unclear")),
        (("yes", "no"), (None, None, "yes no", "unclear")),
        ((WORDS, "1"), (1, 100, WORDS, "")),
        ((WORDS, "1 she really was"), (1, 100, f"{WORDS} 1 she really was", "")),
        ((WORDS, "skip"), (None, None, WORDS, "skipped")),
        (("7", "1"), (1, 100, None, "")),
    ],
)
def test_the_words_of_both_tries_are_kept_with_the_answer(
    house: House, replies: tuple[str, ...], kept: tuple[object, ...]
):
    begin(house, "GO", "5", *replies)
    assert row(house) == kept


@pytest.mark.parametrize("second", ["7", "1"])
def test_they_are_tagged_and_read_once_as_one_comment(house: House, second: str):
    manager = begin(house, "GO", "5", WORDS, second)
    comment = row(house)[2]
    assert tag_waiting(house.database, house.clock) == 1
    with house.database.reading() as session:
        assert "communication" in session.scalars(select(Tag.themes)).one()
    assert read_by(house, manager) == [comment]
    make_due(house)
    assert everything_said(page(house, manager)) == [comment]


def test_a_slip_that_is_put_right_is_read_beside_it_as_before(house: House):
    manager = begin(house, "GO", "5", "7", "1")
    assert read_by(house, manager) == ["7"]
    assert tag_waiting(house.database, house.clock) == 0


def test_a_first_try_in_parts_is_kept_whole(house: House):
    begin(house, "GO", "5", LONG)
    reply(house, "and it helps")
    settle(house)
    reply(house, "1")
    assert row(house)[2] == f"{LONG} and it helps"
    with house.database.reading() as session:
        assert len(session.scalars(select(Message).where(Message.part_of.is_not(None))).all()) == 2


def test_what_a_person_must_read_first_stays_by_itself(house: House):
    polish = "Pani była miła, ale nikt nie oddzwonił do mnie"
    manager = begin(house, "GO", "5", polish, "1")
    assert row(house) == (1, 100, None, "")
    assert read_by(house, manager) == [None]
    release_all(house)
    assert read_by(house, manager) == [polish]


def test_words_that_came_while_their_conversation_was_held_stay_by_themselves(house: House):
    manager = begin(house, "GO", "0", WORDS, "1")
    assert row(house) == (1, 100, None, "")
    assert read_by(house, manager) == [None]


def test_nothing_is_held_back_with_a_worrying_answer(house: House):
    manager = begin(house, "GO", "5", WORDS, "1 but he hit me last night")
    assert row(house)[2] == "1 but he hit me last night"
    assert read_by(house, manager) == [None, WORDS]
