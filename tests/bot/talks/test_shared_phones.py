"""One phone and three people: one conversation at a time, and nobody learns of the others by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.access import Viewer
from bot.shown.answers import latest
from bot.talks.ways import Way
from channels.errors import OptedOut
from store.tables import ContactPoint, Conversation, Invitation, OptOut, Person
from tests.bot.talks.playing import (
    answers,
    at,
    begin,
    history,
    lapse,
    move,
    noticed,
    phase,
    remind,
    reply,
    status,
)
from tests.builders import DEFINITIONS, MUM, House, make_case

NEW = "+447700900002"
CHECK = "Hi, a few questions for {}. Is that you? 1 That's me, 2 I'm someone else, 3 Wrong number"


@pytest.fixture
def family(house: House) -> House:
    """Jo, Kim and Lee on one phone: Kim's review is the older stage, Lee's case reached none that is asked about."""
    make_case(house, reached=date(2026, 10, 3))
    make_case(house, reached=date(2026, 10, 2), reference="EH-1002")
    make_case(house, reached=date(2026, 8, 1), reference="EH-1003")
    with house.database.writing() as session:
        for person_id, name in ((1, "Jo"), (2, "Kim"), (3, "Lee")):
            session.execute(update(Person).where(Person.id == person_id).values(name=name))
    return house


def stopped(house: House) -> dict[int | None, bool]:
    """Whose stops there are (None for the whole address), and whether each stands."""
    with house.database.reading() as session:
        rows = session.scalars(select(OptOut).order_by(OptOut.id))
        return {row.person_id: row.ended_at is None for row in rows}


def people(house: House) -> list[int]:
    """Whose conversations there are, in the order in which they began."""
    with house.database.reading() as session:
        return list(session.scalars(select(Conversation.person_id).order_by(Conversation.id)))


def test_one_is_asked_at_a_time_the_oldest_stage_first_and_the_next_a_day_later(family: House):
    assert family.ask() == 1
    assert people(family) == [2]
    assert family.said() == [CHECK.format("K")]
    family.clock.at = at(6, 14, 59)
    assert family.ask() == 0
    reply(family, "thats me", "not today")
    assert phase(family) == "declined"
    family.clock.at = at(7, 11)
    assert family.ask() == 0, "the first conversation has closed less than a day ago"
    family.clock.at = at(7, 15) - timedelta(seconds=1)
    family.ask()
    family.clock.at = at(8, 11)
    family.ask()
    assert people(family) == [2, 1]
    assert family.said()[-1] == CHECK.format("J")


def named(house: House, *names: str) -> None:
    with house.database.writing() as session:
        for person_id, name in enumerate(names, 1):
            session.execute(update(Person).where(Person.id == person_id).values(name=name))


@pytest.mark.parametrize(
    ("names", "asked_for"),
    [
        (("Jay", "Jo", "Lee"), "Jo"),
        (("ŁUKASZ", "Lena", "Kim"), "Le"),
        (("Jo", "Jo", "Kim"), "J"),  # one and the same, on two cases
        (("Jo", "J", "Kim"), None),
        (("Joe", "Jo", "Kim"), None),
        (("Callum", "Carys", "Kim"), None),
        (("Jay", "Carys", "Cai"), None),
    ],
)
def test_so_many_letters_are_said_as_tell_them_apart_and_where_two_do_not_nobody_is_asked(
    family: House, names: tuple[str, ...], asked_for: str | None
):
    named(family, *names)
    family.ask()
    if asked_for is None:
        assert status(family, 2) == "not_asked"
        assert history(family, 2) == [("offered", "not_asked", "names_alike")]
        assert CHECK.format(names[1][:1]) not in family.said()
    else:
        assert family.said() == [CHECK.format(asked_for)]


def test_a_conversation_that_goes_on_at_a_shared_number_asks_for_letters_that_tell_apart_there(house: House):
    begin(house, "GO")
    make_case(house, mobile=NEW, reference="EH-1002", reached=date(2026, 8, 1))
    named(house, "Jo", "Jay")
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=1, channel="sms", address=NEW, confirmed_at=house.clock.now()))
    assert move(house, Way("sms", NEW))
    assert house.said(NEW) == [CHECK.format("Jo")]


def test_a_conversation_does_not_go_on_where_nobody_could_tell_for_whom_it_is(house: House):
    begin(house, "GO")
    make_case(house, mobile=NEW, reference="EH-1002", reached=date(2026, 8, 1))
    named(house, "Jo", "Joe")
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=1, channel="sms", address=NEW, confirmed_at=house.clock.now()))
    assert not move(house, Way("sms", NEW))
    assert house.said(NEW) == []


def test_the_next_waits_as_long_as_the_first_is_open(family: House):
    family.ask()
    for day in (7, 8, 12):
        family.clock.at = at(day, 12)
        assert family.ask() == 0
    family.clock.at = at(13, 13)
    assert (remind(family), lapse(family)) == (0, 1), "nobody is reminded who has not said who they are"
    family.clock.at = at(14, 14)
    assert family.ask() == 1


def test_words_before_the_check_are_nobodys(family: House):
    family.ask()
    reply(family, "she is the best worker we ever had")
    assert (answers(family), noticed(family)) == ({}, ["unknown_person"])
    assert family.said() == [CHECK.format("K")] * 2
    reply(family, "1")
    assert phase(family) == "invited"
    reply(family, "GO", "7")
    assert answers(family) == {"q1": 7}


@pytest.mark.parametrize("words", ["2", "im someone else", "no its not"])
def test_somebody_elses_words_are_no_answer_and_the_person_stands_as_not_heard(family: House, words: str):
    family.ask()
    reply(family, words, "she is fine thanks, she says its all good")
    assert answers(family) == {}
    assert noticed(family) == ["someone_else", "unknown_person"]
    with family.database.reading() as session:
        page = latest(session, Viewer(99, "duty"), catalogue=DEFINITIONS)
    assert page.answers[0].who == "Someone else on their phone"
    assert (phase(family), status(family, 2)) == ("waiting", "asked")
    assert len(family.said()) == 2, "they are thanked and asked once"


def test_a_parent_who_answers_in_a_childs_place_answers_nothing(house: House):
    house.clock.at = at(6, 13)
    begin(house, audience="young_person", birth_date=date(2009, 1, 1), reached=date(2026, 10, 3))
    reply(house, "GO", "hi its his mum he says its fine")
    assert answers(house) == {}
    assert noticed(house) == ["someone_else"]
    assert status(house) in {"asked", "started"}


def test_stop_stops_everyone_on_the_phone(family: House):
    family.ask()
    reply(family, "STOP")
    assert stopped(family) == {None: True}
    for day in (7, 8, 12, 13):
        family.clock.at = at(day, 12)
        assert family.ask() == 0
    assert len(family.said()) == 2
    assert history(family, 1)[-1] == ("offered", "not_asked", "opted_out")


def test_start_asks_who_it_is_and_takes_only_that_person_back_in(family: House):
    family.ask()
    reply(family, "1", "STOP")
    reply(family, "START")
    assert family.said()[-1] == CHECK.format("K")
    assert stopped(family) == {None: True}
    reply(family, "1")
    assert family.said()[-1].startswith("You're back on the list.")
    assert stopped(family) == {None: False, 1: True, 3: True}
    family.clock.at = at(8, 12)
    assert family.ask() == 0
    assert history(family, 1)[-1] == ("offered", "not_asked", "opted_out")


def test_start_by_someone_else_takes_nobody_back_in(family: House):
    family.ask()
    reply(family, "1", "STOP", "START", "2")
    assert stopped(family) == {None: True}
    assert family.said()[-1].startswith("No problem. Could K text GO")
    reply(family, "GO")
    assert stopped(family) == {None: False, 1: True, 3: True}


def test_start_long_after_the_questions_still_asks_who_it_is(family: House):
    family.ask()
    reply(family, "1", "STOP")
    family.clock.move(timedelta(days=60))
    reply(family, "START")
    assert family.said()[-1] == CHECK.format("K")
    assert lapse(family) == 0
    reply(family, "1")
    assert stopped(family)[None] is False
    assert status(family, 2) == "declined"


def test_start_after_a_finished_conversation_asks_who_it_is(family: House):
    family.ask()
    reply(family, "1", "not today")
    family.clock.move(timedelta(days=2))
    reply(family, "STOP", "START")
    assert family.said()[-1] == CHECK.format("K")
    reply(family, "1")
    assert stopped(family) == {None: False, 1: True, 3: True}
    assert status(family, 2) == "declined"


def test_a_second_person_who_was_asked_before_can_take_their_own_stop_back(family: House):
    family.ask()
    reply(family, "1", "not today")
    family.clock.at = at(8, 12)
    family.ask()
    reply(family, "1", "STOP", "START", "1")
    assert people(family) == [2, 1]
    assert stopped(family) == {None: False, 2: True, 3: True}
    reply(family, "START")
    assert family.said()[-1] == CHECK.format("K")
    reply(family, "1")
    assert stopped(family) == {None: False, 2: False, 3: True}


def test_start_in_the_middle_stops_nobody_else(family: House):
    family.ask()
    reply(family, "1", "START")
    assert stopped(family) == {}


def test_start_before_anybody_was_asked_takes_nobody_back_in_unnamed(family: House):
    reply(family, "STOP", "START")
    assert stopped(family) == {None: False, 1: True, 2: True, 3: True}
    assert family.ask() == 0


def test_start_from_a_phone_of_one_person_ends_the_stop(house: House):
    begin(house, "STOP", "START")
    assert stopped(house) == {None: False}


def test_a_stop_that_the_provider_reports_is_taken_back_by_who_says_who_they_are(family: House):
    family.ask()
    family.sms.faults = [OptedOut("21610", "The person has said stop to the provider.")]
    reply(family, "1")
    assert stopped(family) == {None: True}
    reply(family, "START")
    assert family.said()[-1] == CHECK.format("K")
    assert stopped(family) == {None: True}


def test_nothing_that_is_said_tells_of_the_others(family: House):
    family.ask()
    reply(family, "who is this?", "1", "who is this", "GO", "7", "HELP", "STOP", "START", "2", "GO", "hello")
    assert len(family.said()) > 8
    for text in family.said():
        assert not {"Jo", "Kim", "Lee", "J", "L"} & set(text.replace(".", " ").replace(",", " ").split()), text


def test_two_people_who_are_due_while_the_first_talks_wait_in_the_order_of_their_stages(family: House):
    with family.database.writing() as session:
        offered = {"status": "offered", "not_asked_because": None, "stage_on": date(2026, 9, 20)}
        session.execute(update(Invitation).where(Invitation.id == 3).values(**offered))
    family.ask()
    assert people(family) == [3], "Lee's stage is the oldest"
    reply(family, "1", "not today")
    family.clock.at = at(7, 14)
    family.ask()
    family.clock.at = at(8, 14)
    family.ask()
    assert people(family)[:2] == [3, 2]
    assert MUM
