"""Who is asked, when, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.conversation.state import State
from bot.one_by_one import PartlyDone
from bot.respondents import Respondent, age_band
from bot.talks.lapses import Silences
from store.tables import Conversation, Invitation, OptOut, Person
from tests.builders import COUNCIL, DEFINITIONS, MUM, House, make_case, make_house

WEEK = timedelta(days=7)


def invitation(house: House, number: int = 1) -> Invitation:
    with house.database.reading() as session:
        return session.get_one(Invitation, number)


def silences(house: House) -> Silences:
    return Silences(house.database, DEFINITIONS, house.service.council)


def test_a_stage_event_asks_once(house: House) -> None:
    make_case(house)
    assert house.ask() == 1
    assert house.ask() == 0
    assert len(house.said()) == 2
    assert house.said()[0].startswith("Hi, it's Kent Early Help. A few questions on the help from Sam.")
    assert invitation(house).status == "asked"


def test_only_the_first_contact_explains_at_length(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("no")
    house.clock.move(timedelta(days=42))
    make_case(house, reference="EH-2", stage="closure", mobile="+447700900002")
    house.ask()
    assert len(house.said("+447700900002")) == 2, "another person has a first contact of their own"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reached": date(2026, 9, 1)}, "too_long_ago"),
        ({"mobile": None}, "no_mobile"),
        ({"safe_contact": "none"}, "unsafe_contact"),
        ({"audience": "young_person", "birth_date": date(2017, 1, 1)}, "too_young"),
        ({"audience": "young_person", "birth_date": date(2012, 1, 1)}, "no_record_of_agreement"),
    ],
)
def test_whoever_is_not_asked_has_the_reason_written_down(house: House, changes: dict, reason: str) -> None:
    make_case(house, **changes)
    assert house.ask() == 0
    assert house.sms.sent == []
    assert (invitation(house).status, invitation(house).not_asked_because) == ("not_asked", reason)


def test_families_are_texted_in_their_hours_only(house: House) -> None:
    house.clock.at = datetime(2026, 10, 8, 20, 0, tzinfo=UTC)  # Thursday evening; parents: Monday to Thursday, 10 to 15
    make_case(house)
    assert house.ask() == 0
    house.clock.at = datetime(2026, 10, 9, 11, 0, tzinfo=UTC)
    assert house.ask() == 0, "not on a Friday"
    house.clock.at = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    assert house.ask() == 1, "Monday at ten, London time"


def test_an_invitation_that_was_missed_waits_for_the_next_window(house: House) -> None:
    make_case(house)
    house.clock.at = datetime(2026, 10, 6, 22, 0, tzinfo=UTC)
    assert house.ask() == 0, "the service was down in the day; nobody is texted at eleven at night"
    house.clock.at = datetime(2026, 10, 7, 9, 30, tzinfo=UTC)
    assert house.ask() == 1


def test_the_simulated_handset_knows_no_hours(house: House) -> None:
    on_trial = make_house(house.database, house.clock, replace(COUNCIL, keeps_windows=False))
    house.clock.at = datetime(2026, 12, 25, 3, 0, tzinfo=UTC)
    make_case(on_trial)
    assert on_trial.ask() == 1


def test_someone_who_has_said_stop_is_not_asked(house: House) -> None:
    make_case(house)
    with house.database.writing() as session:
        session.add(OptOut(channel="sms", address=MUM, began_at=house.clock.now()))
    assert house.ask() == 0
    assert invitation(house).not_asked_because == "opted_out"


def test_two_people_on_one_phone_are_not_asked_at_once(house: House) -> None:
    make_case(house)
    make_case(house, reference="EH-2")
    assert house.ask() == 1
    assert invitation(house, 2).status == "offered"
    assert invitation(house, 2).due_at == house.clock.now() + timedelta(days=1)


def test_a_conversation_that_nobody_answers_lapses_and_frees_the_phone(house: House) -> None:
    make_case(house)
    house.ask()
    house.clock.move(WEEK - timedelta(days=1))
    assert silences(house).remind(house.clock.now()) == 1
    house.service.outbox.drain()
    house.clock.move(timedelta(days=3) - timedelta(minutes=1))
    assert silences(house).lapse_silent(house.clock.now()) == 0
    house.clock.move(timedelta(minutes=2))
    assert silences(house).lapse_silent(house.clock.now()) == 1
    assert silences(house).lapse_silent(house.clock.now()) == 0
    assert invitation(house).status == "lapsed"
    house.text("sorry, only saw this now")
    assert "a person will read what you said" in house.said()[-1]


def test_a_paused_conversation_does_not_lapse(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    house.text("he hit me")
    house.clock.move(4 * WEEK)
    assert silences(house).lapse_silent(house.clock.now()) == 0
    with house.database.reading() as session:
        assert State.from_json(session.scalars(select(Conversation.state)).one()).phase == "paused"


@pytest.mark.parametrize(
    ("born", "today", "band"),
    [
        (date(2015, 10, 7), date(2026, 10, 6), "8-10"),
        (date(2015, 10, 6), date(2026, 10, 6), "11-15"),
        (date(2010, 10, 7), date(2026, 10, 6), "11-15"),
        (date(2010, 10, 6), date(2026, 10, 6), "16-25"),
        (date(2008, 2, 29), date(2024, 2, 28), "11-15"),
        (date(2008, 2, 29), date(2024, 2, 29), "16-25"),
        (date(2020, 1, 1), date(2026, 10, 6), "under_8"),
    ],
)
def test_the_age_band_is_worked_out_on_the_day(born: date, today: date, band: str) -> None:
    person = Respondent(1, "young_person", born, None, "text")
    assert age_band(person, today) == band


def test_a_contact_that_is_no_longer_safe_is_left_alone_at_the_last_moment(house: House) -> None:
    made = make_case(house)
    with house.database.writing() as session:
        session.get_one(Person, made.person_id).safe_contact = "none"
    assert house.ask() == 0
    assert invitation(house).not_asked_because == "unsafe_contact"


def test_machines_do_not_talk_to_each_other_for_ever(house: House) -> None:
    for _ in range(40):
        house.text("Thank you for your message, I am on holiday.")
    assert len(house.said()) == 12
    house.text("he hit me")
    assert len(house.said()) == 13, "someone in danger is answered all the same"


def test_one_damaged_conversation_does_not_keep_the_others_open(house: House) -> None:
    make_case(house)
    make_case(house, reference="EH-2", mobile="+447700900002")
    house.ask()
    with house.database.writing() as session:
        session.get_one(Conversation, 1).state = "damaged"
        session.execute(update(Conversation).values(remind_at=None))
    house.clock.move(2 * WEEK)
    with pytest.raises(PartlyDone, match="1 done, 1 failed"):
        silences(house).lapse_silent(house.clock.now())
    assert invitation(house, 2).status == "lapsed"
