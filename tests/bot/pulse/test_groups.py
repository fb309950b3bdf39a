"""Among how many people an answer is lost, whoever is in which team."""

from __future__ import annotations

import pytest

from bot.pulse import groups
from store.inviting.pulse import InPost


def staff(**teams: int) -> list[InPost]:
    """So many people for each team; `none` is those of no team, the others are called by a number."""
    found = []
    for team, people in teams.items():
        unit = None if team == "none" else int(team.removeprefix("unit"))
        found += [InPost(len(found) + number, f"{team}.{number}@council.example", unit) for number in range(people)]
    return found


@pytest.mark.parametrize(
    ("teams", "expected"),
    [
        ({}, {}),
        ({"unit1": 11}, {1: 11}),
        ({"unit1": 10}, {}),
        ({"none": 11}, {None: 11}),
        ({"unit1": 12, "unit2": 12}, {1: 12, 2: 12}),
        ({"unit1": 12, "unit2": 6, "unit3": 5}, {1: 12, None: 11}),
        ({"unit1": 20, "unit2": 12, "unit3": 1}, {1: 20, None: 13}),  # one alone would be known by the team's name
        ({"unit1": 12, "none": 3}, {None: 15}),
        ({"unit1": 6, "unit2": 4}, {}),
    ],
)
def test_no_group_is_so_small_that_its_name_says_who_it_was(teams: dict[str, int], expected: dict[int | None, int]):
    found = groups.of(staff(**teams), 11)
    assert {unit: len(members) for unit, members in found.items()} == expected


@pytest.mark.parametrize("people", range(1, 40, 3))
def test_everybody_is_in_one_group_or_nobody_is_asked(people: int):
    everybody = staff(none=people % 5, unit1=people, unit2=people // 2, unit3=people // 3)
    found = groups.of(everybody, 11)
    ids = [member.staff_id for members in found.values() for member in members]
    assert sorted(ids) == ([member.staff_id for member in everybody] if found else [])
    assert all(len(members) >= 11 for members in found.values())
    assert bool(found) == (len(everybody) >= 11)
