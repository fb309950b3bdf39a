"""Scenarios 31 to 33: a case closes half way, is taken elsewhere, and somebody who must not be written to."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.cases import events
from store.tables import Message
from tests.bot.cases.lists import a_row
from tests.bot.people.acting import ask_without_sending
from tests.builders import MUM
from tests.scenarios.families import DAD, FOLLOWS, IGNORE, bar, confirms, happens
from tests.scenarios.town import AN_HOUR, Town, london

FFION = a_row(name_to_use="Ffion", mobile="07700 900001", language="en", stages="review:2026-10-05")
RHODRI = {**FFION, "name_to_use": "Rhodri", "mobile": "07700 900002"}
HALF_WAY = [("Ffion", "review", "q1"), ("Ffion", "review", "q2")]


@pytest.fixture
def half_way(town: Town) -> Town:
    """Ffion has answered two questions about the review, Rhodri has not answered yet."""
    town.told(FFION, RHODRI)
    town.live("2026-10-06 12:35")
    town.says("GO", "7", "1")
    return town


def waiting(town: Town) -> int:
    return int(town.rows(select(func.count()).where(Message.status == "queued"))[0][0])


def test_scenario_31_a_closure_stops_the_review_politely_and_is_asked_about_three_days_later(half_way: Town):
    half_way.told({**FFION, "stages": "review:2026-10-05; closure:2026-10-06"})
    half_way.live("2026-10-06 12:50")
    assert half_way.texts()[-1] == IGNORE
    assert half_way.answers() == HALF_WAY, "what was answered stays with the review"
    assert half_way.stands()[:2] == [
        ("Ffion", "review", "partly_answered", None),
        ("Ffion", "closure", "offered", None),
    ]
    said = half_way.texts()
    half_way.live("2026-10-11 20:00")
    assert half_way.texts() == said, "Friday is three days later, and a Friday is nobody's hour"
    half_way.live("2026-10-12 10:31")
    assert half_way.sent_at()[-1] == "Mon 12 Oct 10:30", "though she was asked six days ago"
    half_way.says("GO", "1", "END")
    assert half_way.answers() == [*HALF_WAY, ("Ffion", "closure", "q1")]


def test_scenario_31_whoever_had_no_time_to_answer_does_not_count_as_silent(half_way: Town):
    half_way.told({**FFION, "stages": "review:2026-10-05; closure:2026-10-06"}, RHODRI)
    half_way.live("2026-10-06 12:50")
    assert ("Rhodri", "review", "lapsed", "cancelled") in half_way.stands()
    [review] = [group.standing for group in half_way.coverage().groups if group.key == "review"]
    assert (review.count("lapsed"), review.count("withdrawn"), review.asked) == (0, 1, 2)
    assert review.parts("withdrawn") == [(1, "asked, and the questions were withdrawn before they had answered")]
    [line] = half_way.coverage("worker").groups
    assert line.standing.count("withdrawn") == 1


def test_scenario_31_nobody_is_asked_twice_in_28_days_otherwise(town: Town):
    town.told({**FFION, "stages": "review:2026-10-05; review:2026-10-19"})
    town.live("2026-10-06 12:35")
    town.says("GO", "7", "END")
    town.sleep("2026-10-20 09:00")
    town.live("2026-10-20 16:00")
    town.sleep("2026-11-02 16:00")
    town.live("2026-11-03 12:35")
    assert town.sent_at() == ["Tue 06 Oct 12:30", "Tue 06 Oct 12:30", "Tue 03 Nov 12:30"], "the first time, two texts"


@pytest.mark.parametrize("stage", ["reopened", "stepped_up", "moved_away"])
def test_scenario_32_all_that_waits_is_cancelled_at_once_and_contact_rests(town: Town, stage: str):
    stages = "closure:2026-10-02" if stage == "reopened" else "review:2026-10-05"
    town.told({**FFION, "stages": stages}, {**RHODRI, "stages": stages})
    town.house.clock.move(AN_HOUR)
    assert ask_without_sending(town.house) == 2
    happens(town, stage, "2026-10-06")
    assert (town.texts(MUM), town.texts(DAD), waiting(town)) == ([], [], 0)
    assert town.notes() == [("EH-1", "number_unconfirmed")] * 2
    town.live("2026-10-09 12:00")
    assert (town.texts(MUM), town.texts(DAD)) == ([], [])


@pytest.mark.parametrize("stage", ["stepped_up", "moved_away"])
def test_scenario_32_what_is_being_asked_ends_without_a_word_and_history_stays(half_way: Town, stage: str):
    said = half_way.texts()
    happens(half_way, stage, "2026-10-06")
    half_way.told({**FFION, "stages": f"review:2026-10-05; {stage}:2026-10-06; review:2026-10-12; closure:2026-10-14"})
    half_way.live("2026-10-07 16:00")
    half_way.sleep("2026-10-19 09:00")
    half_way.live("2026-10-20 16:00")
    assert (half_way.texts(), half_way.answers()) == (said, HALF_WAY), (
        "Early Help asks nothing while another has the case"
    )
    assert [line[1:] for line in half_way.stands() if line[0] == "Ffion"] == [
        ("review", "partly_answered", None),
        ("review", "not_asked", stage),
        ("closure", "not_asked", stage),
    ]
    assert [(group.key, group.heard) for group in half_way.coverage().groups] == [("review", 1), ("closure", 0)]


def test_scenario_32_after_it_has_come_back_only_who_is_confirmed_and_new_carers_are_asked(half_way: Town):
    happens(half_way, "stepped_up", "2026-10-06")
    half_way.sleep("2026-11-09 09:00")
    happens(half_way, "stepped_down", "2026-11-02")
    stages = "review:2026-10-05; stepped_up:2026-10-06; stepped_down:2026-11-02; review:2026-11-09"
    half_way.told(
        {**FFION, "stages": stages},
        {**RHODRI, "stages": stages},
        {**FFION, "name_to_use": "Nerys", "mobile": "07700 900003", "stages": stages},
    )
    said = half_way.texts()
    half_way.live("2026-11-10 12:35")
    assert (half_way.texts(), len(half_way.texts("+447700900003"))) == (said, 2), "Nerys is a contact of her own"
    assert confirms(half_way, "Ffion")
    half_way.live("2026-11-10 14:35")
    assert len(half_way.texts()) == len(said) + 1
    assert ("Rhodri", "review", "not_asked", "number_unconfirmed") in half_way.stands()


@pytest.mark.parametrize("reason", ["died", "in_hospital", "missing"])
def test_scenario_33_do_not_contact_stops_even_what_is_about_to_leave(town: Town, reason: str):
    town.told(FFION, RHODRI)
    town.house.clock.move(AN_HOUR)
    assert ask_without_sending(town.house) == 2
    bar(town, "Ffion", reason)
    town.house.service.outbox.drain()
    assert (town.texts(MUM), len(town.texts(DAD))) == ([], 2), "somebody else of the family goes on being asked"


def test_scenario_33_do_not_contact_holds_on_every_case_of_hers(town: Town):
    """No list gives a reference: she is recognised by her role, her name and her number."""
    town.told(FFION, {**FFION, "case_reference": "EH-2"})
    bar(town, "Ffion", "died")
    town.live("2026-10-08 12:35")
    assert town.texts(MUM) == []
    assert {line[3] for line in town.stands()} == {"do_not_contact"}


def withdraw_and_tell_again(town: Town, event_id: int, stage: str, day: str) -> None:
    """A stage was withdrawn by mistake after people were asked; it is told again under a new reference."""
    now = town.house.clock.now()
    with town.database.writing() as session:
        events.withdraw(session, event_id, "did_not_happen", **FOLLOWS, now=now)
    town.house.service.outbox.drain()
    with town.database.writing() as session:
        on = london(day).date()
        events.report(session, town.case(), stage, on, reference="NEW-1", **FOLLOWS, now=now)


def test_a_stage_that_was_withdrawn_by_mistake_is_asked_about_anew(town: Town):
    """About the end of a case people are asked whatever they were asked in the 28 days before."""
    town.told({**FFION, "stages": ""}, {**RHODRI, "stages": ""})
    closure = happens(town, "closure", "2026-10-02")
    town.live("2026-10-06 12:35")
    town.says("GO", "1", mobile=DAD)
    said = town.texts()
    withdraw_and_tell_again(town, closure, "closure", "2026-10-02")
    assert town.texts() == [*said, IGNORE]
    town.live("2026-10-07 12:35")
    assert len(town.texts()) > len(said) + 1
    assert town.stands() == [
        ("Ffion", "closure", "lapsed", "cancelled"),
        ("Ffion", "closure", "asked", None),
        ("Rhodri", "closure", "partly_answered", None),
    ]
    [closures] = [group for group in town.coverage().groups if group.key == "closure"]
    assert closures.heard == 1


def test_within_the_28_days_coverage_says_so_of_a_stage_that_was_withdrawn_by_mistake(town: Town):
    town.told({**FFION, "stages": ""})
    review = happens(town, "review", "2026-10-05")
    town.live("2026-10-06 12:35")
    said = len(town.texts())
    withdraw_and_tell_again(town, review, "review", "2026-10-05")
    town.live("2026-10-08 12:35")
    assert len(town.texts()) == said + 1
    assert town.stands()[-1] == ("Ffion", "review", "not_asked", "asked_recently")
    [reviews] = [group for group in town.coverage().groups if group.key == "review"]
    assert reviews.standing.not_asked == {"asked_recently": 1}


def test_one_mother_on_two_cases_is_asked_once_in_28_days_and_never_whether_it_is_her(town: Town):
    town.told(FFION, {**FFION, "case_reference": "EH-2"})
    town.live("2026-10-14 16:00")
    assert not any("Is that you?" in text for text in town.texts(MUM))
    assert {at[:10] for at in town.sent_at()} == {"Tue 06 Oct", "Mon 12 Oct"}, "and the one reminder"
    assert [line[2:] for line in town.stands()] == [("asked", None), ("not_asked", "asked_recently")]


def test_scenario_33_do_not_contact_beats_every_schedule(half_way: Town):
    said = half_way.texts()
    bar(half_way, "Ffion", "died")
    half_way.live("2026-10-12 12:00")
    half_way.told({**FFION, "stages": "review:2026-10-05; review:2026-10-12; closure:2026-10-15"})
    half_way.sleep("2026-10-19 09:00")
    half_way.live("2026-10-20 16:00")
    assert half_way.texts() == said, "no reminder, no next stage, no closure, whatever a list says"
    assert [line[2:] for line in half_way.stands()[1:3]] == [("not_asked", "do_not_contact")] * 2
    [closure] = [group for group in half_way.coverage().groups if group.key == "closure"]
    assert closure.standing.not_asked["do_not_contact"] == 1
