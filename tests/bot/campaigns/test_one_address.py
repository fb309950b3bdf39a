"""One address gets one survey, whoever we take those who read there to be."""

from __future__ import annotations

from datetime import timedelta

from analysis.figures import NOT_ASKED_LABELS
from bot.campaigns import cycle, triage
from tests.bot.campaigns.making import look, make, start
from tests.bot.campaigns.test_triage import decide
from tests.bot.campaigns.town import CLINIC, SCHOOL, ask, invitations, london, make_cycle, take_in
from tests.builders import House

SAME_MAIL = SCHOOL.replace("Oak Primary", "Ivy Primary").replace("Safeguarding lead", "SENCO")
DECISION = "T-1,2026-10-04,Marlbury,early help,Pat Oak,Oak Primary,pat@oak.example,\n"


def mailed(house: House) -> list[str]:
    return [mail.address for mail in house.email.sent]


def test_the_contact_of_two_schools_is_counted_and_mailed_once(house: House) -> None:
    take_in(house, SCHOOL, SAME_MAIL, CLINIC, CLINIC.replace("Elm Clinic", "Ivy Clinic"))
    campaign = make(house)
    seen = look(house, campaign)
    assert (seen.people, seen.to_ask, seen.left_out) == (4, 2, {"same_address": 2})
    assert seen.channels == {"email": 1, "sms": 1}
    assert "same_address" in NOT_ASKED_LABELS
    assert start(house, campaign, 2) == 2
    assert ask(house) == 2
    assert (mailed(house), len(house.said("+447700900201"))) == (["pat@oak.example"], 1)


def test_the_second_schools_turn_comes_once_the_address_has_been_left_in_peace(house: House) -> None:
    take_in(house, SCHOOL, SAME_MAIL)
    assert make_cycle(house) == 2
    assert ask(house) == 1
    house.clock.at = london(2026, 11, 2, 11) + timedelta(days=1)
    assert ask(house) == 1
    assert mailed(house) == ["pat@oak.example"] * 2


def test_a_notifier_who_becomes_a_partners_contact_is_not_mailed_twice(house: House) -> None:
    decide(house, DECISION)
    assert ask(house) == 1
    take_in(house, SCHOOL)
    assert make_cycle(house) == 1
    assert ask(house) == 0
    assert [(each.survey_id, each.status) for each in invitations(house)] == [
        (triage.SURVEY, "asked"),
        (cycle.SURVEY, "offered"),
    ]
    assert invitations(house)[1].due_at >= london(2026, 11, 3, 9, 30)


def test_a_notifier_at_whose_address_a_partners_turn_waits_is_not_asked_about_their_request(house: House) -> None:
    decide(house, DECISION)
    take_in(house, SCHOOL)
    make_cycle(house)
    ask(house)
    assert [each.not_asked_because for each in invitations(house)] == ["asked_recently", None]
