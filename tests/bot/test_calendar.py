"""Windows, bank holidays and their eves, school terms, and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.calendar import (
    LONDON,
    SEND_WINDOWS,
    BadTerms,
    holidays_known_until,
    in_window,
    is_school_holiday,
    months_earlier,
    terms_known_until,
    warnings,
)
from bot.calendar.terms import read
from tests.shipped import CATALOGUE

A_MINUTE = timedelta(minutes=1)


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("audience", "band", "moment", "opens"),
    [
        ("partner", None, "2026-10-05 11:00", "2026-10-06 09:30"),  # a Monday
        ("partner", None, "2026-10-06 09:29", "2026-10-06 09:30"),
        ("staff", None, "2026-10-08 15:59", "2026-10-08 15:59"),
        ("staff", None, "2026-10-08 16:00", "2026-10-13 09:30"),
        ("notifier", None, "2026-10-09 12:00", "2026-10-13 09:30"),
        ("parent_carer", None, "2026-10-08 15:00", "2026-10-12 10:00"),
        ("young_person", "16-25", "2026-10-06 11:59", "2026-10-06 12:00"),
        ("young_person", "11-15", "2026-10-06 12:00", "2026-10-06 15:45"),
        ("young_person", "11-15", "2026-10-27 09:00", "2026-10-27 12:00"),  # the autumn holidays
        ("young_person", "11-15", "2026-10-29 16:45", "2026-11-02 15:45"),  # school again
        ("young_person", "11-15", "2027-08-11 13:00", "2027-08-11 13:00"),  # summer
        ("parent_carer", None, "2026-12-23 15:00", "2026-12-29 10:00"),  # Christmas Eve, and a Monday that is a holiday
        ("parent_carer", None, "2026-12-31 11:00", "2027-01-04 10:00"),  # New Year's Eve
        ("parent_carer", None, "2026-08-31 11:00", "2026-09-01 10:00"),  # a month that ends on a bank holiday
        ("parent_carer", None, "2027-03-25 11:00", "2027-03-30 10:00"),  # Maundy Thursday, Good Friday, Easter Monday
        ("parent_carer", None, "2028-02-28 16:00", "2028-02-29 10:00"),  # a leap day
        ("parent_carer", None, "2026-10-25 01:30", "2026-10-26 10:00"),  # the hour that is there twice
        ("parent_carer", None, "2027-03-28 01:30", "2027-03-30 10:00"),  # the hour that is not there
        ("open_access", None, "2026-12-25 03:00", "2026-12-25 03:00"),
    ],
)
def test_a_window_opens_at_its_next_hour(audience: str, band: str | None, moment: str, opens: str):
    assert in_window(audience, band, local(moment)) == local(opens)


@pytest.mark.parametrize(
    ("day", "opens_in_utc"), [("2026-10-22", 9), ("2026-10-26", 10), ("2027-03-24", 10), ("2027-03-30", 9)]
)
def test_windows_go_by_londons_clock_on_both_sides_of_its_changes(day: str, opens_in_utc: int):
    night = datetime.fromisoformat(day).replace(hour=3, tzinfo=UTC)
    assert in_window("parent_carer", None, night) == night.replace(hour=opens_in_utc)


def test_every_audience_that_a_survey_is_for_has_a_window_or_is_never_written_to_first():
    asked = {survey.audience for survey in CATALOGUE.latest()} - {"open_access", "staff_or_partner"}
    assert asked <= {audience for audience, _ in SEND_WINDOWS}


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        ("2026-10-16", False),
        ("2026-10-17", True),
        ("2026-11-01", True),
        ("2026-11-02", False),
        ("2025-08-01", False),  # before the list: the narrower hours hold
        ("2028-07-21", False),
        ("2028-07-22", False),  # after it
    ],
)
def test_school_holidays_lie_between_two_listed_terms(day: str, is_holiday: bool):
    assert is_school_holiday(date.fromisoformat(day)) is is_holiday


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "write each term as"),
        ("- {first: soon, last: 2026-10-16}", "write each term as"),
        ("- {from: 2026-09-02, last: 2026-10-16}", "write each term as"),
        ("- {first: 2026-10-16, last: 2026-09-02}", "ends before it begins"),
        ("- {first: 2026-09-02, last: 2026-10-16}\n- {first: 2026-10-01, last: 2026-12-18}", "stands too early"),
        ("[", "write each term as"),
    ],
)
def test_a_list_of_terms_that_cannot_be_used_says_what_to_write(written: str, told: str):
    with pytest.raises(BadTerms, match=told):
        read(written)


def test_what_is_missing_of_the_next_twelve_months_is_told_in_time():
    terms = datetime.combine(terms_known_until(), datetime.min.time(), UTC)
    assert warnings(terms - timedelta(days=366)) == []
    assert "add the next school year" in warnings(terms - timedelta(days=364))[0]
    after_all = datetime.combine(holidays_known_until(), datetime.min.time(), UTC)
    assert any("govuk-bank-holidays" in words for words in warnings(after_all))


@pytest.mark.parametrize(
    ("moment", "was"),
    [
        ("2027-04-06 12:00", "2026-10-06 12:00"),
        ("2027-02-28 09:00", "2026-08-28 09:00"),
        ("2027-08-31 09:00", "2027-02-28 09:00"),
        ("2028-08-31 09:00", "2028-02-29 09:00"),
        ("2027-06-30 23:30", "2026-12-30 23:30"),
    ],
)
def test_six_months_earlier_is_the_same_day_of_the_month_or_its_last(moment: str, was: str):
    assert months_earlier(local(moment), 6) == local(was)
