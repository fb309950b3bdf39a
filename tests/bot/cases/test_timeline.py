"""What the events of a case come to: tables of days in October 2026, of which the 20th is today."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cases.timeline import EVENTS, Happened, overtaken, review_numbers, silent_until, status_on

TODAY = date(2026, 10, 20)


def case(told: str) -> list[Happened]:
    """Events out of `assessment 1, review 5`, numbered from 1 as they are told."""
    parts = [part.split() for part in told.split(",") if part.strip()]
    return [Happened(place, stage, date(2026, 10, int(day))) for place, (stage, day) in enumerate(parts, start=1)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("", "open"),
        ("assessment 1, review 5, family_plan 6", "open"),
        ("assessment 1, closure 5", "closed"),
        ("closure 5, assessment 1", "closed"),
        ("assessment 1, closure 5, review 7", "closed"),
        ("assessment 1, closure 5, assessment 9", "open"),
        ("closure 5, reopened 9", "open"),
        ("closure 5, reopened 5", "open"),
        ("reopened 5, review 5, closure 5", "open"),
        ("closure 1, closure 5, reopened 5", "closed"),
        ("stepped_up 5, stepped_down 5", "open"),
        ("stepped_up 1, stepped_up 5, stepped_down 5", "stepped_up"),
        ("moved_away 5, reopened 5", "open"),
        ("reopened 5, stepped_up 5", "stepped_up"),
        ("assessment 1, closure 1", "closed"),
        ("stepped_up 5", "stepped_up"),
        ("stepped_up 5, closure 5", "stepped_up"),
        ("stepped_up 5, closure 9, review 10, assessment 11", "stepped_up"),
        ("stepped_up 5, stepped_down 9", "open"),
        ("stepped_up 5, stepped_down 9, closure 12", "closed"),
        ("moved_away 5", "moved_away"),
        ("moved_away 5, assessment 9", "moved_away"),
        ("moved_away 5, reopened 9", "open"),
        ("stepped_up 5, moved_away 9", "moved_away"),
        ("closure 20", "closed"),
        ("closure 21", "open"),
        ("closure 5, reopened 21", "closed"),
    ],
)
def test_the_status_of_a_case_follows_from_its_events_and_their_days(told: str, status: str):
    assert status_on(case(told), TODAY) == status


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        ("assessment 1, review 5", {}),
        ("review 5, closure 9", {1: "case_closed"}),
        ("closure 9, review 5", {2: "case_closed"}),
        ("review 9, closure 5", {}),
        ("closure 5, assessment 9", {}),
        ("closure 5, assessment 9, closure 12", {2: "case_closed"}),
        ("closure 5, reopened 9", {1: "reopened"}),
        ("review 3, closure 5, reopened 5, review 9", {1: "case_closed", 2: "reopened"}),
        ("reopened 9, review 9", {}),
        ("review 5, stepped_up 9", {1: "stepped_up", 2: "stepped_up"}),
        ("stepped_up 9, review 9", {1: "stepped_up", 2: "stepped_up"}),
        ("stepped_up 5, review 9, stepped_down 12, review 15", {1: "stepped_up", 2: "stepped_up"}),
        ("review 5, moved_away 9, closure 12", {1: "moved_away", 2: "moved_away", 3: "moved_away"}),
        ("review 5, stepped_up 21", {}),
    ],
)
def test_what_the_case_has_gone_beyond_is_asked_about_no_more(told: str, reasons: dict[int, str]):
    assert overtaken(case(told), TODAY) == reasons


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("review 5, closure 9", None),
        ("closure 9, reopened 12", 12),
        ("closure 9, stepped_up 12", 20),
        ("stepped_up 5, stepped_down 9, closure 12", 5),
        ("stepped_up 21", None),
    ],
)
def test_nothing_is_said_of_what_was_before_a_case_was_taken_elsewhere(told: str, day: int | None):
    assert silent_until(case(told), TODAY) == (date(2026, 10, day) if day else None)


@pytest.mark.parametrize(
    ("told", "numbers"),
    [
        ("assessment 1, review 5, review 9", {2: 1, 3: 2}),
        ("review 9, review 5", {1: 2, 2: 1}),
        ("review 5, closure 6, assessment 7, review 9", {1: 1, 4: 1}),
        ("review 5, closure 6, reopened 7, review 9", {1: 1, 4: 1}),
        ("review 5, stepped_up 6, stepped_down 7, review 9", {1: 1, 4: 1}),
        ("review 5, assessment 7, review 9", {1: 1, 3: 2}),
    ],
)
def test_reviews_are_numbered_in_their_order_within_an_involvement(told: str, numbers: dict[int, int]):
    assert review_numbers(case(told)) == numbers


def test_every_kind_of_event_has_its_place_within_a_day():
    assert status_on(case(", ".join(f"{stage} 1" for stage in EVENTS)), TODAY) == "open"
