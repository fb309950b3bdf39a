"""Invented lists: always the same for a seed, plausible, and nobody's."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.cases.generator import DEMONSTRATION, generate, write_case_list
from bot.cases.rows import ALL_COLUMNS, COLUMNS, CaseRow, read_row
from bot.clock import SetClock
from store.session import Database
from tests.bot.cases.lists import import_file

TODAY = date(2026, 10, 6)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(generate(3000, 7, TODAY))


@pytest.mark.parametrize("size", [1, 2, 59, 900])
def test_a_list_has_as_many_rows_as_asked_for(size: int):
    assert len(list(generate(size, 1, TODAY))) == size


def test_a_seed_always_gives_the_same_list():
    assert list(generate(200, 5, TODAY)) == list(generate(200, 5, TODAY))
    assert list(generate(200, 5, TODAY)) != list(generate(200, 6, TODAY))


def test_every_row_can_be_read(rows: list[dict[str, str]]):
    read = [read_row(row, line, TODAY) for line, row in enumerate(rows, start=2)]
    assert [outcome for outcome in read if not isinstance(outcome, CaseRow)] == []
    assert all(tuple(sorted(row)) == tuple(sorted(COLUMNS)) for row in rows)


def test_numbers_are_kept_for_fiction_and_addresses_for_examples(rows: list[dict[str, str]]):
    numbers = {row["mobile"] for row in rows} - {""}
    assert all(re.fullmatch(r"07700 900\d{3}", number) for number in numbers)
    assert all(row[f"{who}_email"].endswith("@council.example") for row in rows for who in ("worker", "line_manager"))


def test_up_to_eight_hundred_people_nobody_shares_a_number():
    numbers = [row["mobile"] for row in generate(800, 3, TODAY) if row["mobile"]]
    assert len(numbers) == len(set(numbers))


def test_a_generated_list_shares_no_case_and_no_number_with_the_demonstration():
    ours = list(generate(150, 7, TODAY, DEMONSTRATION))
    theirs = list(generate(800, 7, TODAY))
    for column in ("case_reference", "mobile"):
        assert {row[column] for row in ours} & {row[column] for row in theirs} <= {""}


def test_in_long_lists_numbers_are_shared_evenly(rows: list[dict[str, str]]):
    shared = Counter(row["mobile"] for row in rows if row["mobile"])
    assert max(shared.values()) - min(shared.values()) <= 1


def test_workers_hold_as_many_open_cases_as_real_ones(rows: list[dict[str, str]]):
    held = Counter(worker for worker, _ in {(r["worker_email"], r["case_reference"]) for r in rows if _is_open(r)})
    assert 12 <= sum(held.values()) / len(held) <= 18
    teams = Counter(manager for manager, _ in {(r["line_manager_email"], r["worker_email"]) for r in rows})
    assert all(5 <= size <= 7 for size in teams.values())
    assert len({row["district"] for row in rows}) == 3


def _is_open(row: dict[str, str]) -> bool:
    return "closure" not in row["stages"]


def test_stages_come_in_order_and_some_of_them_in_every_week(rows: list[dict[str, str]]):
    weeks = Counter()
    for row in rows:
        stages = [part.split(":") for part in row["stages"].split("; ")]
        days = [date.fromisoformat(day) for _, day in stages]
        names = [name for name, _ in stages]
        assert days == sorted(days)
        assert names[0] == "assessment"
        assert set(names[1:-1]) <= {"review"}
        weeks.update((TODAY - day).days // 7 for day in days)
    assert all(weeks[week] > 20 for week in range(20))


def test_most_people_may_be_texted_and_some_may_not(rows: list[dict[str, str]]):
    safe = Counter(row["safe_contact"] for row in rows)
    assert safe["text"] > 0.85 * len(rows)
    assert safe["discreet"] > safe["none"] > 0
    assert any(not row["mobile"] for row in rows)
    assert sum(row["language"] == "en" for row in rows) > 0.8 * len(rows)


def test_an_invented_list_is_imported_without_a_refusal_and_once(sqlite: Database, clock: SetClock, tmp_path: Path):
    path = tmp_path / "list.csv"
    write_case_list(path, 400, 1, TODAY)
    first, second = import_file(sqlite, clock, path), import_file(sqlite, clock, path)
    assert (first.added, first.refused) == (400, [])
    assert (second.unchanged, second.invitations) == (400, 0)


def test_a_case_is_told_alike_by_all_its_rows(rows: list[dict[str, str]]):
    said = {(row["case_reference"], row["worker_email"], row["stages"], row["level"], row["unit"]) for row in rows}
    assert len(said) == len({row["case_reference"] for row in rows})


def test_a_list_is_written_as_a_file_that_spreadsheets_read(tmp_path: Path):
    path = tmp_path / "list.csv"
    write_case_list(path, 20, 1, TODAY - timedelta(days=3))
    with path.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [{column: row[column] for column in COLUMNS} | {"stages": ""} for row in written] == [
        row | {"stages": ""} for row in generate(20, 1, TODAY - timedelta(days=3))
    ]
    assert all(set(row) == set(ALL_COLUMNS) for row in written)


def test_a_file_can_be_read_with_the_columns_that_a_list_may_leave_out(tmp_path: Path):
    path = tmp_path / "list.csv"
    write_case_list(path, 300, 1, TODAY)
    with path.open(encoding="utf-8", newline="") as file:
        read = [read_row(row, line, TODAY) for line, row in enumerate(csv.DictReader(file), start=2)]
    assert [row for row in read if not isinstance(row, CaseRow)] == []
    said = {(row.reference, row.stages, row.area) for row in read if isinstance(row, CaseRow)}
    assert len(said) == len({row.reference for row in read if isinstance(row, CaseRow)})
    assert {kind for _, stages, _ in said for kind, _ in stages} == {"assessment", "review", "family_plan", "closure"}
