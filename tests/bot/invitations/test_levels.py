"""Which survey is asked follows from the level of the case as well, where the council has one for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import SetClock
from store.session import Database
from store.tables import Conversation, Invitation
from surveys.catalogue import Catalogue, load
from surveys.checking.files import DEFINITIONS
from tests.bot.cases.lists import a_row, a_young_person
from tests.builders import make_house
from tests.scenarios.families import happens, may_take_part_alone
from tests.scenarios.town import Town
from tests.shipped import LINES

BRIEF = ("parent_review", "yp_16_25_review")


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """The surveys that come with Heard, and two more for cases of the level universal."""
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    for survey in BRIEF:
        text = (DEFINITIONS / f"{survey}.yaml").read_text(encoding="utf-8")
        text = text.replace(f"id: {survey}", f"id: {survey}_brief").replace(
            "stage: review", "stage: review\nlevels: [universal]"
        )
        (folder / f"{survey}_brief.yaml").write_text(text, encoding="utf-8")
    return load(folder, lines=LINES)


@pytest.fixture
def town(sqlite: Database, clock: SetClock, tmp_path: Path, catalogue: Catalogue) -> Town:
    """A council's service with these surveys."""
    return Town(make_house(sqlite, clock, catalogue=catalogue), tmp_path)


def asked(town: Town) -> list[str]:
    found = select(Conversation.survey_id).join(Invitation, Invitation.id == Conversation.invitation_id)
    return [row[0] for row in town.rows(found.where(Invitation.stage.is_not(None)).order_by(Conversation.id))]


@pytest.mark.parametrize(("level", "survey"), [("universal", "parent_review_brief"), ("intensive", "parent_review")])
def test_a_family_is_asked_what_is_for_the_level_of_their_case(town: Town, level: str, survey: str):
    town.told(a_row(level=level, language="en", stages=""))
    happens(town, "review", "2026-10-05")
    town.live("2026-10-06 12:35")
    assert asked(town) == [survey]


def test_a_birthday_changes_the_survey_and_keeps_to_the_level(town: Town):
    young = a_young_person(
        level="universal", birth_date="2010-10-07", mobile="07700 900001", stages="review:2026-10-05"
    )
    town.told(young)
    may_take_part_alone(town, young["name_to_use"])
    town.live("2026-10-06 15:00")
    town.sleep("2026-10-07 07:00")
    town.live("2026-10-07 12:35")
    assert asked(town) == ["yp_16_25_review_brief"]
