"""Scenario 34: turning 11, 16 and 18 while the case goes on. Everything follows from the age on the day of sending."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from store.tables import Conversation, Invitation
from tests.bot.cases.lists import a_young_person
from tests.builders import MUM
from tests.scenarios.families import may_take_part_alone
from tests.scenarios.town import Town

OWN_PHONE = {"mobile": "07700 900001", "stages": "review:2026-10-05", "name_to_use": "Callum"}


def born(day: str, **changes: str) -> dict[str, str]:
    return a_young_person(birth_date=day, **{**OWN_PHONE, **changes})


def asked_as(town: Town) -> list[tuple[str, str]]:
    """Age band and survey of everything that was asked, in order."""
    found = select(Invitation.age_band, Conversation.survey_id).join(
        Conversation, Conversation.invitation_id == Invitation.id
    )
    return town.rows(found.where(Invitation.stage.is_not(None)).order_by(Conversation.id))


def test_on_the_eleventh_birthday_a_worker_may_let_a_child_be_asked(town: Town):
    town.told(born("2015-10-08"))
    town.live("2026-10-07 18:00")
    assert town.stands() == [("Callum", "review", "not_asked", "too_young")]
    town.live("2026-10-08 07:30")
    assert town.stands() == [("Callum", "review", "not_asked", "no_record_of_agreement")]
    may_take_part_alone(town, "Callum")
    town.live("2026-10-08 15:55")
    assert (town.sent_at()[0], asked_as(town)) == ("Thu 08 Oct 15:50", [("11-15", "yp_11_15_review")])


def test_on_the_sixteenth_birthday_somebody_is_asked_in_their_own_right_and_hours(town: Town):
    town.told(born("2010-10-08"))
    town.live("2026-10-07 18:00")
    assert town.stands() == [("Callum", "review", "not_asked", "no_record_of_agreement")]
    town.live("2026-10-08 12:35")
    assert (town.sent_at()[0], asked_as(town)) == ("Thu 08 Oct 12:30", [("16-25", "yp_16_25_review")])


def test_earlier_answers_keep_their_age(town: Town):
    town.told(born("2010-10-20", stages="review:2026-10-05; closure:2026-10-19"))
    may_take_part_alone(town, "Callum")
    town.live("2026-10-06 15:55")
    town.says("GO", "8", "END")
    town.sleep("2026-10-22 09:00")
    town.live("2026-10-22 12:35")
    town.says("GO", "1", "END")
    assert asked_as(town) == [("11-15", "yp_11_15_review"), ("16-25", "yp_16_25_closure")]
    assert [line[:2] for line in town.answers()] == [("Callum", "review"), ("Callum", "closure")]
    groups = {group.key: group.heard for group in town.coverage("age_band").groups}
    assert groups == {"11-15": 1, "16-25": 1}


def test_from_eighteen_on_the_numbers_for_help_are_those_of_adults(town: Town):
    town.told(born("2008-10-08"))
    town.live("2026-10-06 12:35")
    town.says("GO", "HELP")
    assert "0800 1111" in town.texts()[-1]
    town.live("2026-10-08 12:35")
    town.says("i want to die")
    assert "urgent help for a child" in town.texts()[-1]
    assert "0800 1111" not in town.texts()[-1]
    town.says("END", "HELP")
    assert "Child at risk?" in town.texts()[-1]


@pytest.mark.parametrize(("day", "told"), [("2008-10-06", "Child at risk?"), ("2008-10-07", "0800 1111")])
def test_who_was_never_asked_is_answered_at_their_age_as_well(town: Town, day: str, told: str):
    town.told(born(day))
    town.says("HELP")
    assert told in town.texts()[-1]


def test_at_eighteen_nothing_of_theirs_is_left_to_a_parent(town: Town):
    """No page and no text ever shows a parent what their child has said: at 18 there is nothing to end."""
    mum = a_young_person(participant_role="parent_carer", birth_date="", mobile="07700 900002", name_to_use="Ffion")
    town.told(born("2008-10-07"), {**mum, "stages": OWN_PHONE["stages"]})
    town.live("2026-10-06 12:35")
    town.says("GO", "2", "3", "do not tell my mum")
    town.live("2026-10-08 15:55")
    assert len(town.texts(MUM)) > 2
    assert not any("Callum" in text or "young" in text for text in town.texts("+447700900002"))
    assert asked_as(town)[0] == ("16-25", "yp_16_25_review")


@pytest.mark.parametrize(("born_in", "said"), [("2017", ()), ("2017", ("GO", "1")), ("2014", ("GO",))])
def test_who_turns_out_too_young_while_being_asked_is_let_be(town: Town, born_in: str, said: tuple[str, ...]):
    """A list puts the birth date right: below 11 nobody is texted, and from 11 to 15 only with a worker's decision."""
    town.told(born("2009-03-01"))
    town.live("2026-10-06 12:35")
    town.says(*said)
    texts = town.texts()
    town.told(born(f"{born_in}-03-01"))
    town.live("2026-10-13 16:50")
    assert town.texts() == texts, "no reminder"
    town.says("GO")
    assert town.texts()[len(texts) :] == ["Thanks. Those questions have closed, but a person will read what you said."]
