"""When the rota covers a moment: somebody is there for all of the next two hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.cover import gaps, rota
from bot.cover.hours import may_go_at, read_next
from bot.cover.rota import NO_ROTA, Rota, RotaAtHand, Span, joined
from bot.sending.checks import verdict
from store.session import Database
from store.tables import Staff
from tests.bot.cover.keeping import DEE, add_duty, add_leave, add_shift, at
from tests.bot.sending.test_checks import claimed
from tests.builders import COUNCIL

MONDAY = at("2026-10-05 08:00")
KIM = "kim@council.example"


def spans(*pairs: tuple[str, str]) -> Rota:
    made = (Span(at(begins).astimezone(UTC), at(ends).astimezone(UTC)) for begins, ends in pairs)
    return Rota(is_kept=True, spans=joined(made))


TUESDAY = spans(("2026-10-06 09:00", "2026-10-06 12:00"), ("2026-10-06 12:00", "2026-10-06 14:00"))
BROKEN = spans(("2026-10-06 09:00", "2026-10-06 12:00"), ("2026-10-06 12:01", "2026-10-06 16:00"))


@pytest.mark.parametrize(
    ("kept", "moment", "is_covered"),
    [
        (TUESDAY, "2026-10-06 08:59", False),
        (TUESDAY, "2026-10-06 09:00", True),
        (TUESDAY, "2026-10-06 11:30", True),  # one hands over to the next
        (TUESDAY, "2026-10-06 12:00", True),  # exactly two hours
        (TUESDAY, "2026-10-06 12:01", False),
        (BROKEN, "2026-10-06 10:00", True),
        (BROKEN, "2026-10-06 10:01", False),  # nobody is on for one minute
        (BROKEN, "2026-10-06 12:01", True),
        (Rota(is_kept=True), "2026-10-06 11:00", False),
    ],
)
def test_a_moment_is_covered_where_somebody_is_on_for_two_hours(kept: Rota, moment: str, is_covered: bool):
    assert kept.covers(at(moment)) is is_covered


@pytest.mark.parametrize(
    ("kept", "moment", "reads"),
    [
        (NO_ROTA, "2026-10-06 10:00", None),
        (NO_ROTA, "2026-10-06 18:00", "Wed 9am"),  # the desk's hours
        (TUESDAY, "2026-10-06 18:00", ""),  # the rota has run out, whatever the desk's hours are
        (TUESDAY, "2026-10-06 13:55", None),  # somebody is on, for five minutes more
        (TUESDAY, "2026-10-06 14:00", ""),
        (TUESDAY, "2026-10-05 10:00", "Tue 9am"),  # the desk would read; nobody is on the rota
        (TUESDAY, "2026-10-06 03:00", "Tue 9am"),
        (TUESDAY, "2026-09-29 10:00", ""),  # a week off: "Tue" would be taken for today
        (TUESDAY, "2026-09-30 10:00", "Tue 9am"),
        (spans(("2026-10-06 20:30", "2026-10-06 23:00")), "2026-10-06 17:30", "Tue 8:30pm"),
        (spans(("2026-10-06 20:30", "2026-10-06 23:00")), "2026-10-06 21:00", None),  # though the desk is closed
        (Rota(is_kept=True), "2026-10-06 10:00", ""),
    ],
)
def test_who_is_on_the_rota_reads_and_the_desk_in_its_hours_where_none_is_kept(
    kept: Rota, moment: str, reads: str | None
):
    assert read_next(at(moment), COUNCIL.duty.hours, kept) == reads


def test_two_hours_are_two_hours_when_the_clocks_change():
    night = spans(("2026-10-25 00:00", "2026-10-25 02:00"))
    assert night.covers(at("2026-10-25 00:30")), "three hours pass until two o'clock"
    short = spans(("2027-03-28 00:00", "2027-03-28 02:30"))
    assert not short.covers(at("2027-03-28 00:00")), "half past two comes an hour and a half later"


@pytest.mark.parametrize(
    ("audience", "band", "asked_at", "goes_at"),
    [
        ("parent_carer", None, "2026-10-06 09:30", "2026-10-06 10:00"),
        ("parent_carer", None, "2026-10-06 11:00", "2026-10-06 12:01"),
        ("parent_carer", None, "2026-10-06 14:00", "2026-10-06 14:00"),
        ("parent_carer", None, "2026-10-06 14:01", None),
        ("young_person", "11-15", "2026-10-06 09:00", None),
        ("partner", None, "2026-10-06 09:00", "2026-10-06 09:30"),
        ("open_access", None, "2026-10-06 08:00", "2026-10-06 09:00"),  # has no hours, but wants cover as everyone does
    ],
)
def test_nothing_is_said_first_without_somebody_on_the_rota(
    audience: str, band: str | None, asked_at: str, goes_at: str | None
):
    assert may_go_at(audience, band, at(asked_at), COUNCIL, BROKEN) == (at(goes_at) if goes_at else None)


def test_a_rota_takes_the_place_of_the_desks_hours_and_handsets_know_neither():
    assert may_go_at("parent_carer", None, at("2026-10-06 11:00"), COUNCIL, NO_ROTA) == at("2026-10-06 11:00")
    assert may_go_at("parent_carer", None, at("2026-10-06 11:00"), COUNCIL, Rota(is_kept=True)) is None
    on_trial = replace(COUNCIL, keeps_windows=False)
    assert may_go_at("parent_carer", None, MONDAY, on_trial, Rota(is_kept=True)) == MONDAY


def test_what_is_on_its_way_waits_for_the_rota_and_is_not_dropped():
    now = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)
    empty = Rota(is_kept=True)
    for kind in ("invitation", "reminder"):
        found = verdict(claimed(kind), now, COUNCIL, empty)
        assert found is not None
        assert found.until == now + timedelta(hours=1)
    assert verdict(claimed("reply"), now, COUNCIL, empty) is None, "whoever writes is answered"
    assert verdict(claimed("alert"), now, COUNCIL, empty) is None


def test_no_shift_ever_means_that_the_desks_hours_count_and_a_cancelled_one_does_not(database: Database):
    add_duty(database)
    with database.reading() as session:
        assert rota.read(session, MONDAY) == NO_ROTA
    add_shift(database, "2026-10-06 09:00", "2026-10-06 17:00")
    with database.writing() as session:
        rota.rows.cancel(session, 1, MONDAY)
    with database.reading() as session:
        assert rota.read(session, MONDAY) == Rota(is_kept=True)


@pytest.mark.parametrize("why", ["leave", "left", "not here yet", "other role"])
def test_who_is_not_there_covers_nobody(database: Database, why: str):
    dee = add_duty(database)
    add_duty(database, KIM)
    add_shift(database, "2026-10-06 09:00", "2026-10-06 17:00")
    add_shift(database, "2026-10-07 09:00", "2026-10-07 17:00", KIM)
    with database.writing() as session:
        person = session.get_one(Staff, dee)
        person.ended_on = date(2026, 10, 5) if why == "left" else None
        person.began_on = date(2026, 10, 7) if why == "not here yet" else None
        person.role = "worker" if why == "other role" else "duty"
    if why == "leave":
        add_leave(database, dee, date(2026, 10, 6), date(2026, 10, 6))
    with database.reading() as session:
        read = rota.read(session, MONDAY)
    assert not read.covers(at("2026-10-06 11:00"))
    assert read.covers(at("2026-10-07 11:00")), "somebody else's shift stands"


def test_leave_takes_its_days_alone_out_of_a_long_shift(database: Database):
    dee = add_duty(database)
    add_shift(database, "2026-10-06 20:00", "2026-10-07 10:00")
    add_leave(database, dee, date(2026, 10, 6), date(2026, 10, 6))
    with database.reading() as session:
        assert rota.read(session, MONDAY).spans == (
            Span(at("2026-10-07 00:00").astimezone(UTC), at("2026-10-07 10:00").astimezone(UTC)),
        )


def test_the_rota_at_hand_is_read_again_after_a_second_and_not_for_every_message(sqlite: Database):
    add_duty(sqlite)
    at_hand = RotaAtHand()
    with sqlite.reading() as session:
        assert at_hand.at(session, MONDAY) == NO_ROTA
    add_shift(sqlite, "2026-10-06 09:00", "2026-10-06 17:00")
    with sqlite.reading() as session:
        assert at_hand.at(session, MONDAY + timedelta(milliseconds=900)) == NO_ROTA
        assert at_hand.at(session, MONDAY + timedelta(seconds=1)).is_kept


def test_a_rota_that_may_be_older_is_read_as_seldom_and_no_further_ahead_than_is_wanted(sqlite: Database):
    add_duty(sqlite)
    add_shift(sqlite, "2026-10-06 09:00", "2026-10-06 17:00")
    add_shift(sqlite, "2026-10-20 09:00", "2026-10-20 17:00")
    at_hand = RotaAtHand(days=7, fresh=timedelta(minutes=1))
    with sqlite.reading() as session:
        assert [span.begins_at.day for span in at_hand.at(session, MONDAY).spans] == [6]
    add_shift(sqlite, "2026-10-07 09:00", "2026-10-07 17:00")
    with sqlite.reading() as session:
        assert len(at_hand.at(session, MONDAY + timedelta(seconds=59)).spans) == 1
        assert len(at_hand.at(session, MONDAY + timedelta(minutes=1)).spans) == 2


def test_gaps_are_shown_where_families_are_asked_and_nowhere_else(database: Database):
    add_duty(database)
    assert shown(database, 7) == [], "no rota is kept yet"
    for day in ("2026-10-05", "2026-10-07", "2026-10-08"):
        add_shift(database, f"{day} 10:00", f"{day} 17:00")
    add_shift(database, "2026-10-06 10:00", "2026-10-06 13:00")
    add_shift(database, "2026-10-06 14:30", "2026-10-06 17:00")
    assert shown(database, 7) == ["Tue 6 October, 13:00 to 14:30"], "nobody is asked from Friday to Sunday"
    assert shown(database, 8)[-1] == "Mon 12 October, 10:00 to 16:45", "the rota has run out"
    with database.reading() as session:
        assert "Nobody is on duty on Tue 6 October, 13:00 to 14:30." in gaps.told(session, MONDAY)[0]
        assert gaps.never_covered(rota.read(session, MONDAY), MONDAY, 7) == ["Young person, 11 to 15"]


def shown(database: Database, days: int) -> list[str]:
    with database.reading() as session:
        return [gaps.in_words(span) for span in gaps.cover_gaps(session, MONDAY, days)]


def test_a_week_shows_who_is_on_and_whose_shift_does_not_count(database: Database):
    dee = add_duty(database)
    add_shift(database, "2026-10-06 09:00", "2026-10-06 17:00")
    add_shift(database, "2026-10-08 09:00", "2026-10-08 17:00")
    add_leave(database, dee, date(2026, 10, 8), date(2026, 10, 9))
    with database.reading() as session:
        days = gaps.week(session, date(2026, 10, 5), MONDAY)
    assert [[one.counts for one in day.shifts] for day in days] == [[], [True], [], [False], [], [], []]
    assert [bool(day.gaps) for day in days] == [True, False, True, True, False, False, False]
    assert days[1].shifts[0].shift.email == DEE


@pytest.mark.parametrize(
    ("begins", "ends", "opened"),
    [
        ("2026-10-06 09:00", "2026-10-06 13:00", ["Tue 6 October, 10:00 to 12:00"]),
        ("2026-10-06 16:00", "2026-10-07 11:00", ["Tue 6 October, 16:00 to 16:45", "Wed 7 October, 10:00 to 11:00"]),
        ("2026-10-10 09:00", "2026-10-10 13:00", []),  # a Saturday, on which no family is asked
        ("2026-10-08 09:00", "2026-10-08 13:00", []),  # they are on leave: it covers nothing as it is
    ],
)
def test_what_a_shift_alone_covers_is_the_gap_that_cancelling_it_would_open(
    database: Database, begins: str, ends: str, opened: list[str]
):
    dee = add_duty(database)
    add_duty(database, KIM)
    add_leave(database, dee, date(2026, 10, 8), date(2026, 10, 8))
    add_shift(database, begins, ends)
    add_shift(database, "2026-10-06 12:00", "2026-10-06 14:00", KIM)
    with database.reading() as session:
        shift = rota.rows.find(session, 1)
        assert shift is not None
        assert [gaps.in_words(span) for span in gaps.opened_by(session, shift, MONDAY)] == opened
        assert gaps.opened_by(session, shift, MONDAY + timedelta(days=30)) == [], "what is past cannot be opened"
