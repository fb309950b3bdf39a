"""In which order people are asked, and what they wait for: the cap, the phone, the hours and cover."""

from __future__ import annotations

import threading
from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import delete, func, select

from bot.clock import SetClock
from bot.invitations.asking import Inviter
from bot.one_by_one import PartlyDone
from store.inviting import marks
from store.session import Database
from store.tables import ContactPoint, Conversation, DoNotContact, Invitation, Person
from tests.bot.cover.keeping import add_duty, add_shift
from tests.bot.invitations.stages import (
    asked_in_order,
    at,
    close_all,
    due,
    invite_in_campaign,
    reach,
    standing,
)
from tests.bot.people.acting import ask_without_sending
from tests.builders import COUNCIL, DEFINITIONS, MUM, House, make_case

ADULT = date(2008, 1, 1)
ASKED_AT = at("2026-10-06 11:30")
CAP_ENDS = ASKED_AT.astimezone(UTC) + timedelta(days=28)


def test_what_is_within_the_cap_waits_for_its_end_and_is_asked_then(house: House):
    made = make_case(house, stage="assessment")
    assert house.ask() == 1
    house.clock.at = at("2026-10-20 11:00")
    close_all(house)
    reach(house, made, "review", date(2026, 10, 18))
    assert (house.ask(), standing(house, 2)) == (0, ("offered", None))
    assert due(house, 2) == CAP_ENDS
    house.clock.at = CAP_ENDS - timedelta(minutes=1)
    assert house.ask() == 0
    house.clock.at = CAP_ENDS
    assert house.ask() == 1


def test_the_28_days_run_from_when_the_words_left(house: House):
    made = make_case(house, stage="assessment")
    ask_without_sending(house)
    left = ASKED_AT.astimezone(UTC) + timedelta(days=2)
    house.clock.at = left
    house.service.outbox.drain()
    close_all(house)
    house.clock.at = CAP_ENDS
    reach(house, made, "review", date(2026, 11, 2))
    assert (house.ask(), due(house, 2)) == (0, left + timedelta(days=28))
    with house.database.reading() as session:
        assert marks.of(session, made.person_id, [made.person_id], left).asked_at == left


def test_what_would_be_too_long_ago_by_then_is_settled_with_the_reason(house: House):
    made = make_case(house, stage="assessment")
    house.ask()
    house.clock.at = at("2026-10-08 11:00")
    reach(house, made, "review", date(2026, 10, 5))
    assert (house.ask(), standing(house, 2)) == (0, ("not_asked", "asked_recently"))


def test_the_end_of_a_case_is_asked_about_within_the_cap_and_begins_a_new_one(house: House):
    made = make_case(house)
    house.ask()
    house.clock.at = at("2026-10-12 11:00")
    close_all(house)
    reach(house, made, "closure", date(2026, 10, 8))
    assert house.ask() == 1
    reach(house, made, "review", date(2026, 10, 10))
    assert (house.ask(), standing(house, 3)) == (0, ("not_asked", "asked_recently"))


def test_a_campaign_counts_for_the_cap_as_anything_does_and_is_not_asked_from_here(house: House):
    made = make_case(house, stage="review")
    invite_in_campaign(house, made.person_id, status="asked", asked_at=at("2026-09-20 10:00"))
    invite_in_campaign(house, made.person_id, status="offered")
    assert house.ask() == 0
    assert due(house, 1) == at("2026-10-19 10:00"), "28 days on is a Sunday"
    assert standing(house, 3) == ("offered", None)


def test_who_may_not_be_contacted_is_never_asked(house: House):
    made = make_case(house)
    with house.database.writing() as session:
        session.add(DoNotContact(person_id=made.person_id, reason="died", began_at=house.clock.now()))
    assert (house.ask(), standing(house, 1)) == (0, ("not_asked", "do_not_contact"))
    assert house.sms.sent == []


def test_a_stage_grows_too_old_while_it_waits(house: House):
    make_case(house, reached=date(2026, 10, 3))
    make_case(house, reached=date(2026, 10, 4), reference="EH-2")
    house.ask()
    house.clock.at = at("2026-11-02 11:00")
    assert (house.ask(), standing(house, 2)) == (0, ("not_asked", "too_long_ago"))


def test_a_mother_and_two_siblings_on_one_phone_are_asked_oldest_stage_first_a_day_apart(house: House):
    """Scenario 1: three surveys fall due on the same day; the eldest child's stage is the oldest, and opens at noon."""
    house.clock.at = at("2026-10-06 08:00")
    make_case(house, reference="EH-MUM", reached=date(2026, 10, 3))
    make_case(house, reference="EH-ELDER", reached=date(2026, 10, 1), audience="young_person", birth_date=ADULT)
    make_case(house, reference="EH-YOUNGER", reached=date(2026, 10, 2), audience="young_person", birth_date=ADULT)
    house.clock.at = at("2026-10-06 10:00")
    assert house.ask() == 0, "her hours have begun, but an older stage comes first today"
    house.clock.at = at("2026-10-06 12:00")
    assert (house.ask(), asked_in_order(house)) == (1, [2])
    assert house.said(MUM) == [
        "Hi, a few questions for J. Is that you? 1 That's me, 2 I'm someone else, 3 Wrong number"
    ]
    house.clock.at = at("2026-10-06 14:00")
    close_all(house)
    house.clock.at = at("2026-10-07 13:59")
    assert house.ask() == 0, "not a day yet"
    house.clock.at = at("2026-10-07 14:00")
    assert (house.ask(), asked_in_order(house)) == (1, [2, 3])
    close_all(house)
    house.clock.at = at("2026-10-08 14:00")
    assert (house.ask(), asked_in_order(house)) == (1, [2, 3, 1])


