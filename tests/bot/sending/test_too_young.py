"""Nothing goes to anybody under 16 by Telegram, whatever was thought of their age when it was written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store.tables import Person
from tests.bot.sending.queueing import queue
from tests.bot.talks.playing import history, phase, talk
from tests.bot.talks.test_joining import CHAT, YOUNG, follow, link, points
from tests.builders import MUM, House, MadeCase, make_case

AT_15 = date(2011, 1, 1)


def say(house: House, *replies: str) -> list[str]:
    """What is said back to these words in the chat."""
    before = len(house.told(CHAT))
    for words in replies:
        house.text(words, CHAT, channel="telegram")
    return house.told(CHAT)[before:]


def correct(house: House, made: MadeCase, **columns: object) -> None:
    """Let it turn out that somebody is not as old as was thought."""
    with house.database.writing() as session:
        person = session.get_one(Person, made.person_id)
        for name, value in columns.items():
            setattr(person, name, value)


@pytest.fixture
def teenager(house: House) -> MadeCase:
    made = make_case(house, **YOUNG)
    follow(house, link(house, made.person_id))
    assert points(house) == [(made.person_id, CHAT, None)]
    return made


@pytest.mark.parametrize("kind", ["invitation", "reminder", "reply"])
def test_what_was_queued_is_dropped_once_its_person_turns_out_to_be_15(
    house: House, teenager: MadeCase, kind: str
) -> None:
    before = house.told(CHAT)
    queue(house, "hello", kind, address=CHAT, channel="telegram", conversation_id=talk(house).id)
    correct(house, teenager, birth_date=AT_15)
    for _ in range(3):
        house.clock.move(timedelta(hours=12))
        house.service.outbox.drain()
    assert (house.told(CHAT), house.said()) == (before, [])
    assert points(house) == [(teenager.person_id, CHAT, "too_young")]
    assert history(house)[-1] == ("asked", "unreachable", "too_young")


def test_a_question_is_not_put_to_somebody_who_turns_out_to_be_15(house: House, teenager: MadeCase) -> None:
    correct(house, teenager, birth_date=AT_15)
    assert say(house, "GO") == []
    assert history(house)[-1][1:] == ("unreachable", "too_young")


def test_an_age_that_is_known_no_more_is_not_enough(house: House, teenager: MadeCase) -> None:
    correct(house, teenager, birth_date=None, age_band="11-15")
    assert say(house, "GO") == []


def test_who_is_16_by_now_is_asked_on(house: House, teenager: MadeCase) -> None:
    correct(house, teenager, birth_date=date(2010, 10, 6))
    assert [words[:2] for words in say(house, "GO")] == ["1/"]


def test_who_asks_as_a_child_in_danger_is_answered_all_the_same(house: House, teenager: MadeCase) -> None:
    say(house, "GO")
    correct(house, teenager, birth_date=AT_15)
    said = say(house, "my uncle hits me")
    assert ["999" in words for words in said] == [True]
    assert phase(house) == "paused"
    assert say(house, "ok") == []


def test_a_child_in_danger_is_answered_after_the_questions_have_ended(house: House, teenager: MadeCase) -> None:
    correct(house, teenager, birth_date=AT_15)
    assert say(house, "GO", "8") == []
    assert ["999" in words for words in say(house, "my uncle hits me")] == [True]


def test_a_stop_is_confirmed_to_anybody(house: House, teenager: MadeCase) -> None:
    correct(house, teenager, birth_date=AT_15)
    assert len(say(house, "STOP")) == 1


def test_a_young_mother_who_is_asked_as_a_parent_goes_on_by_text(house: House) -> None:
    made = make_case(house)
    follow(house, link(house, made.person_id))
    say(house, "GO")
    correct(house, made, birth_date=AT_15)
    assert say(house, "7") == []
    assert (talk(house).channel, talk(house).address, phase(house)) == ("sms", MUM, "asking")
    assert house.said()[-1].startswith("Welcome back.")


def test_a_parent_of_whom_only_the_role_is_known_is_asked_on(house: House) -> None:
    made = make_case(house)
    follow(house, link(house, made.person_id))
    assert len(say(house, "GO")) == 1
