"""Whoever a campaign texts is reminded as often as it says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from store.tables import Campaign
from tests.bot.campaigns.town import CLINIC, ask, london, make_cycle, take_in
from tests.bot.talks.playing import remind
from tests.builders import House


def allow(house: House, reminders: int) -> None:
    with house.database.writing() as session:
        session.execute(update(Campaign).values(reminders=reminders))


def reminded_on(house: House) -> list[int]:
    """On which days somebody who says no more is reminded."""
    begun, days = house.clock.now(), []
    for day in range(1, 16):
        house.clock.at = begun + timedelta(days=day)
        if remind(house):
            days.append(day)
    return days


@pytest.mark.parametrize(("reminders", "days"), [(2, [7, 14]), (1, [7]), (0, [])], ids=["twice", "once", "not at all"])
def test_a_partner_who_is_texted_is_reminded_as_often_as_the_campaign_says(
    house: House, reminders: int, days: list[int]
) -> None:
    house.clock.at = london(2026, 10, 6)
    take_in(house, CLINIC)
    make_cycle(house)
    allow(house, reminders)
    assert ask(house) == 1
    assert reminded_on(house) == days, "from Tuesday to Thursday"
