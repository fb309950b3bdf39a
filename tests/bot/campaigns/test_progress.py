"""What is told of a campaign's progress where something came in between."""

from __future__ import annotations

from bot.campaigns import progress, running
from tests.bot.campaigns.town import CLINIC, SCHOOL, campaigns_of, invitations, inviter, make_cycle, take_in
from tests.builders import House


def test_who_got_nothing_because_it_had_ended_was_not_asked_and_could_have_been_reached(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    make_cycle(house)
    assert inviter(house).send_due() == 2
    [campaign] = campaigns_of(house)
    with house.database.writing() as session:
        running.end(session, campaign.id, staff_id=None, now=house.clock.now())
    house.service.outbox.drain()
    with house.database.reading() as session:
        found = progress.of(session, campaign.id)
    assert found is not None
    assert (found.steps, found.not_asked) == ({"not_asked": 2}, {"their turn came after the last day": 2})
    assert {each.status for each in invitations(house)} == {"unreachable"}, "their organisation's turn comes again"
