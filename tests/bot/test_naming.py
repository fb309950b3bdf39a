"""What a council calls things: the names that come with Heard, and a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.naming import load, shipped


def test_the_names_that_come_with_heard():
    assert shipped().roles["manager"] == "Line manager"
    assert shipped().cadences == {"partners": 6, "staff_pulse": 3}


def a_file(folder: Path, text: str) -> str:
    path = folder / "names.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_council_gives_some_names_anew_and_keeps_the_others(tmp_path: Path):
    names = load(a_file(tmp_path, "roles: {manager: Team leader}\ncadences: {partners: 4}\n"))
    assert (names.roles["manager"], names.roles["worker"]) == ("Team leader", "Worker")
    assert names.cadences == {"partners": 4, "staff_pulse": 3}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("teams: {a: b}", "teams: not known; write roles or cadences"),
        ("boards: {unit: Unit meeting}", "boards: not known; write roles or cadences"),
        ("roles: {boss: Boss}", "roles, boss: not known; write one of worker, manager, duty, administrator"),
        ("roles: {worker: ''}", "roles, worker: not a name"),
        ("roles: [worker]", "roles: not a list"),
        ("cadences: {unit: 1}", "cadences, unit: not known; write one of partners, staff_pulse"),
        ("cadences: {partners: 7}", "cadences, partners: not how many months; write one of 1, 2, 3, 4, 5, 6"),
        ("cadences: {partners: often}", "cadences, partners: not how many months"),
        ("cadences: {staff_pulse: 4}", "cadences, staff_pulse: not how many months; write one of 3, 6, 12"),
        ("- roles", "The file is not a list of `name: value` lines."),
        ("roles: {", "This is not YAML"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_write(tmp_path: Path, text: str, complaint: str):
    with pytest.raises(ValueError) as problems:  # noqa: PT011 - the message is what this is about
        load(a_file(tmp_path, text))
    assert complaint in str(problems.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(ValueError, match="cannot be opened"):
        load(str(tmp_path / "none.yaml"))
