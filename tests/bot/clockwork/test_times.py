"""When jobs are due: every so often, and at times of the day in London on every day that is out of the ordinary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.calendar import LONDON
from bot.clockwork.job import Job
from bot.clockwork.times import At, Every, When, daily, every, hourly
from bot.jobs import JOBS

BEGINS, ENDS = datetime(2026, 10, 1, tzinfo=UTC), datetime(2029, 10, 1, tzinfo=UTC)
"""Three years: three changes of the clocks each way, a leap day, and month ends on every day of the week."""
DAYS = (ENDS - BEGINS).days
BY_TIME = [job for job in JOBS if isinstance(job.when, At)]
SOON = timedelta(microseconds=1)


def london(words: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


def walk(when: When, moment: datetime, end: datetime) -> Iterator[datetime]:
    while (moment := when.next_due(moment)) < end:
        yield moment


@pytest.mark.parametrize(
    ("when", "moment", "last", "following"),
    [
        (daily("03:20"), "2026-10-06T03:20", "2026-10-06T03:20", "2026-10-07T03:20"),
        (daily("03:20"), "2026-10-06T03:19", "2026-10-05T03:20", "2026-10-06T03:20"),
        (daily("00:30"), "2026-10-25T12:00", "2026-10-25T00:30", "2026-10-26T00:30"),  # a day of 25 hours
        (daily("02:00"), "2026-10-25T00:30", "2026-10-24T02:00", "2026-10-25T02:00"),
        (daily("02:30"), "2027-03-28T00:30", "2027-03-27T02:30", "2027-03-28T02:30"),  # a day of 23 hours
        (daily("23:59"), "2028-02-29T12:00", "2028-02-28T23:59", "2028-02-29T23:59"),  # leap day
        (daily("07:00"), "2028-02-29T12:00", "2028-02-29T07:00", "2028-03-01T07:00"),
        (daily("07:00"), "2027-02-28T12:00", "2027-02-28T07:00", "2027-03-01T07:00"),  # a month ends on a Sunday
        (daily("07:00"), "2026-12-31T23:59", "2026-12-31T07:00", "2027-01-01T07:00"),  # a bank holiday
        (daily("07:00", "12:00"), "2026-10-06T08:00", "2026-10-06T07:00", "2026-10-06T12:00"),
        (hourly(first=7, last=18), "2026-10-06T03:00", "2026-10-05T18:00", "2026-10-06T07:00"),
        (hourly(minute=10), "2026-10-25T00:30", "2026-10-25T00:10", "2026-10-25T02:10"),
        (hourly(minute=10), "2027-03-28T00:30", "2027-03-28T00:10", "2027-03-28T02:10"),
        (every(minutes=5), "2026-10-06T03:07", "2026-10-06T03:05", "2026-10-06T03:10"),
        (every(seconds=20), "2026-10-06T03:07:40", "2026-10-06T03:07:40", "2026-10-06T03:08"),
    ],
)
def test_a_job_was_due_last_and_is_due_next(when: When, moment: str, last: str, following: str):
    assert when.last_due(london(moment)) == london(last)
    assert when.next_due(london(moment)) == london(following)


def test_a_job_that_runs_every_so_often_goes_on_through_both_hours_of_the_change():
    found = list(walk(every(minutes=10), london("2026-10-25T00:55"), london("2026-10-25T02:00")))
    assert len(found) == 12, "the hour from one to two comes twice"


@pytest.mark.parametrize("job", BY_TIME, ids=lambda job: job.name)
def test_over_three_years_each_time_of_the_table_comes_once_a_day_and_none_between_one_and_two(job: Job):
    assert isinstance(job.when, At)
    found = list(walk(job.when, BEGINS, ENDS))
    walls = Counter(moment.astimezone(LONDON).replace(tzinfo=None) for moment in found)
    assert set(walls.values()) == {1}
    assert not [wall for wall in walls if wall.hour == 1]
    assert Counter(wall.time() for wall in walls) == dict.fromkeys(job.when.times, DAYS)
    assert found == sorted(found)
    for before, moment in pairwise(found):
        assert job.when.last_due(moment) == moment
        assert job.when.last_due(moment - SOON) == before


@pytest.mark.parametrize("job", BY_TIME, ids=lambda job: job.name)
def test_over_three_years_nothing_of_the_table_may_begin_between_one_and_two_for_having_been_missed(job: Job):
    moment = BEGINS
    while moment < ENDS:
        assert not (job.when.may_begin(moment) and moment.astimezone(LONDON).hour == 1), moment
        moment += timedelta(minutes=30)


@pytest.mark.parametrize(
    ("when", "begins", "not_any_more"),
    [
        (hourly(first=7, last=18), time(7), time(19)),
        (daily("08:00", until="18:00"), time(8), time(18)),
        (daily("03:20"), time(2), None),
    ],
)
def test_what_was_missed_is_made_up_for_in_its_hours_only(when: At, begins: time, not_any_more: time | None):
    day = datetime(2026, 10, 25, 12, tzinfo=LONDON)
    opens = datetime.combine(day, begins, LONDON).astimezone(UTC)
    assert when.may_begin(opens)
    assert not when.may_begin(opens - SOON)
    if not_any_more:
        closes = datetime.combine(day, not_any_more, LONDON).astimezone(UTC)
        assert when.may_begin(closes - SOON)
        assert not when.may_begin(closes)


@pytest.mark.parametrize(
    "make",
    [
        lambda: daily("01:30"),
        lambda: daily("01:00"),
        daily,
        lambda: daily("12:00", "07:00"),
        lambda: daily("07:00", "07:00"),
        lambda: daily("07:00", until="07:00"),
        every,
        lambda: every(minutes=31),
        lambda: Every(timedelta(milliseconds=500)),
    ],
)
def test_times_that_make_no_sense_are_refused(make: Callable[[], When]):
    with pytest.raises(ValueError, match=r"01:00|times of the day|pause|made up for"):
        make()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (every(seconds=20), "every 20 seconds"),
        (every(minutes=1), "every minute"),
        (every(minutes=5), "every 5 minutes"),
        (daily("07:00", "12:00"), "every day at 07:00 and 12:00"),
        (hourly(first=7, last=18), "every hour from 07:00 to 18:00"),
        (hourly(minute=10), "every hour from 00:10 to 23:10, not at 01:10"),
    ],
)
def test_times_are_said_in_words(when: When, words: str):
    assert str(when) == words
