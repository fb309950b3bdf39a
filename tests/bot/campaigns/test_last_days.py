"""The last day of a campaign: after it nobody is asked, whatever has come in between, and the preview says so beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.campaigns import running
from bot.campaigns.running import CannotDo
from tests.bot.campaigns.making import WANTED, look, make, start
from tests.bot.campaigns.town import CLINIC, SCHOOL, ask, invitations, london, take_in
from tests.builders import House


def test_nobody_is_asked_after_the_last_day_though_the_clock_stood_still_over_it(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    start(house, make(house), 2)
    house.clock.at = london(2026, 11, 3, 11)
    assert ask(house) == 0
    assert [each.not_asked_because for each in invitations(house)] == ["campaign_over"] * 2


def test_a_campaign_that_is_paused_over_its_last_day_does_not_go_on(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    campaign = make(house)
    start(house, campaign, 2)
    with house.database.writing() as session:
        running.pause(session, campaign, staff_id=None, now=house.clock.now())
    house.clock.at = london(2026, 10, 31, 0)
    with house.database.writing() as session, pytest.raises(CannotDo, match="Its last day is over"):
        running.resume(session, campaign, staff_id=None, now=house.clock.now())
    assert ask(house) == 0


def test_the_preview_counts_nobody_whose_hours_lie_outside_the_days(house: House) -> None:
    take_in(house, SCHOOL)
    friday_to_monday = replace(WANTED, opens_on=date(2026, 10, 9), closes_on=date(2026, 10, 12))
    assert look(house, make(house, friday_to_monday)).left_out == {"campaign_over": 1}
    assert look(house, make(house, replace(friday_to_monday, closes_on=date(2026, 10, 13)))).to_ask == 1
    with pytest.raises(CannotDo, match="It would ask nobody"):
        start(house, 1, 0)
