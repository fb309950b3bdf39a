"""Scenario 1 where a conversation leaves the phone: it goes on elsewhere, and the phone is theirs until it is over."""

from __future__ import annotations

import re

import pytest

from bot.chats.chats import Chats
from store.inviting import invitations, moves
from store.tables import Conversation
from tests.bot.cases.lists import a_row, a_young_person
from tests.bot.chats.rooms import open_chats
from tests.builders import MUM
from tests.scenarios.town import Town, london

ONE_PHONE = {"mobile": "07700 900001", "language": "en"}


@pytest.fixture
def family(town: Town) -> Town:
    """A mother, to be asked discreetly about the older stage, and her son, whose hours come two hours after hers."""
    town.house.clock.at = london("2026-10-06 07:00")
    hers = {"safe_contact": "discreet", "stages": "review:2026-10-04"}
    his = {"case_reference": "EH-2", "birth_date": "2009-03-01", "stages": "review:2026-10-05"}
    town.told(
        a_row(name_to_use="Ffion", **{**ONE_PHONE, **hers}),
        a_young_person(name_to_use="Callum", **{**ONE_PHONE, **his}),
    )
    return town


def goes_on_the_web(town: Town) -> tuple[Chats, str]:
    """She says "1" twice and opens her private page."""
    town.says("1", "1")
    chats = open_chats(town.house)
    token = re.search(r"/chat/(\S+)", town.texts()[-1])
    assert token is not None
    chats.begin(token.group(1))
    return chats, token.group(1)


def test_the_phone_is_taken_while_she_answers_on_the_web(family: Town):
    family.live("2026-10-06 10:30")
    goes_on_the_web(family)
    family.live("2026-10-08 15:55")
    assert family.sent_at() == ["Tue 06 Oct 10:30"]


def test_a_day_lies_between_when_she_has_finished_there(family: Town):
    family.live("2026-10-06 10:30")
    chats, token = goes_on_the_web(family)
    family.live("2026-10-07 13:00")
    scene = chats.look(token)
    assert scene is not None
    chats.say(token, scene.turn, None, "END")
    family.live("2026-10-07 15:55")
    assert family.sent_at() == ["Tue 06 Oct 10:30"], "three hours after her last word"
    family.live("2026-10-08 15:55")
    assert len(family.sent_at()) == 2


def test_a_campaign_waits_for_the_phone_as_well(family: Town):
    family.live("2026-10-06 10:30")
    goes_on_the_web(family)
    over, his = london("2026-10-06 12:00"), family.person("Callum")
    with family.database.writing() as session:
        assert moves.is_taken(session, "sms", MUM)
        session.get_one(Conversation, 1).closed_at = over
    with family.database.reading() as session:
        assert invitations.line(session, "sms", MUM, his).free_since == over
