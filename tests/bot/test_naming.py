"""What a council calls things: the names that come with Heard, and a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.naming import Cadence, load, shipped


def test_the_names_that_come_with_heard():
    assert shipped().roles["manager"] == "Line manager"
    assert shipped().cadences["staff_pulse"] == Cadence("Staff pulse", 3, "month")
    assert shipped().cadences["unit"] == Cadence("Unit meeting", 42, "day")
    assert shipped().cadences["county"].unit == "term"


def a_file(folder: Path, text: str) -> str:
    path = folder / "names.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_council_gives_some_names_anew_and_keeps_the_others(tmp_path: Path):
    text = "roles: {manager: Team leader}\nboards: {panel: Young people's panel}\n"
    names = load(a_file(tmp_path, f"{text}cadences: {{panel: {{name: Panel, every: 1 month}}}}\n"))
    assert (names.roles["manager"], names.roles["worker"]) == ("Team leader", "Worker")
    assert names.boards["panel"] == "Young people's panel"
    assert names.cadences["panel"] == Cadence("Panel", 1, "month")
    assert names.cadences["unit"] == shipped().cadences["unit"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("teams: {a: b}", "teams: not known; write roles, boards or cadences"),
        ("roles: {boss: Boss}", "roles, boss: not known; write one of worker, manager, duty, administrator"),
        ("roles: {worker: ''}", "roles, worker: not a name"),
        ("roles: [worker]", "roles: not a list"),
        ("boards: {unit: 7}", "boards, unit: not a name"),
        ("cadences: {unit: 42 days}", "cadences, unit: not a cadence"),
        ("cadences: {unit: {name: U, every: often}}", "cadences, unit, every: not how often"),
        ("cadences: {unit: {name: U, every: 0 days}}", "cadences, unit, every: not how often"),
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
