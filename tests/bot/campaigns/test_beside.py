"""What else somebody is to be asked, has been asked or is to be spared, when a campaign would ask them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from analysis.figures import NOT_ASKED_LABELS
from bot.campaigns import running
from bot.invitations import holding
from store.inviting import holding as held
from store.tables import Invitation
from tests.bot.campaigns.making import LONG_AGO, PARENTS, WANTED, look, make, start
from tests.bot.campaigns.town import SCHOOL, ask, invitations, london, take_in
from tests.builders import House, make_case

ANOTHER = "+447700900002"
LATER = replace(PARENTS, opens_on=date(2026, 11, 3), closes_on=date(2026, 11, 27))


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


def hold_back(house: House, worker_id: int, reason: str) -> None:
    with house.database.writing() as session:
        holding.hold_back(session, 1, reason, staff_id=worker_id, now=house.clock.now())


@pytest.mark.parametrize("reason", holding.REASONS)
def test_whom_a_worker_has_held_back_lately_is_not_asked_by_a_campaign_either(house: House, reason: str) -> None:
    made = make_case(house)
    make_case(house, reached=LONG_AGO, reference="EH-2", mobile=ANOTHER)
    hold_back(house, made.worker_id, reason)
    house.clock.at = london(2026, 11, 3, 10, 30)
    campaign = make(house, LATER)
    seen = look(house, campaign)
    assert (seen.to_ask, seen.left_out) == (1, {f"held_{reason}": 1})
    start(house, campaign, 1)
    assert ask(house) == 1
    assert why_not(house) == [f"held_{reason}", None]


def test_what_was_held_back_long_ago_or_is_held_no_more_keeps_nobody_from_a_campaign(house: House) -> None:
    made = make_case(house)
    hold_back(house, made.worker_id, "bereaved")
    house.clock.at = london(2026, 11, 3, 12)
    assert look(house, make(house, LATER)).to_ask == 1
    house.clock.at = london(2026, 11, 3, 10)
    with house.database.writing() as session:
        held.let_go(session, 1)
    assert look(house, make(house, LATER)).left_out == {"stage_waits": 1}


def test_who_is_held_back_once_a_campaign_has_begun_is_not_asked_any_more(house: House) -> None:
    made = make_case(house, reached=LONG_AGO)
    start(house, make(house, PARENTS), 1)
    with house.database.writing() as session:
        session.execute(update(Invitation).where(Invitation.id == 1).values(status="offered", not_asked_because=None))
    hold_back(house, made.worker_id, "unsafe")
    assert ask(house) == 0
    assert why_not(house) == ["held_unsafe"]


def running_since(house: House, opens_on: date, closes_on: date) -> None:
    take_in(house, SCHOOL)
    start(house, make(house, replace(WANTED, opens_on=opens_on, closes_on=closes_on)), 1)


@pytest.mark.parametrize(
    ("opens_on", "to_ask"),
    [(date(2026, 10, 6), 0), (date(2026, 10, 20), 0), (date(2026, 11, 4), 1)],
)
def test_who_is_to_be_asked_in_another_campaign_first_is_not_counted(house: House, opens_on: date, to_ask: int) -> None:
    running_since(house, date(2026, 10, 6), date(2026, 10, 8))
    wanted = replace(WANTED, opens_on=opens_on, closes_on=date(2026, 11, 30))
    campaign = make(house, wanted)
    seen = look(house, campaign)
    assert seen.to_ask == to_ask
    assert seen.left_out == ({} if to_ask else {"asked_recently": 1})
    assert ask(house) == 1
    assert look(house, campaign).to_ask == to_ask, "the same once they have been asked"


def test_a_campaign_that_comes_later_keeps_nobody_from_being_asked_first(house: House) -> None:
    running_since(house, date(2026, 10, 20), date(2026, 11, 20))
    campaign = make(house, WANTED)
    assert look(house, campaign).to_ask == 1
    start(house, campaign, 1)
    assert ask(house) == 1


def test_a_campaign_that_is_paused_keeps_nobody_from_another(house: House) -> None:
    running_since(house, date(2026, 10, 6), date(2026, 10, 30))
    with house.database.writing() as session:
        running.pause(session, 1, staff_id=None, now=house.clock.now())
    assert look(house, make(house)).to_ask == 1
