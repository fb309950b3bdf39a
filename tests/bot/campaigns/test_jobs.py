"""What the clock does for campaigns, as it does it."""

from __future__ import annotations

from bot.campaigns import jobs
from store.tables import Conversation, Message
from tests.bot.campaigns.town import CLINIC, SCHOOL, campaigns_of, count, invitations, london, take_in
from tests.builders import House, make_case


def test_every_job_may_run_twice(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    make_case(house)
    house.clock.at = london(2026, 11, 3)
    for job, done in ((jobs.make_due, 3), (jobs.ask_due, 3)):
        assert job(house.service, house.clock) == done
        assert job(house.service, house.clock) == 0
    house.service.outbox.drain()
    house.clock.at = london(2026, 11, 10)
    assert jobs.remind_due(house.service, house.clock) == 2
    before = count(house, Message)
    assert jobs.remind_due(house.service, house.clock) == 0
    assert (count(house, Message), count(house, Conversation)) == (before, 3)


def test_campaigns_that_are_over_end_and_next_months_begin(house: House) -> None:
    take_in(house, SCHOOL)
    jobs.make_due(house.service, house.clock)
    house.clock.at = london(2026, 12, 1)
    assert jobs.make_due(house.service, house.clock) == 1
    assert [(each.period, each.status) for each in campaigns_of(house)] == [
        ("2026-10", "ended"),
        ("2026-12", "running"),
    ]
    assert [(each.status, each.not_asked_because) for each in invitations(house)] == [
        ("not_asked", "campaign_over"),
        ("offered", None),
    ]
