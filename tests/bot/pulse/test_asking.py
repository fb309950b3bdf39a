"""Who is asked in a quarter, when, how often, and what is left of the mails."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.clock import SetClock
from bot.pulse import asking
from bot.pulse.quarter import may_begin, quarter_of, reminder_due
from store.session import Database
from store.tables import Campaign, Message, OpenSurvey, PulseAsked, Staff, Ticket, Unit
from tests.bot.pulse.offices import PRIVATE_LINK, TEAMS, Office, make_office, staff_of


def count(office: Office, table: type) -> int:
    with office.database.reading() as session:
        return session.query(table).count()


def test_everybody_in_post_is_sent_a_link_of_their_own(office: Office):
    assert office.ask() == 24
    tokens = {office.token_of(email) for email in staff_of(TEAMS)}
    assert len(tokens) == count(office, Ticket) == count(office, PulseAsked) == 24
    with office.database.reading() as session:
        campaign = session.query(Campaign).one()
        doors = session.query(OpenSurvey.survey_id, OpenSurvey.by_ticket, OpenSurvey.campaign_id, Unit.name)
        assert sorted(doors.join(Unit, Unit.id == OpenSurvey.unit_id)) == [
            ("staff_pulse", True, campaign.id, "Ashbrook"),
            ("staff_pulse", True, campaign.id, "Belmont"),
        ]
    assert (campaign.kind, campaign.period, campaign.status) == ("pulse", "2026-Q4", "running")
    assert (campaign.opens_on, campaign.closes_on) == (date(2026, 10, 6), date(2026, 10, 26))


def choose(office: Office, *, asks_staff: bool):
    service = office.room.house.service
    office.room.house.service = replace(service, council=replace(service.council, asks_staff=asks_staff))


def test_no_pulse_begins_where_the_council_has_chosen_so_and_one_that_has_begun_goes_on(office: Office):
    choose(office, asks_staff=False)
    assert office.ask() == 0
    assert count(office, Campaign) == 0
    choose(office, asks_staff=True)
    office.ask()
    choose(office, asks_staff=False)
    office.clock.move(timedelta(days=7))
    assert office.ask() == 24


def test_a_second_run_asks_nobody_again_and_lets_in_nobody_new(office: Office):
    office.ask()
    with office.database.writing() as session:
        session.add(Staff(email="new@council.example", name="New", role="worker", unit_id=1))
    assert office.ask() == 0
    assert count(office, Ticket) == 24
    assert office.mails_to("new@council.example") == [], "a ticket made alone would be known by that"


@pytest.mark.parametrize(
    ("began", "ended", "asked"),
    [
        (None, None, True),
        (date(2026, 10, 6), None, True),
        (date(2026, 10, 7), None, False),
        (None, date(2026, 10, 6), True),
        (None, date(2026, 10, 5), False),
    ],
)
def test_who_is_in_post_that_day_is_asked(office: Office, began: date | None, ended: date | None, *, asked: bool):
    with office.database.writing() as session:
        someone = Staff(email="one@council.example", name="One", role="worker", unit_id=1)
        someone.began_on, someone.ended_on = began, ended
        session.add(someone)
    office.ask()
    assert bool(office.mails_to("one@council.example")) == asked


@pytest.mark.parametrize(
    ("moment", "asks"),
    [
        (datetime(2026, 10, 6, 8, 30, tzinfo=UTC), True),  # half past nine in London, a Tuesday
        (datetime(2026, 10, 6, 8, 29, tzinfo=UTC), False),
        (datetime(2026, 10, 8, 13, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 8, 14, 0, tzinfo=UTC), False),  # three o'clock: the duty desk reads for two more hours only
        (datetime(2026, 10, 9, 10, 0, tzinfo=UTC), False),  # Friday
        (datetime(2026, 12, 24, 11, 0, tzinfo=UTC), False),  # the eve of a bank holiday, and too late in the quarter
        (datetime(2026, 12, 10, 11, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 15, 11, 0, tzinfo=UTC), False),  # it would run into January
    ],
)
def test_staff_are_asked_in_their_hours_and_never_so_late_that_two_pulses_overlap(
    office: Office, moment: datetime, *, asks: bool
):
    office.clock.at = moment
    assert (office.ask() > 0) == asks


def test_every_quarter_has_one(office: Office):
    for moment in (datetime(2026, 10, 6, 10, tzinfo=UTC), datetime(2027, 1, 5, 10, tzinfo=UTC)):
        office.clock.at = moment
        assert office.ask() == 24
    with office.database.reading() as session:
        found = {campaign.period: campaign.status for campaign in session.query(Campaign)}
    assert found == {"2026-Q4": "ended", "2027-Q1": "running"}


def test_where_fewer_than_eleven_work_nobody_is_asked(database: Database, clock: SetClock):
    office = make_office(database, clock, {"Ashbrook": 10})
    assert office.ask() == 0
    assert count(office, Campaign) == count(office, Ticket) == 0


def test_that_too_few_work_is_logged_once_a_day_and_when_their_number_changes(
    database: Database, clock: SetClock, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO", "bot.pulse.asking")
    office = make_office(database, clock, {"Ashbrook": 8})

    def told() -> int:
        caplog.clear()
        for _ in range(3):
            office.ask()
        return sum("too few" in record.message for record in caplog.records)

    assert told() == 1
    assert told() == 0
    with database.writing() as session:
        session.add(Staff(email="nine@council.example", name="Nine", role="worker"))
    assert told() == 1
    office.clock.move(timedelta(days=1))
    assert told() == 1


def test_everybody_is_reminded_twice_for_nobody_can_know_who_has_answered(office: Office):
    office.ask()
    office.answer(office.token_of("ashbrook.0@council.example"), "Quieter rooms")
    for days, reminded in ((6, 0), (1, 24), (0, 0), (2, 0), (5, 0), (1, 24), (0, 0)):
        office.clock.move(timedelta(days=days))
        assert office.ask() == reminded, f"on {office.clock.now():%d %B}"
    _first, *reminders = office.mails_to("ashbrook.0@council.example")
    assert len(reminders) == 2
    assert not any("/t/" in mail for mail in reminders)
    assert all("we cannot know who has\nanswered" in mail and "6 October" in mail for mail in reminders)
    with office.database.reading() as session:
        assert {asked.times for asked in session.query(PulseAsked)} == {3}


def test_a_leaver_is_not_reminded(office: Office):
    office.ask()
    with office.database.writing() as session:
        session.query(Staff).filter_by(email="belmont.3@council.example").one().ended_on = date(2026, 10, 12)
    office.clock.move(timedelta(days=7))
    assert office.ask() == 23


@pytest.mark.parametrize(
    ("day", "which"), [(12, None), (13, 1), (17, 1), (18, None), (20, None), (21, 2), (25, 2), (26, None)]
)
def test_reminders_do_not_come_close_upon_each_other(day: int, which: int | None):
    moment = datetime(2026, 10, day, 10, tzinfo=UTC)
    assert reminder_due(date(2026, 10, 6), date(2026, 10, 26), moment) == which


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2028, 2, 29), "2028-Q1"),
        (date(2026, 6, 30), "2026-Q2"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_a_quarter_has_three_months(day: date, period: str):
    found = quarter_of(day)
    assert found.period == period
    assert found.first <= day <= found.last


def test_the_last_day_on_which_a_pulse_may_begin():
    assert may_begin(date(2026, 12, 11)) is not None
    assert may_begin(date(2026, 12, 12)) is None


@pytest.mark.parametrize(("every", "asked_in"), [(3, [1, 4, 7, 10]), (6, [4, 10]), (12, [4])])
def test_a_council_may_ask_less_often_and_each_pulse_still_has_its_quarter(every: int, asked_in: list[int]):
    found = (may_begin(date(2026, month, 1), every) for month in range(1, 13))
    assert sorted({quarter.first.month for quarter in found if quarter}) == asked_in


def test_how_often_staff_are_asked_is_the_councils_to_say(office: Office):
    service = office.room.house.service
    yearly = replace(service.council.names, cadences={"partners": 6, "staff_pulse": 12})
    office.room.house.service = replace(service, council=replace(service.council, names=yearly))
    assert office.ask() == 0
    assert count(office, Campaign) == 0


def test_a_paused_pulse_reminds_nobody(office: Office):
    office.ask()
    with office.database.writing() as session:
        session.query(Campaign).one().status = "paused"
    office.clock.move(timedelta(days=7))
    assert office.ask() == 0


def test_no_link_is_ever_in_the_database(office: Office):
    asking.run(office.room.house.service, office.clock.now(), office.random)
    with office.database.reading() as session:
        waiting = [mail.text for mail in session.query(Message)]
    assert not [text for text in waiting if PRIVATE_LINK.search(text)]
    office.room.house.service.outbox.drain()
    tokens = [office.token_of(email) for email in staff_of(TEAMS)]
    with office.database.reading() as session:
        sent = [mail.text for mail in session.query(Message)]
    assert all("/t/…" in text for text in sent)
    assert not [token for token in tokens for text in (*waiting, *sent) if token in text]
