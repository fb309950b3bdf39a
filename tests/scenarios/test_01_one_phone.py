"""Scenario 1: a mother and two siblings share 07700 900001, and two of them fall due on one day."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from store.tables import Notice
from tests.bot.cases.lists import a_row, a_young_person
from tests.builders import MUM
from tests.scenarios.families import CHECK, may_take_part_alone
from tests.scenarios.town import Town

ONE_PHONE = {"mobile": "07700 900001", "language": "en"}


@pytest.fixture
def family(town: Town) -> Town:
    """Callum (17) and his mother Ffion are both due on 6 October, he about the older stage; Aoife (13) a day later."""
    his, hers, mums = "assessment:2026-10-04", "review:2026-10-06", "review:2026-10-05"
    town.told(
        a_row(name_to_use="Ffion", stages=mums, **ONE_PHONE),
        a_young_person(name_to_use="Callum", case_reference="EH-2", birth_date="2009-03-01", stages=his, **ONE_PHONE),
        a_young_person(name_to_use="Aoife", case_reference="EH-3", birth_date="2013-03-01", stages=hers, **ONE_PHONE),
    )
    may_take_part_alone(town, "Aoife")
    return town


def asked_for(town: Town) -> list[str]:
    """For which initials the check has been sent."""
    return [text.removeprefix("Hi, a few questions for ")[0] for text in town.texts() if text.startswith(CHECK[:23])]


def test_one_is_asked_at_a_time_the_oldest_stage_first_and_a_day_lies_between(family: Town):
    family.live("2026-10-06 15:55")
    assert (asked_for(family), family.sent_at()) == (["C"], ["Tue 06 Oct 12:30"]), (
        "not his mother, whose hours came first"
    )
    family.says("1", "GO", "1", "END")
    family.live("2026-10-07 15:55")
    assert asked_for(family) == ["C"], "less than a day after his last word"
    family.live("2026-10-08 12:00")
    assert (asked_for(family), family.sent_at()[-1]) == (["C", "F"], "Thu 08 Oct 10:30")
    family.live("2026-10-08 15:55")
    assert asked_for(family) == ["C", "F"], "not while she may still answer"
    family.says("1", "GO", "7", "END")
    family.live("2026-10-12 15:55")
    assert (asked_for(family), family.sent_at()[-1]) == (["C", "F", "A"], "Mon 12 Oct 15:50")


def test_answers_are_stored_for_who_has_confirmed(family: Town):
    family.live("2026-10-06 12:40")
    family.says("1", "GO", "1", "END")
    family.live("2026-10-07 14:40")
    family.says("1", "GO", "7", "END")
    assert family.answers() == [("Callum", "assessment", "q1"), ("Ffion", "review", "q1")]
    assert [line[:3] for line in family.stands()] == [
        ("Aoife", "review", "offered"),
        ("Callum", "assessment", "partly_answered"),
        ("Ffion", "review", "partly_answered"),
    ]


def test_a_reply_before_the_check_is_answered_is_an_unknown_persons_and_nobodys_answer(family: Town):
    family.live("2026-10-06 12:40")
    family.says("she has been lovely with all of us")
    assert family.texts()[-1] == CHECK.format("C"), "the check is asked once more"
    assert (family.answers(), family.rows(select(Notice.what))) == ([], [("unknown_person",)])
    family.says("1", "GO", "1")
    assert family.answers() == [("Callum", "assessment", "q1")]


@pytest.mark.parametrize("reply", ["2", "its his mum he says its fine"])
def test_the_mothers_words_are_never_the_childs(family: Town, reply: str):
    family.live("2026-10-06 12:40")
    family.says(reply, "10", "she is great")
    assert family.answers() == []
    assert ("EH-2", "Assessment") in family.gaps(), "he stands as not heard"
    assert family.coverage().total.heard == 0


def test_no_text_holds_a_full_name_or_that_there_is_a_sibling(family: Town):
    family.live("2026-10-06 12:40")
    family.says("who is this", "2", "1", "GO", "1", "what about aoife", "END")
    family.live("2026-10-07 15:55")
    named = [
        text for text in family.texts() for name in ("Ffion", "Callum", "Aoife", "brother", "sister") if name in text
    ]
    assert named == []
    assert len(family.texts(MUM)) > 5
