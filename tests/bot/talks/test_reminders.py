"""What happens while nobody says anything: reminders in people's hours, and conversations that close."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot import jobs
from bot.sending import switch
from store.council import contacts, optouts
from store.tables import ContactPoint, Conversation, Person
from tests.bot.people.acting import ask_without_sending
from tests.bot.talks.playing import (
    TO_FIRST_WORDS,
    at,
    begin,
    history,
    lapse,
    phase,
    release_all,
    remind,
    reply,
    silences,
    status,
    talk,
)
from tests.builders import MUM, House, make_case

REMINDER = "Hi, it's Kent Early Help. We sent you some quick questions on {}."


def reminders(house: House) -> int:
    return reminders_on(house, "Tuesday")


def reminders_on(house: House, day: str) -> int:
    """How many reminders name the day of asking."""
    return sum(text.startswith(REMINDER.format(day)) for text in house.said())


def test_three_days_after_the_last_words_one_reminder_goes_out_and_no_other(house: House):
    begin(house, "GO")
    house.clock.move(timedelta(days=2))
    assert remind(house) == 0
    house.clock.at = at(12, 9, 59)
    assert remind(house) == 0, "three days are over on a Friday, when nobody would read the reply"
    house.clock.at = at(12, 10)
    assert remind(house) == 1
    assert reminders(house) == 1
    assert remind(house) == 0
    house.clock.at = at(13, 9)
    assert (remind(house), reminders(house)) == (0, 1)


@pytest.mark.parametrize(
    ("asked", "not_yet", "goes"),
    [
        (at(5, 11), at(8, 10, 59), at(8, 11)),
        (at(5, 14, 59), at(8, 14, 58), at(8, 14, 59)),
        (at(6, 11), at(9, 11), at(12, 10)),  # a Friday
        (at(8, 11), at(11, 12), at(12, 10)),  # a Sunday
        (at(21, 11, month=12), at(24, 12, month=12), at(29, 10, month=12)),  # Christmas Eve, and the days after it
        (at(22, 11, month=10), at(25, 11, month=10), at(26, 10, month=10)),  # the clocks go back on that Sunday
    ],
)
def test_a_reminder_goes_out_in_the_hours_of_its_audience_alone(
    house: House, asked: datetime, not_yet: datetime, goes: datetime
):
    house.clock.at = asked
    begin(house, reached=asked.date() - timedelta(days=3))
    house.clock.at = not_yet
    assert remind(house) == 0
    house.clock.at = goes
    assert remind(house) == 1


def test_nobody_who_has_answered_something_is_reminded_to_begin(house: House):
    begin(house, "GO", "7")
    for day in (12, 13, 14):
        house.clock.at = at(day, 11)
        assert remind(house) == 0


def test_nobody_who_has_finished_stopped_or_declined_is_reminded(house: House):
    for number, end in enumerate((("GO", *"71111", "kind", "no", "1"), ("GO", "STOP"), ("not today",))):
        address = f"+4477009001{number:02}"
        make_case(house, mobile=address, reference=f"EH-2{number}")
        house.ask()
        reply(house, *end, address=address)
    for day in (12, 13, 14):
        house.clock.at = at(day, 11)
        assert remind(house) == 0


def test_later_is_kept_on_the_day_that_was_named(house: House):
    begin(house, "GO", "7", "later")
    assert "try again on Wednesday" in house.said()[-1]
    house.clock.at = at(7, 9, 59)
    assert remind(house) == 0
    house.clock.at = at(7, 10)
    assert remind(house) == 1
    assert reminders(house) == 1


def test_later_on_a_thursday_names_the_monday(house: House):
    house.clock.at = at(8, 12)
    begin(house, "later", reached=date(2026, 10, 5))
    assert "try again on Monday" in house.said()[-1]
    house.clock.at = at(11, 12)
    assert remind(house) == 0
    house.clock.at = at(12, 10)
    assert remind(house) == 1


@pytest.mark.parametrize("words", ["ok thanks", "HELP", "who is this"])
def test_the_day_that_was_named_stands_whatever_is_said_after_it(house: House, words: str):
    begin(house, "later", words)
    house.clock.at = at(7, 10)
    assert remind(house) == 1


def test_who_asked_for_later_may_be_reminded_twice_in_one_silence(house: House):
    begin(house, "later")
    house.clock.at = at(7, 10)
    assert remind(house) == 1
    house.clock.at = at(12, 10)
    assert remind(house) == 1
    house.clock.at = at(13, 10)
    assert (remind(house), reminders(house)) == (0, 2)


def test_words_that_come_before_a_reminder_put_it_off(house: House):
    begin(house, "GO")
    house.clock.at = at(8, 11)
    house.text("what is this about")
    house.clock.at = at(12, 10)
    assert remind(house) == 1, "Sunday would be three days on"
    assert reminders(house) == 1


def test_the_job_sends_one_reminder_however_often_it_runs(house: House):
    begin(house)
    house.clock.at = at(12, 10)
    assert [jobs.run("reminders", house.service, house.clock) for _ in range(3)] == [1, 0, 0]
    house.service.outbox.drain()
    assert reminders(house) == 1


def close_point(house: House) -> None:
    with house.database.writing() as session:
        contacts.close(session, "sms", MUM, "removed")


def stop_address(house: House) -> None:
    with house.database.writing() as session:
        optouts.begin(session, "sms", MUM, house.clock.now())


def make_unsafe(house: House) -> None:
    with house.database.writing() as session:
        session.execute(update(Person).values(safe_contact="none"))


def make_discreet(house: House) -> None:
    with house.database.writing() as session:
        session.execute(update(Person).values(safe_contact="discreet"))


@pytest.mark.parametrize("closing", [close_point, stop_address, make_unsafe, make_discreet])
def test_nobody_is_reminded_where_they_may_not_be_texted_any_more(house: House, closing):
    begin(house, "GO")
    before = house.said()
    closing(house)
    house.clock.at = at(12, 10)
    assert remind(house) == 0
    house.clock.at = at(12, 11)
    assert (remind(house), house.said()) == (0, before)
    assert talk(house).closed_at is None


def test_a_conversation_lapses_after_the_councils_days(house: House):
    begin(house, "GO", "7")
    house.clock.move(timedelta(days=7) - timedelta(minutes=1))
    assert lapse(house) == 0
    house.clock.move(timedelta(minutes=2))
    assert (lapse(house), lapse(house)) == (1, 0)
    assert (status(house), phase(house)) == ("partly_answered", "lapsed")
    assert talk(house).remind_at is None


def test_whoever_is_reminded_has_three_days_to_answer(house: House):
    house.clock.at = at(22, 11, month=3, year=2027)
    begin(house, reached=date(2027, 3, 19))
    house.clock.at = at(29, 12, month=3, year=2027)
    assert (remind(house), lapse(house)) == (0, 0), "Easter Monday: nobody may be reminded yet, and they will be"
    house.clock.at = at(30, 10, month=3, year=2027)
    assert (remind(house), reminders_on(house, "Monday")) == (1, 1)
    house.clock.at = at(2, 9, 59, month=4, year=2027)
    assert lapse(house) == 0
    house.clock.at = at(2, 10, 1, month=4, year=2027)
    assert (lapse(house), status(house)) == (1, "lapsed")


def test_nobody_is_reminded_who_could_not_answer_for_three_days_any_more(house: House):
    begin(house)
    house.clock.at = at(2, 12, month=11)
    assert (remind(house), reminders(house)) == (0, 0), "the 28 days are over tomorrow"
    assert (lapse(house), status(house)) == (1, "lapsed")


def test_what_waits_to_be_sent_does_not_lapse_and_silence_counts_from_when_it_left(house: House):
    make_case(house)
    switch.stop(house.database, house.clock.now())
    assert house.ask() == 1
    for day in (9, 12, 14):
        house.clock.at = at(day, 12)
        assert (remind(house), lapse(house), house.said()) == (0, 0, [])
    switch.start(house.database, house.clock.now())
    house.service.outbox.drain()
    house.clock.at = at(15, 10)
    house.service.outbox.drain()
    assert len(house.said()) == 2, "said anew on the day after"
    for day in (15, 16, 17):
        house.clock.at = at(day, 12)
        assert (remind(house), lapse(house)) == (0, 0)
    house.clock.at = at(19, 10)
    assert (remind(house), lapse(house)) == (1, 0)
    house.clock.at = at(22, 10, 1)
    assert (lapse(house), status(house)) == (1, "lapsed")


def test_what_has_never_left_in_four_weeks_is_no_silence_of_theirs(house: House):
    make_case(house)
    switch.stop(house.database, house.clock.now())
    assert house.ask() == 1
    house.clock.move(timedelta(days=28, minutes=1))
    assert (lapse(house), house.said()) == (1, [])
    assert history(house)[-1] == ("asked", "unreachable", "too_old")
    switch.start(house.database, house.clock.now())
    house.clock.at = at(3, 12, month=11)
    house.service.outbox.drain()
    assert house.said() == []


def test_what_was_answered_counts_though_the_rest_lapses(house: House):
    begin(house, *TO_FIRST_WORDS)
    house.clock.move(timedelta(days=8))
    assert (lapse(house), status(house)) == (1, "partly_answered")
    assert history(house)[-1][:2] == ("started", "partly_answered")


def test_a_lively_conversation_ends_after_four_weeks(house: House):
    begin(house, "GO")
    for _ in range(9):
        house.clock.move(timedelta(days=3))
        house.text("HELP")
        assert lapse(house) == 0
    house.clock.move(timedelta(days=1, minutes=2))
    assert (lapse(house), phase(house)) == (1, "lapsed")


def test_a_paused_conversation_stays_open_until_it_is_released(house: House):
    begin(house, "GO", "he hit me")
    for days in (8, 30):
        house.clock.move(timedelta(days=days))
        assert (lapse(house), remind(house)) == (0, 0)
    assert (phase(house), talk(house).closed_at) == ("paused", None)
    release_all(house)
    assert phase(house) == "asking"


def test_one_conversation_that_cannot_be_read_keeps_no_other_waiting(house: House):
    make_case(house, mobile="+447700900002", reference="EH-1002")
    begin(house)
    with house.database.writing() as session:
        session.get_one(Conversation, 1).state = '{"format": 99}'
        assert session.get_one(ContactPoint, 2).closed_because is None
    house.clock.at = at(12, 10)
    with pytest.raises(Exception, match="1 done, 1 failed"):
        remind(house)


def test_nobody_is_reminded_of_what_has_not_left_yet(house: House):
    house.clock.at = at(5, 11)
    make_case(house)
    assert ask_without_sending(house) == 1
    house.clock.at = at(8, 11)
    assert silences(house).remind(house.clock.now()) == 0
    house.service.outbox.drain()
    assert (len(house.said()), reminders(house)) == (2, 0), "the first words go now, and three days later the reminder"
    house.clock.at = at(12, 10)
    assert remind(house) == 1
    assert "We sent you some quick questions" in house.said()[-1]
