"""Full lists, what else a list may say, and events beyond the three stages."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.cases.full import TooManyGone
from bot.cases.load import ImportSummary, import_case_list
from store.tables import Case, ContactPoint, District, Invitation, Participant, Person, Staff, StageEvent
from tests.bot.cases.casework import frozen, rows, standing, status
from tests.bot.cases.lists import a_file, a_row, a_young_person, as_text, catalogue
from tests.builders import COUNCIL, House

REVIEW = {"stages": "review:2026-10-01"}


def brings(house: House, folder: Path, *told: dict[str, str], full: bool = False) -> ImportSummary:
    """Import these rows, with whatever columns they have."""
    columns = list(dict.fromkeys(column for row in told for column in row))
    path = a_file(folder)
    path.write_bytes(as_text(told, columns=columns).encode())
    follows = {"catalogue": catalogue(), "council": COUNCIL, "clock": house.clock}
    return import_case_list(path, database=house.database, is_full=full, **follows)  # type: ignore[arg-type]


def ten_cases(**first: str) -> list[dict[str, str]]:
    """Ten cases with a parent each, of whom the first has a child as well."""
    cases = [a_row(case_reference=f"EH-{number}", mobile="", **REVIEW) for number in range(10)]
    return [a_young_person(case_reference="EH-0", **{**REVIEW, **first}), *cases]


def test_who_is_no_longer_in_a_full_list_takes_part_no_more_and_is_not_deleted(house: House, tmp_path: Path):
    rows_told = ten_cases(birth_date="2009-05-15")
    brings(house, tmp_path, *rows_told, full=True)
    assert standing(house)[0] == ("review", "offered", None)
    summary = brings(house, tmp_path, *rows_told[1:-1], full=True)
    assert (summary.gone_cases, summary.left) == (["EH-9"], 2), "the child of EH-0, and the parent of EH-9"
    assert [left for (left,) in rows(house, Participant.left_on)].count(date(2026, 10, 6)) == 2
    assert (len(rows(house, Case.id)), len(rows(house, Person.id))) == (10, 11)
    assert ("review", "not_asked", "left_case") in standing(house)
    assert house.ask() == 0
    again = brings(house, tmp_path, *rows_told[1:-1], full=True)
    assert (again.gone_cases, again.left, again.unchanged) == (["EH-9"], 0, 9)


def test_a_daily_list_takes_nobody_away(house: House, tmp_path: Path):
    brings(house, tmp_path, *ten_cases())
    summary = brings(house, tmp_path, ten_cases()[1])
    assert (summary.gone_cases, summary.left) == ((), 0)
    assert rows(house, Participant.left_on) == [(None,)] * 11


def test_a_full_list_that_lacks_more_than_a_tenth_is_refused_whole(house: House, tmp_path: Path):
    brings(house, tmp_path, *ten_cases())
    before = rows(house, Case.level), rows(house, Participant.left_on)
    with pytest.raises(TooManyGone, match=r"2 of 10 open cases .* without --full"):
        brings(house, tmp_path, *[{**row, "level": "universal"} for row in ten_cases()[:-2]], full=True)
    assert (rows(house, Case.level), rows(house, Participant.left_on)) == before


def test_one_open_case_is_told_of_as_one(house: House, tmp_path: Path):
    brings(house, tmp_path, ten_cases()[0])
    with pytest.raises(TooManyGone, match=r"^1 of 1 open case is not in this file"):
        brings(house, tmp_path, {**ten_cases()[0], "case_reference": "EH-99"}, full=True)


def test_closed_cases_may_be_missing_from_a_full_list(house: House, tmp_path: Path):
    told = ten_cases()
    closed = [{**row, "stages": "review:2026-10-01; closure:2026-10-02"} for row in told[-5:]]
    brings(house, tmp_path, *told[:-5], *closed, full=True)
    summary = brings(house, tmp_path, *told[:-5], full=True)
    assert (summary.gone_cases, summary.left) == ([], 5)


@pytest.mark.parametrize(
    ("fault", "left"),
    [({"level": "?"}, 0), ({"level": "?", "case_reference": "EH-1"}, 1), ({"case_reference": ""}, None)],
)
def test_nobody_leaves_a_case_of_which_a_row_was_refused(
    house: House, tmp_path: Path, fault: dict[str, str], left: int | None
):
    told = ten_cases()
    brings(house, tmp_path, *told)
    another = a_row(**{"case_reference": "EH-0", "name_to_use": "Kim", **REVIEW, **fault})
    assert brings(house, tmp_path, *told[1:], another, full=True).left == left


def test_what_a_list_may_say_besides_is_kept_and_stays_where_it_says_nothing(house: House, tmp_path: Path):
    more = {
        "person_reference": "P-7",
        "easy_read": "yes",
        "parental_responsibility": "no",
        "preferred_channel": "sms",
        "area": "East Kent",
        "worker_mobile": "07700 900800",
    }
    assert brings(house, tmp_path, a_row(**more)).added == 1
    kept = rows(house, Person.reference, Person.easy_read, Person.preferred_channel)
    assert kept == [("P-7", True, "sms")]
    assert rows(house, Participant.parental_responsibility) == [(False,)]
    assert ("+447700900800",) in rows(house, Staff.mobile)
    with house.database.reading() as session:
        assert session.get_one(District, "Northwold").area == "East Kent"
    assert brings(house, tmp_path, a_row(**more)).unchanged == 1
    assert brings(house, tmp_path, a_row()).unchanged == 1
    assert brings(house, tmp_path, a_row(**dict.fromkeys(more, ""))).unchanged == 1
    assert rows(house, Person.reference, Person.easy_read, Person.preferred_channel) == kept
    assert brings(house, tmp_path, a_row(easy_read="no")).changed == 1


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("easy_read", "maybe", "not one of the choices"),
        ("parental_responsibility", "1", "not one of the choices"),
        ("preferred_channel", "pigeon", "not one of the choices"),
        ("person_reference", "P" * 41, "too long"),
        ("area", "A" * 81, "too long"),
        ("worker_mobile", "020 7946 0018", "landline"),
        ("worker_mobile", "07700 900123", "the worker's own"),
        ("stages", "intake:2026-10-01", "not one of the choices"),
    ],
)
def test_what_it_says_besides_is_looked_at_as_everything_else(
    house: House, tmp_path: Path, column: str, text: str, kind: str
):
    [refusal] = brings(house, tmp_path, a_row(**{column: text})).refused
    assert refusal.kind == kind
    assert rows(house, Case.id) == []


def test_a_person_is_known_by_their_reference_whatever_their_name_or_case(house: House, tmp_path: Path):
    brings(house, tmp_path, a_row(person_reference="P-7", **REVIEW))
    brings(house, tmp_path, a_row(person_reference="P-7", name_to_use="Aga", **REVIEW))
    brings(house, tmp_path, a_row(person_reference="P-7", name_to_use="Aga", case_reference="EH-2", **REVIEW))
    assert rows(house, Person.name) == [("Aga",)]
    brings(house, tmp_path, a_row(person_reference="P-8", name_to_use="Aga", **REVIEW))
    assert rows(house, Person.reference) == [("P-7",), ("P-8",)]


def test_a_number_of_staff_is_refused_and_the_row_changes_nothing(house: House, tmp_path: Path):
    brings(house, tmp_path, a_row(worker_mobile="07700 900800"))
    before = rows(house, Case.level), rows(house, ContactPoint.address)
    [refusal] = brings(house, tmp_path, a_row(mobile="07700 900800", level="universal")).refused
    assert (refusal.column, refusal.kind) == ("mobile", "worker number")
    assert (rows(house, Case.level), rows(house, ContactPoint.address)) == before


def test_a_case_that_a_list_steps_up_is_let_be(house: House, tmp_path: Path):
    brings(house, tmp_path, a_row(**REVIEW))
    assert standing(house) == [("review", "offered", None)]
    summary = brings(house, tmp_path, a_row(stages="review:2026-10-01; stepped_up:2026-10-05"))
    assert (summary.changed, status(house), frozen(house)) == (1, "stepped_up", ["stepped_up"])
    assert standing(house) == [("review", "not_asked", "stepped_up")]


def test_what_a_list_tells_ahead_is_asked_about_when_the_day_has_come(house: House, tmp_path: Path):
    told = a_row(stages="review:2026-10-20")
    assert brings(house, tmp_path, told).invitations == 0
    house.clock.move(timedelta(days=14))
    assert brings(house, tmp_path, told).invitations == 1
    assert rows(house, StageEvent.stage) == [("review",)]
    assert rows(house, Invitation.stage_on) == [(date(2026, 10, 20),)]
