"""Demonstration case lists of any size: invented families and staff, a year of stages, numbers that nobody has.

The same rows, seed and day always give the same list. Numbers come from Ofcom's range for fiction, 07700 900000 to
900998, each handed out once before any is handed out again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from bot.calendar import is_working_day
from bot.cases import invented
from bot.cases.rows import ALL_COLUMNS, Colleague

WORKERS_IN_A_UNIT = 6
_ROWS_OF_A_WORKER = 34
"""About 15 open cases and 4 closed ones, with not quite two people each."""

_YEAR = 365
_T = TypeVar("_T")


@dataclass(frozen=True)
class _Desk:
    """A worker, and where they work."""

    unit: str
    district: str
    worker: Colleague
    line_manager: Colleague


@dataclass(frozen=True)
class Series:
    """What keeps one kind of invented list apart from another: how its cases are called, and the numbers it hands out."""

    prefix: str
    numbers: range


DEMONSTRATION = Series("EH", range(200))
GENERATED = Series("GEN", range(200, 999))


def generate(rows: int, seed: int, today: date, series: Series = GENERATED) -> Iterator[dict[str, str]]:
    """Invent a case list, row by row.

    Args:
        rows: how many; any number.
        today: the day up to which stages have been reached.
    """
    chance = Random(seed)
    numbers = _numbers(chance, series.numbers)
    case_number = 100_000
    desks = _desks(chance, max(1, round(rows / _ROWS_OF_A_WORKER)))
    for place, desk in enumerate(desks):
        left = rows * (place + 1) // len(desks) - rows * place // len(desks)
        while left > 0:
            case_number += 1
            case = _case(chance, desk, f"{series.prefix}-{case_number}", today)
            people = _people(chance, numbers, today, at_most=left)
            left -= len(people)
            yield from ({**case, **person} for person in people)


def write_case_list(path: Path, rows: int, seed: int, today: date) -> None:
    """Write an invented case list to a file, with the columns that a list may leave out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ALL_COLUMNS)
        writer.writeheader()
        writer.writerows(_whole(row, place, seed, today) for place, row in enumerate(generate(rows, seed, today), 1))


def _whole(row: Mapping[str, str], place: int, seed: int, today: date) -> dict[str, str]:
    """A row with the columns that a list may leave out. Staff's numbers stay empty: there are too few for fiction."""
    of_case, of_person = (Random(f"{seed}:{row['case_reference']}:{which}") for which in ("", place))
    is_young = row["participant_role"] == "young_person"
    return {
        **row,
        "stages": _with_a_plan(of_case, row["stages"], today),
        "person_reference": f"{row['case_reference']}-P{place}",
        "easy_read": _weighted(of_person, {"": 60, "no": 36, "yes": 4}),
        "parental_responsibility": "" if is_young else _weighted(of_person, {"yes": 80, "no": 6, "": 14}),
        "preferred_channel": _weighted(of_person, {"": 86, "sms": 14}),
        "area": invented.AREAS[row["district"]],
        "worker_mobile": "",
    }


def _with_a_plan(chance: Random, stages: str, today: date) -> str:
    """The stages of a case with its family plan, which some have agreed on for a day that lies ahead."""
    begins = date.fromisoformat(stages.partition(":")[2][:10])
    plan = begins + timedelta(days=chance.randint(10, 25))
    has_one = chance.random() < 0.7 and ("closure" not in stages or plan < today)
    return f"{stages}; family_plan:{plan.isoformat()}" if has_one else stages


def _numbers(chance: Random, numbers: range) -> Iterator[str]:
    order = chance.sample(numbers, len(numbers))
    while True:
        yield from (f"07700 900{number:03}" for number in order)


def _desks(chance: Random, workers: int) -> list[_Desk]:
    """The workers, in units of five to seven; a short list still shows every district."""
    units = min(workers, max(len(invented.DISTRICTS), round(workers / WORKERS_IN_A_UNIT)))
    desks = []
    for unit in range(units):
        size = workers * (unit + 1) // units - workers * unit // units
        district = invented.DISTRICTS[unit % len(invented.DISTRICTS)]
        manager, *team = (_colleague(chance, f"{unit}{member}") for member in range(size + 1))
        desks += [_Desk(_unit_name(unit), district, worker, manager) for worker in team]
    return desks


def _unit_name(unit: int) -> str:
    turn, place = divmod(unit // len(invented.DISTRICTS), len(invented.UNIT_WORDS))
    return f"{invented.UNIT_WORDS[place]} unit{f' {turn + 1}' if turn else ''}"


def _colleague(chance: Random, number: str) -> Colleague:
    first, last = chance.choice(invented.STAFF_FIRST_NAMES), chance.choice(invented.STAFF_LAST_NAMES)
    return Colleague(f"{first}.{last}.{number}@{invented.MAIL_DOMAIN}".lower(), f"{first} {last}")


def _case(chance: Random, desk: _Desk, reference: str, today: date) -> dict[str, str]:
    return {
        "case_reference": reference,
        "service": invented.SERVICE,
        "unit": desk.unit,
        "district": desk.district,
        "level": _weighted(chance, invented.LEVELS),
        "worker_name": desk.worker.name,
        "worker_email": desk.worker.email,
        "line_manager_name": desk.line_manager.name,
        "line_manager_email": desk.line_manager.email,
        "stages": "; ".join(f"{stage}:{on.isoformat()}" for stage, on in _stages(chance, today)),
    }


def _stages(chance: Random, today: date) -> list[tuple[str, date]]:
    """Assessment, a review every six to ten weeks, and the end of involvement where the case has lasted long enough."""
    begins = _working_day(today - timedelta(days=chance.randrange(_YEAR)))
    ends = begins + timedelta(days=chance.randint(150, 480))
    stages = [("assessment", begins)]
    day = begins
    while (day := _working_day(day + timedelta(days=chance.randint(42, 70)))) < min(ends, today):
        stages.append(("review", day))
    if ends < today:
        stages.append(("closure", _working_day(ends)))
    return stages


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _people(chance: Random, numbers: Iterator[str], today: date, *, at_most: int) -> list[dict[str, str]]:
    household = _weighted(chance, invented.HOUSEHOLDS)[:at_most]
    young = chance.sample(invented.YOUNG_NAMES, household.count("young_person"))
    carers = chance.sample(invented.CARER_NAMES, household.count("parent_carer"))
    people = []
    for role in household:
        is_young = role == "young_person"
        name = (young if is_young else carers).pop()
        age = _age(chance, today) if is_young else {"birth_date": "", "age_band": ""}
        people.append({"participant_role": role, "name_to_use": name, **age, **_contact(chance, numbers)})
    return people


def _age(chance: Random, today: date) -> dict[str, str]:
    years = _weighted(chance, invented.AGES)
    if chance.random() < 0.06:
        band = "8-10" if years < 11 else "11-15" if years < 16 else "16-25"
        return {"birth_date": "", "age_band": band}
    born = today - timedelta(days=years * 365.25 + chance.randrange(1, 360))
    return {"birth_date": born.isoformat(), "age_band": ""}


def _contact(chance: Random, numbers: Iterator[str]) -> dict[str, str]:
    safe_contact = _weighted(chance, invented.SAFE_CONTACTS)
    return {
        "mobile": next(numbers) if chance.random() < 0.94 else "",
        "language": _weighted(chance, invented.LANGUAGES),
        "safe_contact": safe_contact,
        "safe_contact_note": chance.choice(invented.NOTES[safe_contact]),
    }


def _weighted(chance: Random, weights: Mapping[_T, int]) -> _T:
    return chance.choices(list(weights), list(weights.values()))[0]
