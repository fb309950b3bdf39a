"""Short ways to make a campaign of one's own, to look at it and to start it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.campaigns import one_off, preview, running
from bot.campaigns.one_off import Wanted
from bot.campaigns.preview import Preview
from store.inviting import campaigns
from tests.builders import House

WANTED = Wanted("Summer plans", "partner_six_monthly", date(2026, 10, 6), date(2026, 10, 30), 1, "partners in Marlbury")
PARENTS = replace(WANTED, survey_id="parent_review", selection="parents on open cases at level intensive in Marlbury")
LONG_AGO = date(2026, 8, 1)
"""The day of a stage about which nobody is asked any more."""


def make(house: House, wanted: Wanted = WANTED) -> int:
    """Make a campaign as an administrator does."""
    with house.database.writing() as session:
        now = house.clock.now()
        return one_off.make(session, wanted, catalogue=house.service.catalogue, staff_id=None, now=now)


def look(house: House, campaign_id: int) -> Preview:
    """Its preview."""
    with house.database.reading() as session:
        campaign = campaigns.find(session, campaign_id)
        assert campaign is not None
        council, now = house.service.council, house.clock.now()
        return preview.preview(session, campaign, catalogue=house.service.catalogue, council=council, now=now)


def start(house: House, campaign_id: int, confirmed: int) -> int:
    """Start it, having seen that so many would be asked."""
    with house.database.writing() as session:
        return running.start(
            session,
            campaign_id,
            confirmed,
            staff_id=None,
            catalogue=house.service.catalogue,
            council=house.service.council,
            now=house.clock.now(),
        )
