"""Do not contact beats everything: what is asked, what is to be asked, what waits to be sent, and every reminder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.invitations.asking import Inviter
from bot.people.keeping import Refused
from store.council import bars
from store.council.bars import Bar
from store.tables import Conversation, DoNotContact
from tests.bot.people.acting import ask_without_sending, bar, lift, log, stands
from tests.bot.sending.queueing import outcome, queue
from tests.bot.talks.playing import TO_FIRST_WORDS, answers, at, begin, history, phase, raised, remind, reply, status
from tests.builders import COUNCIL, DEFINITIONS, MUM, House, make_case

DAD = "+447700900002"


def stand_in_the_way(house: House, person_id: int = 1) -> None:
    """Only write down that nobody may write to a person, as another process might have a moment ago."""
    with house.database.writing() as session:
        assert bars.begin(session, person_id, Bar("died", None, None, house.clock.now()))


def test_who_is_to_be_asked_is_not_and_is_once_it_is_lifted(house: House):
    make_case(house)
    assert bar(house)
    assert stands(house) == ("not_asked", "do_not_contact")
    assert house.ask() == 0
    assert lift(house)
    assert stands(house) == ("offered", None)
    assert house.ask() == 1
    assert [move[:2] for move in history(house)] == [
        ("offered", "not_asked"),
        ("not_asked", "offered"),
        ("offered", "asked"),
    ]


def test_what_has_grown_too_old_by_then_is_not_offered_again(house: House):
    make_case(house)
    bar(house)
    house.clock.move(timedelta(days=40))
    assert lift(house)
    assert stands(house) == ("not_asked", "do_not_contact")


def test_a_stage_that_comes_while_it_stands_asks_nobody(house: House):
    make_case(house)
    bar(house)
    assert lift(house)
    stand_in_the_way(house)
    assert house.ask() == 0, "it was offered before, and is looked at again when it is due"
    assert stands(house) == ("not_asked", "do_not_contact")


def test_what_is_being_asked_ends_without_a_word(house: House):
    begin(house, "GO", "7")
    said = house.said()
    assert bar(house)
    house.service.outbox.drain()
    assert (house.said(), phase(house), status(house)) == (said, "cancelled", "partly_answered")
    house.clock.at = at(13, 12)
    assert (house.ask(), remind(house)) == (0, 0)
    assert house.said() == said


def test_who_has_been_asked_and_not_answered_is_never_reminded(house: House):
    begin(house)
    said = house.said()
    stand_in_the_way(house)
    house.clock.at = at(12, 12)
    assert remind(house) == 0
    assert house.said() == said


@pytest.mark.parametrize("kind", ["invitation", "reminder", "reply"])
def test_what_was_queued_a_moment_before_is_dropped_as_it_is_sent(house: House, kind: str):
    begin(house, "GO")
    said = house.said()
    queue(house, "hello", kind, conversation_id=1)
    stand_in_the_way(house)
    house.service.outbox.drain()
    assert (house.said(), outcome(house, "hello")) == (said, ("dropped", "do_not_contact"))


def test_first_words_that_are_dropped_leave_nobody_counted_as_asked(house: House):
    make_case(house)
    ask_without_sending(house)
    stand_in_the_way(house)
    house.service.outbox.drain()
    assert history(house)[-1] == ("asked", "unreachable", "do_not_contact")
    assert house.said() == []


def test_whoever_had_been_told_nothing_yet_is_not_counted_as_somebody_who_did_not_answer(house: House):
    make_case(house)
    ask_without_sending(house)
    assert bar(house)
    house.service.outbox.drain()
    assert history(house)[-1] == ("asked", "unreachable", "do_not_contact")
    assert house.said() == []


@pytest.mark.parametrize("kind", ["safety", "confirmation"])
def test_what_answers_a_danger_or_confirms_a_stop_goes_all_the_same(house: House, kind: str):
    begin(house, "GO")
    bar(house)
    queue(house, "hello", kind, conversation_id=1)
    house.service.outbox.drain()
    assert house.said()[-1] == "hello"


def test_who_writes_in_danger_is_answered_and_a_person_is_told(house: House):
    begin(house, "GO", "7")
    bar(house)
    said = len(house.said())
    reply(house, "he hit me")
    assert raised(house)
    assert ["999" in words for words in house.said()[said:]] == [True]


def test_the_others_on_the_phone_are_asked_as_before(house: House):
    make_case(house, reached=date(2026, 10, 2))
    make_case(house, reference="EH-2")
    bar(house)
    assert house.ask() == 1
    assert (stands(house)[0], stands(house, 2)[0]) == ("not_asked", "asked")


def test_what_somebody_has_answered_by_then_is_kept(house: House):
    begin(house, *TO_FIRST_WORDS)
    before = answers(house)
    bar(house)
    assert answers(house) == before


def test_the_same_a_second_time_changes_nothing_and_another_reason_takes_its_place(house: House):
    make_case(house)
    assert [bar(house), bar(house)] == [True, False]
    assert bar(house, reason="other", note="Asked by his brother.")
    with house.database.reading() as session:
        found = bars.standing(session, 1)
        assert found is not None
        assert (found.reason, found.note, found.staff_id) == ("other", "Asked by his brother.", 1)
        assert session.query(DoNotContact).count() == 2
    assert [lift(house), lift(house)] == [True, False]


@pytest.mark.parametrize(
    ("person_id", "reason", "note", "field"),
    [
        (77, "died", None, "person"),
        (1, "gone", None, "reason"),
        (1, "", "why", "reason"),
        (1, "other", None, "note"),
        (1, "other", "  ", "note"),
    ],
)
def test_a_bar_without_a_reason_or_a_person_is_refused_and_changes_nothing(
    house: House, person_id: int, reason: str, note: str | None, field: str
):
    make_case(house)
    with pytest.raises(Refused) as refused:
        bar(house, person_id, reason, note)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert (stands(house), log(house)) == (("offered", None), [])


def test_it_is_logged_who_did_it_and_no_word_of_the_note(house: House):
    make_case(house)
    bar(house, reason="court_order", note="Ask Alex Example of the court.")
    lift(house)
    assert log(house) == [
        ("Mo Manager", "lifted do not contact", "person 1"),
        ("Mo Manager", "marked somebody as not to be contacted: court_order", "person 1"),
    ]


def test_a_stop_that_was_said_stands_whatever_is_lifted(house: House):
    begin(house, "STOP")
    bar(house)
    lift(house)
    house.clock.at = at(13, 12)
    assert house.ask() == 0
    assert stands(house)[0] == "declined"


def test_two_numbers_of_one_person_are_both_left_alone(house: House):
    make_case(house)
    make_case(house, reference="EH-2", mobile=DAD)
    bar(house)
    house.ask()
    assert [message.address for message in house.sms.sent] == [DAD, DAD]
    assert MUM not in {message.address for message in house.sms.sent}


def test_who_is_asked_and_barred_in_the_same_moment_hears_nothing(house: House):
    numbers = range(1, 7)
    for number in numbers:
        make_case(house, reference=f"EH-{number}", mobile=f"+44770090001{number}")
    inviter = Inviter(house.database, DEFINITIONS, COUNCIL, house.clock)
    with ThreadPoolExecutor(max_workers=4) as threads:
        done = [threads.submit(act, number) for number in numbers for act in (inviter.ask, lambda one: bar(house, one))]
        for each in done:
            each.result()
    house.service.outbox.drain()
    assert house.sms.sent == []
    with house.database.reading() as session:
        assert session.scalars(select(Conversation.id).where(Conversation.closed_at.is_(None))).all() == []
