"""Putting people on the rota, and what is refused with what to do instead."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cover import shifts
from bot.cover.shifts import BadShift
from store import audit
from store.council import cover as rows
from store.session import Database
from tests.bot.cover.keeping import DEE, add_duty, add_shift, at

NOW = at("2026-10-05 08:00")


def standing(database: Database) -> int:
    with database.reading() as session:
        return len(rows.standing(session, NOW))


@pytest.mark.parametrize(
    ("email", "begins", "ends", "told"),
    [
        ("nobody@council.example", "2026-10-06 09:00", "2026-10-06 17:00", "flask staff add"),
        ("worker@council.example", "2026-10-06 09:00", "2026-10-06 17:00", "whose role is duty or administrator"),
        ("gone@council.example", "2026-10-06 09:00", "2026-10-06 17:00", "does not work here any more"),
        (DEE, "2026-10-06 17:00", "2026-10-06 09:00", "ends after it begins"),
        (DEE, "2026-10-06 09:00", "2026-10-07 09:01", "at most 24 hours"),
        (DEE, "2026-10-04 09:00", "2026-10-04 17:00", "this shift is over"),
        (DEE, "2026-10-07 09:00", "2026-10-07 16:00", "cancel it first"),
    ],
)
def test_a_shift_that_cannot_be_says_what_to_do_and_changes_nothing(
    database: Database, email: str, begins: str, ends: str, told: str
):
    add_duty(database)
    add_duty(database, "worker@council.example", role="worker")
    add_duty(database, "gone@council.example", ended_on=date(2026, 10, 5))
    add_shift(database, "2026-10-07 09:00", "2026-10-07 17:00")
    with pytest.raises(BadShift, match=told), database.writing() as session:
        shifts.add(session, email, at(begins), at(ends), by=None, now=NOW)
    assert standing(database) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("tomorrow", "write it like 2026-11-02T09:00"),
        ("2026-11-02", "write it like"),
        ("2026-11-02T09:00Z", "write it like"),
        ("2026-10-25T01:30", "the clocks change"),
        ("2027-03-28T01:30", "the clocks change"),
    ],
)
def test_a_time_that_cannot_be_read_says_how_to_write_it(words: str, told: str):
    with pytest.raises(BadShift, match=told):
        shifts.read_moment(words)


def test_a_shift_that_is_there_is_not_added_twice_and_can_be_cancelled_once(database: Database):
    add_duty(database)
    assert add_shift(database, "2026-10-06 09:00", "2026-10-06 17:00")
    assert not add_shift(database, "2026-10-06 09:00", "2026-10-06 17:00")
    with database.writing() as session:
        cancelled = shifts.cancel(session, 1, by=None, now=NOW)
        assert cancelled is not None
        assert cancelled.email == DEE
        assert shifts.cancel(session, 1, by=None, now=NOW) is None
    assert standing(database) == 0
    assert add_shift(database, "2026-10-06 09:00", "2026-10-06 17:00"), "what was cancelled may be put back"
    with database.reading() as session:
        assert audit.subjects(session, "took somebody off the rota") == [DEE]


def test_a_file_may_be_read_twice_and_its_bad_lines_are_told_by_number(database: Database):
    add_duty(database)
    lines = [
        "Email,From,To\n",
        f"{DEE},2026-10-06T09:00,2026-10-06T13:00\n",
        "nobody@council.example,2026-10-06T09:00,2026-10-06T13:00\n",
        f"{DEE},2026-10-06T13:00\n",
        f"{DEE},2026-10-06T13:00,2026-10-06T17:00\n",
    ]
    first = shifts.import_file(database, lines, NOW)
    assert (first.added, first.known, [number for number, _ in first.refused]) == (2, 0, [3, 4])
    again = shifts.import_file(database, lines, NOW)
    assert (again.added, again.known, len(again.refused)) == (0, 2, 2)
    with pytest.raises(BadShift, match="email,from,to"):
        shifts.import_file(database, ["who,when\n"], NOW)
