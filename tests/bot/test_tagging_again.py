"""Tagging again: what another version has tagged, once each, whenever it was stopped, and at the side of the service."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from analysis.tags import Tags, tag
from bot import tagging
from bot.tagging import BATCH, Again, Machine, present, tag_waiting
from store.tables import Answer, Tag
from tests.bot.talks.playing import TO_FIRST_WORDS, begin, reply
from tests.builders import House

OTHER = "an older one"


class Reader:
    """Tags as the machine does, and counts how often it read each text."""

    def __init__(self) -> None:
        self.read: Counter[str] = Counter()

    def __call__(self, text: str, audience: str | None, question: str | None) -> Tags:
        self.read[text] += 1
        return tag("She was kind", audience, question)


def answered(house: House, many: int, version: str = OTHER) -> None:
    """So many answers in words, an hour apart from midnight on, that an older machine has tagged."""
    begin(house, "GO", "7")
    with house.database.writing() as session:
        first = session.scalars(select(Answer).where(Answer.question == "q1")).one()
        session.execute(update(Answer).values(comment=None))
        for number in range(many):
            at = first.answered_at.replace(hour=0, minute=0) + timedelta(hours=number)
            answer = Answer(
                **{
                    column: getattr(first, column)
                    for column in (
                        "conversation_id",
                        "invitation_id",
                        "message_id",
                        "flags",
                        "survey_id",
                        "survey_version",
                    )
                },
                question=f"q{number + 100}",
                metric="free_good",
                comment=f"words {number}",
                answered_at=at,
            )
            session.add(answer)
            session.flush()
            plain = {"themes": "{}", "complaint": False, "compliment": False, "method": present().method}
            session.add(Tag(answer_id=answer.id, version=version, tagged_at=at, **plain))


def again(house: House, reader: Reader, since: datetime | None = None, until: datetime | None = None) -> Again:
    machine = Machine(reader, present().method, present().version)
    return Again(house.database, house.clock, machine, since, until)


def versions(house: House) -> Counter[str]:
    with house.database.reading() as session:
        return Counter(session.scalars(select(Tag.version)))


class Stopped(Exception):
    """As if the power had gone."""


def test_it_goes_on_where_it_was_stopped_and_reads_nothing_twice(house: House):
    many = 2 * BATCH + 7
    answered(house, many)
    reader = Reader()

    def stop(_: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        again(house, reader).run(stop)
    assert versions(house) == {present().version: BATCH, OTHER: many - BATCH}
    assert again(house, reader).count() == many - BATCH
    told: list[int] = []
    assert again(house, reader).run(told.append) == many - BATCH
    assert told == [BATCH, 7]
    assert set(reader.read.values()) == {1}
    assert versions(house) == {present().version: many}
    assert again(house, reader).run(told.append) == 0


@pytest.mark.parametrize(
    ("since", "until", "read"),
    [(None, None, 6), (2, None, 4), (None, 2, 2), (2, 4, 2), (4, 2, 0), (6, None, 0)],
)
def test_only_what_was_answered_between_two_moments_is_read(
    house: House, since: int | None, until: int | None, read: int
):
    answered(house, 6)
    with house.database.reading() as session:
        first = min(session.scalars(select(Answer.answered_at)))
    bounds = [None if hours is None else first + timedelta(hours=hours) for hours in (since, until)]
    reader = Reader()
    job = again(house, reader, *bounds)
    assert job.count() == read
    assert job.run(lambda _: None) == read
    assert sum(reader.read.values()) == read


def test_what_this_machine_has_tagged_is_left_alone_and_what_another_method_has_is_not(house: House):
    answered(house, 2, version=present().version)
    reader = Reader()
    assert again(house, reader).run(lambda _: None) == 0
    other = replace(present(), tag=reader, method="another")
    assert Again(house.database, house.clock, other).run(lambda _: None) == 2


def test_words_that_change_while_it_reads_are_tagged_once_more_by_the_service(house: House):
    begin(house, *TO_FIRST_WORDS, "She is awful, rude and always late")
    tag_waiting(house.database, house.clock)

    def while_it_reads(text: str, audience: str | None, question: str | None) -> Tags:
        reply(house, "BACK", "She is wonderful and kind")
        return tag(text, audience, question)

    machine = Machine(while_it_reads, "another", "1")
    assert Again(house.database, house.clock, machine).run(lambda _: None) == 1
    assert tag_waiting(house.database, house.clock) == 1
    with house.database.reading() as session:
        assert session.scalars(select(Tag.sentiment)).one() == "positive"


def test_a_batch_is_small_enough_to_be_held_in_memory():
    assert tagging.BATCH <= 1_000
