"""Silence while a campaign is paused: nobody was reminded then, and nobody has left anything unanswered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.campaigns import running
from tests.bot.campaigns.town import CLINIC, SCHOOL, ask, campaigns_of, invitations, london, make_cycle, remind, take_in
from tests.bot.talks import playing
from tests.builders import House


def pause(house: House, *, go_on: bool = False) -> None:
    [campaign] = campaigns_of(house)
    with house.database.writing() as session:
        change = running.resume if go_on else running.pause
        change(session, campaign.id, staff_id=None, now=house.clock.now())


def lapsed_by(house: House, days: int) -> bool:
    """Whether they count as having left it unanswered so many days after they were asked; the clock does its work."""
    house.clock.at = london(2026, 10, 6, 10, 10) + timedelta(days=days)
    playing.lapse(house)
    playing.remind(house)
    remind(house)
    playing.lapse(house)
    return [each.status for each in invitations(house)] == ["lapsed"]


@pytest.mark.parametrize("partner", [SCHOOL, CLINIC], ids=["mailed", "texted"])
def test_who_was_asked_before_a_pause_is_reminded_after_it_before_silence_counts(house: House, partner: str) -> None:
    house.clock.at = london(2026, 10, 6)
    take_in(house, partner)
    make_cycle(house)
    assert ask(house) == 1
    sent = house.email.sent if partner == SCHOOL else house.sms.sent
    pause(house)
    assert [lapsed_by(house, day) for day in range(1, 22)] == [False] * 21
    assert len(sent) == 1
    pause(house, go_on=True)
    assert not lapsed_by(house, 21), "it is a Tuesday, and the reminder goes"
    assert len(sent) == 2
    assert not lapsed_by(house, 23)
