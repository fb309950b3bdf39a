"""Scenario 37: clocks change, bank holidays and their eves, school holidays, a leap day, a month that ends on a Sunday, an outage."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from store.tables import Digest
from tests.bot.cases.lists import a_row, a_young_person
from tests.bot.people.acting import ask_without_sending
from tests.builders import MUM
from tests.scenarios.families import DAD, may_take_part_alone
from tests.scenarios.town import Town, london

FFION = a_row(name_to_use="Ffion", mobile="07700 900001", language="en")
RHODRI = {**FFION, "name_to_use": "Rhodri", "mobile": "07700 900002", "case_reference": "EH-2"}


def begin(town: Town, moment: str) -> None:
    town.house.clock.at = london(moment)


@pytest.mark.parametrize(
    ("told", "stage", "asked"),
    [
        ("2026-10-22 16:00", "2026-10-22", "2026-10-26"),  # the clocks go back on the Sunday between
        ("2027-03-25 16:00", "2027-03-25", "2027-03-30"),  # they go forward, at Easter
        (
            "2026-12-23 15:30",
            "2026-12-22",
            "2026-12-29",
        ),  # Christmas, its eve, and the Monday that stands in for the 26th
        ("2026-12-30 15:30", "2026-12-29", "2027-01-04"),  # New Year's Eve
        ("2026-08-28 16:00", "2026-08-28", "2026-09-01"),  # a bank holiday on a Monday
        ("2028-02-28 16:00", "2028-02-28", "2028-02-29"),  # a leap day
    ],
)
def test_families_are_asked_from_ten_in_the_morning_by_londons_clock(town: Town, told: str, stage: str, asked: str):
    begin(town, told)
    town.told({**FFION, "stages": f"review:{stage}"})
    town.live(f"{asked} 09:55")
    assert town.texts() == []
    town.live(f"{asked} 10:05")
    assert len(town.texts()) == 2


@pytest.mark.parametrize(
    ("stage", "asked", "not_yet"),
    [("2026-10-26", "2026-10-27 12:05", "2026-10-27 11:55"), ("2026-11-02", "2026-11-03 15:50", "2026-11-03 15:40")],
)
def test_pupils_are_asked_from_noon_in_the_school_holidays_and_after_school_in_term(
    town: Town, stage: str, asked: str, not_yet: str
):
    begin(town, f"{stage} 16:50")
    town.told(a_young_person(birth_date="2013-03-01", mobile="07700 900001", stages=f"review:{stage}"))
    may_take_part_alone(town, "Sam")
    town.live(not_yet)
    assert town.texts() == []
    town.live(asked)
    assert len(town.texts()) == 2


def digests_made(town: Town) -> int:
    return int(town.rows(select(func.count(Digest.id)))[0][0])


def test_of_a_month_that_ends_on_a_sunday_the_digest_is_made_once_on_the_monday(town: Town):
    begin(town, "2027-01-28 11:00")
    town.told({**FFION, "stages": "review:2027-01-25"})
    town.live("2027-02-01 06:55")
    assert digests_made(town) == 0
    town.live("2027-02-01 07:30")
    assert digests_made(town) == 1
    town.live("2027-02-02 16:00")
    assert digests_made(town) == 1
    digests = [mail for mail in town.mails("owen.hope@council.example") if "digest" in mail]
    assert digests == ["Heard: your digest for January 2027"]


def test_a_digest_that_was_missed_is_made_once_when_the_service_is_back(town: Town):
    town.told({**FFION, "stages": "review:2026-10-05"})
    town.sleep("2026-11-05 03:00")
    assert digests_made(town) == 0, "nobody is mailed at three in the night"
    town.live("2026-11-06 16:00")
    assert digests_made(town) == 1


def test_after_days_of_outage_nothing_is_sent_at_eight_but_in_the_hours_of_the_next_days(town: Town):
    begin(town, "2026-10-07 14:50")
    town.told({**FFION, "stages": "review:2026-10-05"}, {**RHODRI, "stages": "review:2026-10-07"})
    assert ask_without_sending(town.house) == 1, "hers was to leave when the service went down; his was not due"
    town.sleep("2026-10-12 08:00")
    assert (town.texts(MUM), town.texts(DAD)) == ([], [])
    town.live("2026-10-12 16:00")
    assert (town.texts(MUM), town.sent_at(DAD)[0]) == ([], "Mon 12 Oct 10:30"), "no reminder of what she was never sent"
    town.live("2026-10-13 12:35")
    assert (town.sent_at(MUM)[0], len(town.texts(MUM)), len(town.texts(DAD))) == ("Tue 13 Oct 10:30", 2, 2)
    town.live("2026-10-19 16:00")
    assert "on Tuesday" in town.texts()[-1], "reminded once, of the day on which she was asked"
    assert (len(town.texts()), town.stands()[0][2]) == (3, "asked"), "and she has as long to answer as anybody"


def test_reminders_that_fell_due_in_an_outage_come_once_and_in_their_hours(town: Town):
    town.told({**FFION, "stages": "review:2026-10-05"})
    town.live("2026-10-06 12:35")
    town.sleep("2026-10-12 08:00")
    assert len(town.texts()) == 2
    town.live("2026-10-12 16:00")
    assert town.sent_at()[2:] == ["Mon 12 Oct 10:30"]


def test_what_has_grown_too_old_in_an_outage_is_not_asked_and_coverage_says_so(town: Town):
    begin(town, "2026-10-07 15:30")
    town.told({**FFION, "stages": "review:2026-10-07"}, {**RHODRI, "stages": "review:2026-10-07; closure:2026-11-09"})
    town.sleep("2026-11-11 08:00")
    town.live("2026-11-12 16:00")
    assert (town.texts(MUM), town.sent_at(DAD)[:1]) == ([], ["Thu 12 Nov 10:30"])
    assert town.gaps()["EH-1", "Formal review"][0][1] == "not asked: the stage was too long ago"
