"""Corrections of dates told from new stages: the cases that a council's exports bring."""

from datetime import date

import pytest

from bot.cases.stages import KeptStage, StageDay, differences, said_twice
from surveys.stages import Stage

STAGES: dict[str, Stage] = {"A": "assessment", "R": "review", "C": "closure"}


def read(words: str) -> list[StageDay]:
    """Stages as `A0110 R0302`: the first letter of the stage, month and day of 2026."""
    return [StageDay(STAGES[word[0]], date(2026, int(word[1:3]), int(word[3:]))) for word in words.split()]


def written(stage: Stage, on: date) -> str:
    return f"{stage[0].upper()}{on:%m%d}"


@pytest.mark.parametrize(
    ("kept", "listed", "corrected", "new"),
    [
        # the same list, a longer one, a shorter one
        ("A0110 R0302", "A0110 R0302", "", ""),
        ("A0110 R0302", "A0110 R0302 R0420 C0601", "", "R0420 C0601"),
        ("A0110 R0302 C0601", "A0110", "", ""),
        ("A0110 R0302", "", "", ""),
        ("", "A0110 R0302", "", "A0110 R0302"),
        # one closure and one assessment in an involvement
        ("A0110 C1001", "A0110 C1002", "C1001>C1002", ""),
        ("A0110 C1002", "A0110 C1001", "C1002>C1001", ""),
        ("A0110 C0301", "A0110 C1001", "C0301>C1001", ""),
        ("C1001", "C1002", "C1001>C1002", ""),
        ("A0110", "A0112 R0302", "A0110>A0112", "R0302"),
        ("A0601 C0501", "A0106 C0501", "A0601>A0106", ""),
        ("A0110 C0110", "A0110 C0111", "C0110>C0111", ""),
        # another involvement
        ("A0110 C0501", "A0110 C0501 A0601 C0901", "", "A0601 C0901"),
        ("A0110 C0501", "A0601", "", "A0601"),
        ("A0110 C0501", "A0601 C0901", "", "A0601 C0901"),
        ("A0110 C0501 A0601", "A0110 C0502 A0601 C0901", "C0501>C0502", "C0901"),
        ("A0110 C0501 A0601 C0901", "A0110 C0401 A0602 C0901", "C0501>C0401 A0601>A0602", ""),
        ("A0110 C0501", "A0110 C0501 A0501", "", "A0501"),
        # reviews: close together, and the list no longer has the one that is kept
        ("R0302", "R0304", "R0302>R0304", ""),
        ("R0302", "R0402", "R0302>R0402", ""),
        ("R0302", "R0302 R0304", "", "R0304"),
        ("R0302", "R0420", "", "R0420"),
        ("R0302 R0420", "R0303 R0420 R0608", "R0302>R0303", "R0608"),
        ("R0302 R0420", "R0420 R0608", "", "R0608"),
        ("R0302 R0420", "R0303 R0421", "R0302>R0303 R0420>R0421", ""),
        # a stage is never taken for another kind
        ("R0302", "A0302", "", "A0302"),
    ],
)
def test_a_correction_is_told_from_a_new_stage(kept: str, listed: str, corrected: str, new: str):
    known = [KeptStage(place, stage, on) for place, (stage, on) in enumerate(read(kept))]
    found = differences(known, read(listed))
    moved = [f"{written(old.stage, old.happened_on)}>{written(old.stage, on)}" for old, on in found.corrections]
    assert moved == corrected.split()
    assert [written(*stage) for stage in found.new] == new.split()


@pytest.mark.parametrize(
    ("listed", "twice"),
    [
        ("", None),
        ("A0110 R0302 R0420 C0601", None),
        ("A0110 C0501 A0601 C0901", None),
        ("C0501 A0501 C0601", None),
        ("A0110 C0110 A0601", None),
        ("A0110 C0501 A0501 C0901", None),
        ("C1001 C1002", "closure"),
        ("A0110 A0112 C0501", "assessment"),
        ("A0110 C0501 R0502 C0601", "closure"),
    ],
)
def test_a_list_gives_an_involvement_one_assessment_and_one_closure(listed: str, twice: str | None):
    assert said_twice(read(listed)) == twice
