"""Events of cases: each kept once, however often it is told; corrected, withdrawn, ahead of its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.cases.events import review_numbers
from bot.refusals import Refused
from store.tables import Invitation, StageEvent
from tests.bot.cases.casework import (
    add_person,
    apply,
    correct,
    keep,
    october,
    record,
    report,
    rows,
    standing,
    status,
    told_of,
    withdraw,
)
from tests.builders import House


@pytest.fixture
def case_id(house: House) -> int:
    """A case with a parent who can be texted."""
    kept = keep(house)
    add_person(house, kept.case_id)
    return kept.case_id


@pytest.mark.parametrize(("first", "again"), [("R-1", "R-1"), (None, None), (None, "R-1"), ("R-1", None)])
def test_an_event_that_is_told_again_is_kept_once(house: House, case_id: int, first: str | None, again: str | None):
    kept = report(house, case_id, "review", october(1), first)
    assert report(house, case_id, "review", october(1), again) == (kept.event_id, False)
    assert (apply(house), apply(house)) == (1, 0)
    assert rows(house, StageEvent.reference) == [(first or again,)]
    assert standing(house) == [("review", "offered", None)]


@pytest.mark.parametrize(
    ("stage", "day", "reference", "field"),
    [
        ("review", october(2), "R-1", "reference"),
        ("assessment", october(1), "R-1", "reference"),
        ("review", datetime(1999, 12, 31, tzinfo=UTC).date(), None, "happened_on"),
        ("review", datetime(2029, 1, 1, tzinfo=UTC).date(), None, "happened_on"),
    ],
)
def test_an_event_that_cannot_be_is_refused(house: House, case_id: int, stage: str, day, reference, field: str):
    report(house, case_id, "review", october(1), "R-1")
    with pytest.raises(Refused) as refused:
        report(house, case_id, stage, day, reference)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert told_of(house) == [("review", october(1))]


def test_an_event_of_a_case_that_nobody_knows_is_refused(house: House):
    with pytest.raises(Refused):
        report(house, 77, "review", october(1))


def test_an_event_that_lies_ahead_is_kept_and_does_nothing_before_its_day(house: House, case_id: int):
    report(house, case_id, "review", october(1))
    report(house, case_id, "closure", october(8))
    assert (apply(house), status(house), standing(house)) == (1, "open", [("review", "offered", None)])
    house.clock.at = datetime(2026, 10, 8, 8, tzinfo=UTC)
    assert (apply(house), status(house)) == (1, "closed")
    assert standing(house) == [("review", "not_asked", "case_closed"), ("closure", "offered", None)]


def test_a_corrected_day_moves_the_day_on_which_people_are_asked(house: House, case_id: int):
    event = report(house, case_id, "closure", october(1)).event_id
    assert rows(house, Invitation.stage_on) == [(october(1),)]
    assert correct(house, event, october(5)) == 0
    assert rows(house, Invitation.stage_on, Invitation.status) == [(october(5), "offered")]
    assert rows(house, Invitation.due_at)[0][0] >= datetime(2026, 10, 8, tzinfo=UTC) - timedelta(hours=1)


def test_a_closure_that_is_corrected_to_a_day_ahead_leaves_the_case_open_until_then(house: House, case_id: int):
    report(house, case_id, "review", october(1))
    event = report(house, case_id, "closure", october(5)).event_id
    apply(house)
    assert standing(house) == [("review", "not_asked", "case_closed"), ("closure", "offered", None)]
    assert (correct(house, event, october(12)), status(house)) == (1, "open")
    assert standing(house)[0] == ("review", "offered", None)
    house.clock.at = datetime(2026, 10, 12, 8, tzinfo=UTC)
    assert (apply(house), status(house)) == (1, "closed")
    assert standing(house)[0] == ("review", "not_asked", "case_closed")


def test_two_events_of_a_kind_cannot_be_corrected_onto_one_day(house: House, case_id: int):
    report(house, case_id, "review", october(1))
    other = report(house, case_id, "review", october(2)).event_id
    with pytest.raises(Refused):
        correct(house, other, october(1))
    assert told_of(house) == [("review", october(1)), ("review", october(2))]


def test_an_event_that_is_withdrawn_is_not_asked_about_and_stays_withdrawn(house: House, case_id: int):
    event = report(house, case_id, "review", october(1), "R-1").event_id
    apply(house)
    assert (withdraw(house, event), withdraw(house, event)) == (True, False)
    assert standing(house) == [("review", "not_asked", "withdrawn")]
    for reference in ("R-1", None):
        assert report(house, case_id, "review", october(1), reference) == (event, False)
    assert apply(house) == 0
    with pytest.raises(Refused):
        correct(house, event, october(2))


def test_an_event_that_is_corrected_takes_the_day_of_one_that_was_withdrawn(house: House, case_id: int):
    wrong = report(house, case_id, "review", october(1))
    apply(house)
    withdraw(house, wrong.event_id)
    kept = report(house, case_id, "review", october(2))
    apply(house)
    correct(house, kept.event_id, october(1))
    assert told_of(house) == [("review", october(1))]
    assert rows(house, StageEvent.id, StageEvent.happened_on) == [
        (wrong.event_id, october(2)),
        (kept.event_id, october(1)),
    ]
    assert sorted(standing(house)) == [("review", "not_asked", "withdrawn"), ("review", "offered", None)]


def test_what_was_withdrawn_by_mistake_is_told_again_under_a_new_reference(house: House, case_id: int):
    event = report(house, case_id, "review", october(1), "R-1").event_id
    apply(house)
    withdraw(house, event)
    assert report(house, case_id, "review", october(1), "R-2") == (event, True)
    assert apply(house) == 1
    assert standing(house) == [("review", "offered", None)]


def test_a_closure_that_is_withdrawn_lets_earlier_stages_be_asked_again(house: House, case_id: int):
    record(house, case_id, "review", october(1))
    event = record(house, case_id, "closure", october(2)).event_id
    apply(house)
    withdraw(house, event)
    assert status(house) == "open"
    assert standing(house) == [("review", "offered", None), ("closure", "not_asked", "withdrawn")]


def test_a_withdrawn_review_gives_its_number_to_the_next(house: House, case_id: int):
    first, second = (report(house, case_id, "review", october(day)).event_id for day in (1, 3))
    with house.database.reading() as session:
        assert review_numbers(session, case_id) == {first: 1, second: 2}
    withdraw(house, first)
    with house.database.reading() as session:
        assert review_numbers(session, case_id) == {second: 1}
