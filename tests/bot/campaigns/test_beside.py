"""What else somebody is to be asked, has been asked or is to be spared, when a campaign would ask them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from analysis.figures import NOT_ASKED_LABELS
from store.tables import Invitation
from tests.bot.campaigns.making import LONG_AGO, PARENTS, look, make, start
from tests.bot.campaigns.town import ask, invitations, london
from tests.builders import House, make_case

ANOTHER = "+447700900002"


def why_not(house: House) -> list[str | None]:
    return [each.not_asked_because for each in invitations(house) if each.campaign_id]


@pytest.mark.parametrize("reached", [date(2026, 10, 3), date(2026, 10, 6)], ids=["due already", "due tomorrow"])
def test_a_family_whose_stage_waits_is_asked_about_it_and_not_by_a_campaign(house: House, reached: date) -> None:
    house.clock.at = london(2026, 10, 6, 10, 30)
    make_case(house, reached=LONG_AGO, reference="EH-2", mobile=ANOTHER)
    campaign = make(house, PARENTS)
    make_case(house, reached=reached)
    seen = look(house, campaign)
    assert (seen.to_ask, seen.left_out) == (1, {"stage_waits": 1})
    assert "stage_waits" in NOT_ASKED_LABELS
    start(house, campaign, 1)
    assert ask(house) == 1
    house.clock.at = london(2026, 10, 7, 11)
    assert house.ask() == 1
    assert [each.status for each in invitations(house) if each.stage and each.stage_on == reached] == ["asked"]


def test_a_stage_that_waits_by_the_time_their_turn_comes_is_asked_about_first_too(house: House) -> None:
    make_case(house, reached=LONG_AGO)
    start(house, make(house, PARENTS), 1)
    with house.database.writing() as session:
        about_stage = update(Invitation).where(Invitation.stage.is_not(None))
        session.execute(about_stage.values(status="offered", not_asked_because=None, stage_on=date(2026, 10, 5)))
    assert ask(house) == 0
    assert why_not(house) == ["stage_waits"]
    assert house.ask() == 1
