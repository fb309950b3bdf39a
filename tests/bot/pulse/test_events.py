"""Asking how an event for staff was: a door from the day after on, mails with its address, and nothing made of a bad list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.pulse import events
from bot.pulse.events import CannotAsk, Event, Made
from store.tables import Campaign, CoverShift, Message, OpenSurvey, Staff
from tests.bot.pulse.offices import Office

TODAY = date(2026, 10, 6)
ROADSHOW = Event("Roadshow in Ashford", TODAY, None, ("a@council.example", "b@council.example"))


def add(office: Office, event: Event = ROADSHOW) -> Made:
    service = office.room.house.service
    with office.database.writing() as session:
        now = office.clock.now()
        return events.add(session, event, catalogue=service.catalogue, council=service.council, now=now)


def test_the_door_opens_the_day_after_and_closes_after_two_weeks(office: Office):
    made = add(office)
    assert (made.opens_on, made.closes_on, made.mails) == (date(2026, 10, 7), date(2026, 10, 20), 2)
    door = office.room.chats.door(made.code)
    assert door is not None
    assert (door.is_open, door.opens_on) == (True, date(2026, 10, 7))
    assert office.room.chats.enter(made.code) is None
    office.clock.move(timedelta(days=1))
    door = office.room.chats.door(made.code)
    assert door is not None
    assert door.opens_on is None
    assert office.room.chats.enter(made.code) is not None
    office.clock.move(timedelta(days=14))
    assert office.room.chats.enter(made.code) is None


def test_who_was_there_is_mailed_the_same_link_in_their_hours(office: Office):
    made = add(office)
    outbox = office.room.house.service.outbox
    assert outbox.drain() == 0
    office.clock.at = datetime(2026, 10, 7, 8, 30, tzinfo=UTC)
    assert outbox.drain() == 2
    texts = {office.mails_to(email)[0] for email in ROADSHOW.emails}
    assert len(texts) == 1, "nothing in it tells whose it is"
    assert f"https://heard.council.example/s/{made.code}" in texts.pop()


def test_no_mail_leaves_without_cover_however_long_it_has_waited(office: Office):
    begins, ends = (datetime(2026, 10, 8, hour, tzinfo=UTC) for hour in (10, 13))
    with office.database.writing() as session:
        duty = Staff(email="duty@council.example", name="Di", role="duty", password_hash="-")
        session.add(duty)
        session.flush()
        session.add(CoverShift(staff_id=duty.id, begins_at=begins, ends_at=ends, made_at=office.clock.now()))
    add(office)
    outbox = office.room.house.service.outbox
    for moment, mails in ((datetime(2026, 10, 7, 10, 30, tzinfo=UTC), 0), (begins, 1)):
        office.clock.at = moment
        outbox.drain()
        assert [len(office.mails_to(email)) for email in ROADSHOW.emails] == [mails, mails]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Event("  ", TODAY), "The name is blank"),
        (Event("Roadshow " * 20, TODAY), "The name is too long"),
        (Event("Roadshow", TODAY - timedelta(days=30)), "It was too long ago"),
    ],
)
def test_what_cannot_be_asked_changes_nothing(office: Office, event: Event, told: str):
    with pytest.raises(CannotAsk, match=told):
        add(office, event)
    with office.database.reading() as session:
        assert (
            session.query(Campaign).count() == session.query(OpenSurvey).count() == session.query(Message).count() == 0
        )


def test_the_same_event_a_second_time_is_refused(office: Office):
    add(office)
    with pytest.raises(CannotAsk, match="There is an event of that name"):
        add(office, ROADSHOW._replace(name="roadshow in ashford"))
    with office.database.reading() as session:
        assert session.query(OpenSurvey).count() == 1


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ["email", "A@council.example ", "a@council.example", "b@council.example"],
            ["a@council.example", "b@council.example"],
        ),
        (["name,Email", "Ann,a@council.example"], ["a@council.example"]),
        (["email"], []),
    ],
)
def test_addresses_are_read_each_once(lines: list[str], found: list[str]):
    assert events.read_emails(lines) == found


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "no column “email”"),
        (["address", "a@council.example"], "no column “email”"),
        (["email", "a@council.example", "secretword", "b@council"], "line 3: .*\nline 4: "),
        (["name,email", "Ann"], "line 2: "),
    ],
)
def test_a_list_with_a_bad_row_is_refused_by_its_lines_and_not_by_what_they_hold(lines: list[str], told: str):
    with pytest.raises(CannotAsk, match=told) as refused:
        events.read_emails(lines)
    assert "secretword" not in str(refused.value)
