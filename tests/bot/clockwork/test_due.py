"""What a simulation is given to play the table by, and which jobs count as late."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.calendar import LONDON, first_working_day, month_before
from bot.clock import SetClock
from bot.clockwork.due import due_between, late_since, next_run
from bot.clockwork.job import Job
from bot.clockwork.times import At, daily
from bot.jobs import JOBS
from store.clock import Run
from store.session import Database
from store.tables import Digest
from tests.bot.clockwork.playing import Diary, london
from tests.builders import make_case, make_house

TABLE = Diary().table()
OFTEN, HOURLY, NIGHTLY, MAILS = TABLE
SPARE = Diary().job("spare", daily("08:00", "17:45", until="18:00"))
IN_HOURS = [job for job in JOBS if isinstance(job.when, At) and job.when.until]


def done(job_name: str, began: str) -> Run:
    return Run(job_name, london(began), london(began), london(began), 1, 0, None)


def test_what_is_due_between_two_moments_comes_once_and_in_order():
    found = due_between(TABLE, london("2026-10-06T02:00"), london("2026-10-06T09:00:10"))
    assert [(due.job.name, due.at) for due in found] == [
        ("nightly", london("2026-10-06T03:20")),
        ("mails", london("2026-10-06T08:00")),
        ("hourly", london("2026-10-06T08:10")),
        ("often", london("2026-10-06T09:00:00")),
    ]
    assert due_between(TABLE, found[-1].at, london("2026-10-06T09:00:19")) == []


@pytest.mark.parametrize("minutes", [1, 7, 10, 60])
def test_however_closely_a_year_is_looked_at_what_has_a_time_comes_once_each_day(minutes: int):
    moment, end, step = london("2027-10-20T00:00"), london("2027-11-10T00:00"), timedelta(minutes=minutes)
    found: Counter[str] = Counter()
    while moment < end:
        found.update(due.job.name for due in due_between(TABLE, moment, min(moment + step, end)))
        moment += step
    assert (found["nightly"], found["mails"]) == (21, 21)
    assert found["hourly"] == 21 * 23


def test_the_next_run_is_after_now():
    assert next_run(NIGHTLY, london("2026-10-25T03:20")) == london("2026-10-26T03:20")


@pytest.mark.parametrize(
    ("job", "last", "now", "late"),
    [
        (HOURLY, "2026-10-06T08:10", "2026-10-06T09:39", None),
        (HOURLY, "2026-10-06T08:10", "2026-10-06T09:40", "2026-10-06T09:10"),
        (HOURLY, "2026-10-06T09:10:02", "2026-10-06T09:40", None),
        (HOURLY, None, "2026-10-06T09:20", "2026-10-06T08:10"),
        (HOURLY, "2026-10-07T00:10", "2026-10-07T01:45", None),
        (HOURLY, "2026-10-06T23:10", "2026-10-07T00:40", "2026-10-07T00:10"),
        (HOURLY, "2026-10-06T23:10", "2026-10-07T01:45", "2026-10-07T00:10"),  # late when its rest began
        (HOURLY, "2026-10-06T23:10", "2026-10-07T02:20", "2026-10-07T00:10"),
        (HOURLY, "2026-10-25T00:10", "2026-10-25T02:20", None),  # two hours of rest
        (MAILS, "2026-10-06T08:00", "2026-10-07T08:29", None),
        (MAILS, "2026-10-06T08:00", "2026-10-07T08:30", "2026-10-07T08:00"),
        (MAILS, "2026-10-06T08:00", "2026-10-07T20:00", "2026-10-07T08:00"),  # however long it was, and cannot be now
        (MAILS, "2026-10-06T08:00", "2026-10-08T07:59", "2026-10-07T08:00"),
        (MAILS, "2026-10-07T08:00", "2026-10-08T07:59", None),
        (MAILS, None, "2026-10-07T00:30", "2026-10-06T08:00"),
        (SPARE, "2026-10-06T08:00", "2026-10-06T20:00", None),  # its hours ended before it had its time
        (OFTEN, "2026-10-06T08:00", "2026-10-06T08:30", None),
        (OFTEN, "2026-10-06T08:00", "2026-10-06T08:30:20", "2026-10-06T08:00:20"),
    ],
)
def test_a_job_is_late_when_it_was_due_and_had_its_time(job, last: str | None, now: str, late: str | None):
    run = done(job.name, last) if last else None
    assert late_since(job, run, london(now)) == (london(late) if late else None)


@pytest.mark.parametrize("job", IN_HOURS, ids=lambda job: job.name)
def test_a_job_of_the_table_that_keeps_to_hours_and_is_never_run_is_late_at_every_hour(job: Job):
    begins = london("2026-10-24T00:00")
    assert [hour for hour in range(72) if late_since(job, None, begins + timedelta(hours=hour)) is None] == []


@pytest.mark.parametrize("job", IN_HOURS, ids=lambda job: job.name)
def test_a_job_of_the_table_that_keeps_to_hours_and_is_run_in_them_is_late_at_none(job: Job):
    begins = london("2026-10-24T00:00")
    for now in (begins + timedelta(minutes=20 * number) for number in range(3 * 72)):
        last = job.when.last_due(now)
        assert late_since(job, Run(job.name, last, last, last, 1, 0, None), now) is None


@pytest.mark.parametrize(
    ("month_end", "made_on"),
    [
        (date(2027, 1, 31), date(2027, 2, 1)),  # a Sunday
        (date(2026, 10, 31), date(2026, 11, 2)),  # a Saturday
        (date(2026, 12, 31), date(2027, 1, 4)),  # a bank holiday and a weekend follow
        (date(2027, 4, 30), date(2027, 5, 4)),  # a weekend and a bank holiday follow
        (date(2028, 2, 29), date(2028, 3, 1)),  # leap day
    ],
)
def test_the_table_makes_a_digest_on_the_first_working_day_at_seven(sqlite: Database, month_end: date, made_on: date):
    """The job of the real table, at each of its times from three days before the month ends."""
    begins = datetime.combine(month_end - timedelta(days=3), datetime.min.time(), LONDON)
    house = make_house(sqlite, SetClock(begins))
    make_case(house)
    (job,) = (job for job in JOBS if job.name == "digests")
    last = house.clock.now()
    while house.clock.now() < last + timedelta(days=10):
        for due in due_between([job], house.clock.now(), house.clock.now() + timedelta(hours=1)):
            SetClock.move(house.clock, due.at - house.clock.now())
            job.run(house.service, house.clock)
        house.clock.move(timedelta(minutes=1))
    with sqlite.reading() as session:
        made = list(session.execute(select(Digest.period, Digest.made_at)))
    assert first_working_day(made_on) == made_on
    assert [(period, at.astimezone(LONDON)) for period, at in made] == [
        (month_before(made_on), datetime.combine(made_on, datetime.min.time().replace(hour=7), LONDON))
    ]
