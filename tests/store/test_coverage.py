"""Coverage counts every stage that was not withdrawn, and everyone on it by where they stand, on both kinds of database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from store.session import Database
from store.shown import coverage, gaps
from store.shown.coverage import Wanted
from store.tables import Participant, Person, StageEvent, WorkerSpell
from tests.conftest import TUESDAY_MORNING
from tests.store.coverage_rows import Rows

TODAY = TUESDAY_MORNING.date()
EVER = Wanted(date(2020, 1, 1))
STATUSES = (
    "offered",
    "asked",
    "started",
    "partly_answered",
    "answered",
    "declined",
    "lapsed",
    "unreachable",
    "not_asked",
)


@pytest.fixture
def rows(database: Database) -> Rows:
    return Rows(database, TUESDAY_MORNING)


def people(rows: Rows, by: coverage.By = "stage", wanted: Wanted = EVER) -> Counter[tuple[object, str]]:
    with rows.database.reading() as session:
        counted: Counter[tuple[object, str]] = Counter()
        for count in coverage.people(session, by, wanted):
            counted[count.key, count.status] += count.people
        return counted


def stages(rows: Rows, by: coverage.By = "stage", wanted: Wanted = EVER) -> dict[tuple[object, str], int]:
    with rows.database.reading() as session:
        return {(count.key, count.outcome): count.stages for count in coverage.stages(session, by, wanted, TODAY)}


def silent(rows: Rows, wanted: Wanted = EVER) -> list[str]:
    with rows.database.reading() as session:
        return sorted(gap.case_reference for gap in gaps.described(session, gaps.silent(session, wanted, TODAY)))


def test_everyone_counts_where_they_stand(rows: Rows):
    team = rows.team("North", "Ashford")
    for number, status in enumerate(STATUSES):
        rows.stage(team, f"EH-{number}").invite(status, because="no_mobile" if status == "not_asked" else None)
    assert people(rows) == {("review", status): 1 for status in STATUSES}
    assert stages(rows) == {("review", "heard"): 2, ("review", "under_way"): 3, ("review", "silent"): 4}


@pytest.mark.parametrize("notice", ["wrong_number", "unsafe_contact"])
def test_somebody_elses_answers_are_not_the_childs_until_the_desk_has_looked(rows: Rows, notice: str):
    team = rows.team("North", "Ashford")
    rows.stage(team, "EH-1").invite("partly_answered", "young_person", "11-15", notice=notice)
    rows.stage(team, "EH-2").invite("partly_answered", "young_person", "11-15", notice=notice, released=True)
    assert people(rows, "audience") == {("young_person", "in_doubt"): 1, ("young_person", "partly_answered"): 1}
    assert stages(rows) == {("review", "silent"): 1, ("review", "heard"): 1}
    assert silent(rows) == ["EH-1"]


def test_a_mother_who_wrote_for_her_child_is_told_apart_in_the_gap_list(rows: Rows):
    stage = rows.stage(rows.team("North", "Ashford"), "EH-1")
    stage.invite("lapsed", "young_person", "11-15", notice="someone_else").invite("lapsed")
    with rows.database.reading() as session:
        told = gaps.unheard(session, [stage.event_id], EVER)
    assert [(person.audience, person.by_someone_else) for person in told] == [
        ("parent_carer", False),
        ("young_person", True),
    ]


def test_a_stage_counts_although_nobody_was_invited_and_says_why(rows: Rows):
    team = rows.team("North", "Ashford")
    rows.stage(team, "EH-1")
    rows.stage(team, "EH-2", days_ago=-5)
    planned = rows.stage(team, "EH-3")
    with rows.database.writing() as session:
        person = Person(name="Jo", language="en", safe_contact="text")
        session.add(person)
        session.flush()
        session.add(Participant(case_id=planned.case_id, person_id=person.id, role="parent_carer"))
    assert stages(rows) == {("review", "nobody"): 1, ("review", "ahead"): 1, ("review", "not_planned"): 1}
    assert silent(rows) == ["EH-1", "EH-3"], "one that lies ahead is no gap yet"


def test_a_stage_that_was_corrected_into_the_future_after_it_was_asked_about_lies_ahead(rows: Rows):
    team = rows.team("North", "Ashford")
    made = {name: rows.stage(team, name) for name in ("EH-1", "EH-2", "EH-3", "EH-4")}
    for name, status in (("EH-1", "asked"), ("EH-2", "lapsed"), ("EH-3", "answered"), ("EH-4", "asked")):
        made[name].invite(status)
    with rows.database.writing() as session:
        for name in ("EH-1", "EH-2", "EH-3"):
            session.get_one(StageEvent, made[name].event_id).happened_on = TODAY + timedelta(days=14)
    assert stages(rows) == {("review", "ahead"): 2, ("review", "heard"): 1, ("review", "under_way"): 1}
    assert stages(rows, "audience") == {
        ("parent_carer", "ahead"): 2,
        ("parent_carer", "heard"): 1,
        ("parent_carer", "under_way"): 1,
    }
    assert silent(rows) == ["EH-4"], "as many as the table has without a voice"


def test_a_withdrawn_stage_counts_nowhere(rows: Rows):
    team = rows.team("North", "Ashford")
    rows.stage(team, "EH-1", withdrawn=True).invite("answered")
    rows.stage(team, "EH-2", withdrawn=True)
    rows.stage(team, "EH-3", withdrawn=True).invite("lapsed")
    assert (people(rows), stages(rows), silent(rows)) == ({}, {}, [])


def test_what_happened_beside_the_stages_asks_nobody_and_counts_nowhere(rows: Rows):
    rows.stage(rows.team("North", "Ashford"), "EH-1", "moved_away")
    assert (stages(rows), silent(rows)) == ({}, [])


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("service", {"Early Help": 2, "Youth Justice": 1}),
        ("district", {"Ashford": 2, "Hove": 1}),
        ("area", {"East": 2, None: 1}),
        ("stage", {"assessment": 1, "review": 1, "closure": 1}),
        ("month", {date(2026, 10, 1): 2, date(2026, 9, 1): 1}),
    ],
)
def test_stages_and_people_are_grouped_alike(rows: Rows, by: coverage.By, expected: dict[object, int]):
    north, south = rows.team("North", "Ashford", area="East"), rows.team("South", "Hove", service="Youth Justice")
    rows.stage(north, "EH-1", "assessment").invite("answered")
    rows.stage(north, "EH-2", "review", days_ago=2).invite("answered")
    rows.stage(south, "EH-3", "closure", days_ago=20).invite("answered")
    assert {key: number for (key, _), number in people(rows, by).items()} == expected
    assert {key: number for (key, _), number in stages(rows, by).items()} == expected


def test_by_audience_a_stage_counts_for_each_kind_of_person_on_it(rows: Rows):
    stage = rows.stage(rows.team("North", "Ashford"), "EH-1")
    stage.invite("answered").invite("lapsed", "young_person", "11-15")
    assert stages(rows, "audience") == {("parent_carer", "heard"): 1, ("young_person", "silent"): 1}
    assert stages(rows) == {("review", "heard"): 1}
    assert silent(rows) == []
    assert silent(rows, EVER._replace(audience="young_person")) == ["EH-1"]


@pytest.mark.parametrize(
    ("wanted", "references"),
    [
        ({"district": "Ashford"}, ["EH-1", "EH-2"]),
        ({"area": "East"}, ["EH-1", "EH-2"]),
        ({"service": "Youth Justice"}, ["EH-3"]),
        ({"stage": "closure"}, ["EH-2"]),
        ({"age_band": "16-25"}, ["EH-3"]),
        ({"audience": "parent_carer"}, ["EH-1"]),
        ({"since": TODAY - timedelta(days=5)}, ["EH-1", "EH-2"]),
        ({"until": TODAY - timedelta(days=5)}, ["EH-3"]),
    ],
)
def test_what_is_wanted_narrows_down_the_gaps(rows: Rows, wanted: dict[str, object], references: list[str]):
    north, south = rows.team("North", "Ashford", area="East"), rows.team("South", "Hove", service="Youth Justice")
    rows.stage(north, "EH-1").invite("lapsed")
    rows.stage(north, "EH-2", "closure")
    rows.stage(south, "EH-3", days_ago=9).invite("lapsed", "young_person", "16-25")
    assert silent(rows, EVER._replace(**wanted)) == references


def test_each_sees_the_cases_of_the_day_and_no_others(rows: Rows):
    mine, other = rows.team("North", "Ashford"), rows.team("South", "Hove")
    rows.stage(mine, "EH-1").invite("lapsed")
    rows.stage(other, "EH-2").invite("lapsed")
    handed_over = rows.stage(other, "EH-3")
    with rows.database.writing() as session:
        began, ended = TODAY - timedelta(days=90), TODAY - timedelta(days=1)
        spell = {"case_id": handed_over.case_id, "staff_id": mine.worker_id, "began_on": began, "ended_on": ended}
        session.add(WorkerSpell(**spell))
    assert silent(rows, EVER._replace(own_of=mine.worker_id)) == ["EH-1", "EH-3"]
    assert silent(rows, EVER._replace(led_by=[mine.manager_id])) == ["EH-1", "EH-3"]
    assert silent(rows, EVER._replace(led_by=[other.manager_id])) == ["EH-2"]
    assert stages(rows, "worker", EVER._replace(own_of=mine.worker_id)) == {
        (mine.worker_id, "silent"): 1,
        (mine.worker_id, "nobody"): 1,
    }


def test_what_a_worker_held_back_is_told_apart(rows: Rows):
    team = rows.team("North", "Ashford")
    rows.stage(team, "EH-1").invite("not_asked", because="unsafe", held=True)
    rows.stage(team, "EH-2").invite("not_asked", because="no_mobile")
    with rows.database.reading() as session:
        told = {(row.because, row.is_held): row.people for row in coverage.people(session, "worker", EVER)}
    assert told == {("unsafe", True): 1, ("no_mobile", False): 1}
