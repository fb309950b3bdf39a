"""The council's lines and helplines answer in its country, or the service says so and does not start."""

from __future__ import annotations

import pytest

from app import create_app
from bot.lines import unfit
from settings import BadSettings, Settings
from surveys.gaps import LINES as GAPS
from tests.shipped import LINES


def test_the_example_councils_lines_answer():
    assert unfit(LINES, "GB") == []


@pytest.mark.parametrize(
    ("change", "country", "told"),
    [
        (
            {"night_line": "0300 419191"},
            "GB",
            "NIGHT_LINE: No phone company in GB uses this number. Write a number that",
        ),
        ({"emergency": "101"}, "GB", "EMERGENCY: The emergency services of GB do not answer"),
        ({"crisis_number": "SHOUT"}, "GB", "CRISIS_NUMBER: This is not a phone number"),
        ({"complaints_line": ""}, "GB", "COMPLAINTS_LINE: This line is missing"),
        ({}, "IE", "CHILD_LINE: No phone company in IE uses this number"),
        ({}, "XX", "CHILD_LINE: No country is called XX."),
    ],
)
def test_a_line_that_does_not_answer_is_told_of(change: dict[str, str], country: str, told: str):
    assert any(f"settings, {told}" in str(problem) for problem in unfit({**LINES, **change}, country))


def test_the_service_does_not_start_with_a_line_that_does_not_answer(sqlite_url: str):
    settings = Settings(database_url=sqlite_url, night_line="0300 419191")
    with pytest.raises(BadSettings, match="settings, NIGHT_LINE: No phone company"):
        create_app(settings)


def test_every_line_has_a_setting_that_keeps_it_short_enough_for_texts():
    longest = {
        name: next(rule.max_length for rule in Settings.model_fields[name].metadata if hasattr(rule, "max_length"))
        for name in GAPS
    }
    assert longest == {name: gap.longest for name, gap in GAPS.items()}