def test_an_older_stage_that_cannot_be_asked_today_keeps_nobody_waiting(house: House):
    add_duty(house.database)
    add_shift(house.database, "2026-10-06 09:00", "2026-10-06 13:30")
    house.clock.at = at("2026-10-06 10:00")
    make_case(house)
    make_case(house, reference="EH-2", reached=date(2026, 10, 1), audience="young_person", birth_date=ADULT)
    assert (house.ask(), asked_in_order(house)) == (1, [1]), "at noon nobody is on for two hours more"


def test_nobody_is_asked_into_a_gap_and_everybody_once_it_is_filled(house: House):
    add_duty(house.database)
    add_shift(house.database, "2026-10-06 09:00", "2026-10-06 13:00")
    make_case(house)
    assert house.clock.now() == ASKED_AT
    assert (house.ask(), standing(house, 1)) == (0, ("offered", None)), (
        "half past eleven, and nobody from one o'clock on"
    )
    add_shift(house.database, "2026-10-06 13:00", "2026-10-06 14:00")
    assert house.ask() == 1, "the next shift joins up, and nothing was put off meanwhile"
    assert len(house.said()) == 2


def test_a_text_that_was_queued_waits_where_cover_has_gone_meanwhile(house: House):
    add_duty(house.database)
    add_shift(house.database, "2026-10-06 09:00", "2026-10-06 17:00")
    make_case(house)
    inviter(house).send_due()
    with house.database.writing() as session:
        session.execute(delete(Conversation.metadata.tables["cover_shifts"]))
    add_shift(house.database, "2026-10-07 09:00", "2026-10-07 17:00")
    house.service.outbox.drain()
    assert house.said() == []
    house.clock.at = at("2026-10-07 10:00")
    house.service.outbox.drain()
    assert len(house.said()) == 2


def test_while_the_rota_has_run_out_what_grows_too_old_is_settled(house: House):
    add_duty(house.database)
    add_shift(house.database, "2026-10-06 09:00", "2026-10-06 10:00")
    make_case(house)
    house.clock.at = at("2026-11-03 11:00")
    assert (house.ask(), standing(house, 1)) == (0, ("not_asked", "too_long_ago"))


def test_where_cover_never_meets_the_hours_an_invitation_waits(house: House):
    make_case(house, audience="young_person", birth_date=ADULT)
    house.clock.at = at("2026-10-06 15:30")
    assert house.ask() == 0
    assert due(house, 1) == at("2026-10-07 12:00"), "two hours before the desk closes is too late"


def test_a_fault_in_one_makes_way_for_the_others_and_is_tried_again(house: House):
    make_case(house, reached=date(2026, 10, 1))
    make_case(house, reference="EH-2", mobile="+447700900002")
    with house.database.writing() as session:
        session.get_one(Invitation, 1).survey_id = "no_such_survey"
    with pytest.raises(PartlyDone, match="0 done, 1 failed"):
        inviter(house).send_due(limit=1)
    assert inviter(house).send_due(limit=1) == 1, "the next run is not filled by the one that fails"
    with house.database.writing() as session:
        session.get_one(Invitation, 1).survey_id = "parent_review"
    house.clock.move(timedelta(minutes=15))
    assert house.ask() == 1


def test_a_run_asks_no_more_than_its_limit_the_oldest_stages_first(house: House):
    for number, day in enumerate((3, 1, 2)):
        make_case(house, reference=f"EH-{number}", mobile=f"+4477009001{number:02}", reached=date(2026, 10, day))
    assert inviter(house).send_due(limit=2) == 2
    assert asked_in_order(house) == [2, 3]


def test_a_person_with_two_lines_is_not_asked_twice_at_once(house: House):
    made = make_case(house)
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=made.person_id, channel="sms", address="+447700900077"))
    house.ask()
    reach(house, made, "closure", date(2026, 10, 2))
    house.clock.at = at("2026-10-06 12:00")
    with house.database.writing() as session:
        point = session.scalars(select(ContactPoint).where(ContactPoint.address == "+447700900077")).one()
        point.closed_because = "undeliverable"
    assert house.ask() == 0, "closure may come within the cap, but not beside another conversation"


def inviter(house: House) -> Inviter:
    return Inviter(house.database, DEFINITIONS, house.service.council, house.clock)


def at_once(database: Database, clock: SetClock) -> list[BaseException]:
    """Two inviters at one moment; what went wrong in them."""
    start, wrong = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait(10)
            Inviter(database, DEFINITIONS, COUNCIL, clock).send_due()
        except BaseException as fault:  # noqa: BLE001 - told to the test
            wrong.append(fault)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_two_inviters_at_once_ask_nobody_doubly(house: House):
    for number in range(12):
        made = make_case(house, reference=f"EH-{number}", mobile=f"+4477009001{number % 8:02}")
        reach(house, made, "assessment", date(2026, 10, 2))
    assert at_once(house.database, house.clock) == []
    with house.database.reading() as session:
        per_address = session.execute(select(Conversation.address, func.count()).group_by(Conversation.address)).all()
        per_person = session.execute(
            select(Invitation.person_id, func.count())
            .where(Invitation.asked_at.is_not(None))
            .group_by(Invitation.person_id)
        ).all()
        first_texts = session.scalar(
            select(func.count()).select_from(Person).where(Person.first_contacted_at.is_not(None))
        )
    assert sorted(count for _, count in per_address) == [1] * 8
    assert [count for _, count in per_person] == [1] * 8
    assert first_texts == 8
