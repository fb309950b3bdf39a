"""Scenario 3 on a phone that several share: what is not safe for one of them is said to nobody there."""

from __future__ import annotations

from datetime import date

import pytest

from bot.campaigns.reaching import judge
from bot.people.again import look_again
from bot.talks.beginning import Beginning
from store.inviting.invitations import Invitee
from store.tables import ContactPoint, Person
from tests.bot.cases.lists import a_row, a_young_person
from tests.builders import COUNCIL, MUM
from tests.scenarios.town import Town
from tests.shipped import CATALOGUE

ONE_PHONE = {"mobile": "07700 900001", "language": "en"}
OWN = "+447700900002"
SURVEY, TODAY = "yp_16_25_review", date(2026, 10, 6)
A_SURVEY = ("Kent", "Early Help", "Jo", "how it's going", "Childline", "manager")


def a_mother(safe_contact: str, **columns: str) -> dict[str, str]:
    return a_row(name_to_use="Ffion", **{**ONE_PHONE, "safe_contact": safe_contact, **columns})


def a_son(**columns: str) -> dict[str, str]:
    return a_young_person(name_to_use="Callum", birth_date="2009-03-01", **{**ONE_PHONE, **columns})


def given_away(town: Town, mobile: str = MUM) -> list[str]:
    """What a number was texted that tells who asks, or what about."""
    return [text for text in town.texts(mobile) if any(word in text for word in A_SURVEY)]


def reasons(town: Town, name: str) -> list[tuple[str, str | None]]:
    return [(status, because) for whose, _, status, because in town.stands() if whose == name]


def test_a_son_is_asked_discreetly_where_his_mother_must_be(town: Town):
    town.told(a_mother("discreet", stages="", case_reference="EH-2"), a_son(stages="review:2026-10-04"))
    town.live("2026-10-06 12:35")
    town.says("1", "1")
    assert "/chat/" in town.texts()[-1], "what he is asked stands on a private page"
    assert given_away(town) == []


@pytest.mark.parametrize("mothers", ["EH-1", "EH-2"])
def test_nobody_is_asked_on_the_phone_of_somebody_who_must_never_be_texted(town: Town, mothers: str):
    stage = "review:2026-10-04"
    town.told(a_mother("none", stages=stage, case_reference=mothers), a_son(stages=stage))
    town.live("2026-10-06 15:55")
    assert (town.texts(), reasons(town, "Callum")) == ([], [("not_asked", "unsafe_contact")])


def test_he_is_asked_on_another_phone_of_his_own(town: Town):
    town.told(a_mother("none", stages="", case_reference="EH-2"), a_son(stages="review:2026-10-04"))
    with town.database.writing() as session:
        known = {"channel": "sms", "address": OWN, "confirmed_at": town.house.clock.now()}
        session.add(ContactPoint(person_id=town.person("Callum"), **known))
    town.live("2026-10-06 12:35")
    assert (town.texts(), given_away(town, OWN) != []) == ([], True)


@pytest.mark.parametrize("safe_contact", ["discreet", "none"])
def test_he_is_told_no_more_once_his_mother_must_be_spared_texts(town: Town, safe_contact: str):
    town.told(a_mother("text", stages="", case_reference="EH-2"), a_son(stages="review:2026-10-04"))
    town.live("2026-10-06 12:35")
    town.says("1")
    before = town.texts()
    town.told(a_mother(safe_contact, stages="", case_reference="EH-2"), a_son(stages="review:2026-10-04"))
    town.says("GO")
    town.live("2026-10-15 15:55")
    assert town.texts() == before, "neither the questions nor a reminder"


def test_a_campaign_asks_nobody_there_either(town: Town):
    town.told(a_mother("none", stages="", case_reference="EH-2"), a_son(stages=""))
    with town.database.reading() as session:
        who = Invitee(0, town.person("Callum"), "Callum", "young_person", "16-25", None, SURVEY, "", None, "en", TODAY)
        beginning = Beginning(CATALOGUE, COUNCIL, lambda *_: "https://heard.example/chat/x")
        judged = judge(session, who, "one_off", beginning, COUNCIL, town.house.clock.now())
    assert (judged.reach, judged.reason) == (None, "unsafe_contact")


def test_he_is_asked_after_all_once_a_text_is_safe_for_her(town: Town):
    town.told(a_mother("none", stages="", case_reference="EH-2"), a_son(stages="review:2026-10-04"))
    town.live("2026-10-06 12:35")
    with town.database.writing() as session:
        mother = town.person("Ffion")
        session.get_one(Person, mother).safe_contact = "text"
        session.flush()
        assert look_again(session, mother, catalogue=CATALOGUE, council=COUNCIL, now=town.house.clock.now()) == 1
    town.live("2026-10-07 12:35")
    assert reasons(town, "Callum") == [("asked", None)]
