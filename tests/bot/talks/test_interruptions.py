"""A case that closes, moves or changes hands while somebody is being asked about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.invitations.asking import Inviter
from bot.talks import interruptions
from store.council import contacts
from tests.bot.talks.playing import TO_FIRST_WORDS, answers, at, begin, history, phase, release_all, reply, status, stop
from tests.builders import COUNCIL, DEFINITIONS, MUM, House, make_case

IGNORE = "Hi, please ignore our last questions. You don't need to do anything."
CHANGED = "Hi, it's Kent Early Help. We know your worker has changed."


def closes(house: House) -> int:
    return stop(house)


def changes_hands(house: House) -> int:
    with house.database.writing() as session:
        return interruptions.worker_changed(session, 1, catalogue=DEFINITIONS, council=COUNCIL, now=house.clock.now())


def is_withdrawn(house: House) -> int:
    return stop(house, "withdrawn", quietly=True)


def send(house: House) -> list[str]:
    house.service.outbox.drain()
    return house.said()


def test_a_case_that_closes_ends_its_questions_politely_and_keeps_what_was_answered(house: House):
    begin(house, *TO_FIRST_WORDS)
    assert (closes(house), closes(house)) == (1, 0)
    assert send(house)[-1] == IGNORE
    assert (status(house), phase(house)) == ("partly_answered", "cancelled")
    reply(house, "she was kind")
    assert "q6" not in answers(house)
    assert house.said()[-1].startswith("Thanks. Those questions have closed")


def test_nobody_answered_so_the_invitation_lapses_as_cancelled(house: House):
    begin(house)
    closes(house)
    assert history(house)[-1] == ("asked", "lapsed", "cancelled")


def test_whoever_had_been_told_nothing_yet_is_told_nothing_of_the_end_either(house: House):
    make_case(house)
    Inviter(house.database, house.service.catalogue, house.service.council, house.clock).send_due()
    assert closes(house) == 1
    assert send(house) == []
    assert history(house)[-1] == ("asked", "unreachable", "case_closed")


@pytest.mark.parametrize(("happening", "words"), [(closes, IGNORE), (changes_hands, CHANGED)])
def test_what_nobody_waits_for_is_said_in_their_hours_alone(
    house: House, happening: Callable[[House], int], words: str
):
    begin(house, "GO", "7")
    before = house.said()
    house.clock.at = at(6, 22)
    assert happening(house) == 1
    assert send(house) == before
    house.clock.at = at(7, 9, 59)
    assert send(house) == before
    house.clock.at = at(7, 10)
    assert send(house)[-1].startswith(words)


@pytest.mark.parametrize("happening", [closes, changes_hands, is_withdrawn])
def test_nothing_is_said_to_a_number_that_is_no_longer_theirs(house: House, happening: Callable[[House], int]):
    begin(house, "GO")
    before = house.said()
    with house.database.writing() as session:
        contacts.close(session, "sms", MUM, "removed")
    assert happening(house) == 1
    house.clock.at = at(7, 12)
    assert send(house) == before


def test_a_new_worker_is_told_of_once_and_named_no_more(house: House):
    begin(house, "GO", "7")
    assert (changes_hands(house), changes_hands(house)) == (1, 0)
    assert send(house)[-1].startswith(CHANGED)
    reply(house, "1")
    assert "Sam" not in house.said()[-1]


def test_a_withdrawal_says_nothing_and_takes_back_what_waits(house: House):
    begin(house, "GO", "7")
    before = house.said()
    house.clock.at = at(6, 22)
    changes_hands(house)
    assert is_withdrawn(house) == 1
    house.clock.at = at(8, 12)
    assert send(house) == before
    assert phase(house) == "cancelled"


def test_someone_in_danger_is_still_cared_for_when_the_case_closes(house: House):
    begin(house, "GO", "he hit me")
    said = house.said()
    assert closes(house) == 1
    assert send(house) == said
    release_all(house)
    house.clock.move(timedelta(days=1))
    assert send(house) == said
