"""Scenarios 5 to 7: a number that has gone to a stranger, one that is no family's, and parents who live apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from store.council import data_notes
from store.tables import ContactPoint, DataNote
from tests.bot.cases.lists import a_row, a_young_person
from tests.builders import MUM
from tests.scenarios.families import DAD, bar, confirms, limits
from tests.scenarios.town import Town, london

FFION = a_row(name_to_use="Ffion", mobile="07700 900001", language="en", stages="review:2026-10-05")
SORRY = "Sorry about that. We've taken this number off our list and won't text it again."
DATA = "data@council.example"
MANAGER, WORKER = "owen.hope@council.example", "jo.bright@council.example"


@pytest.fixture
def recycled(town: Town) -> Town:
    """Somebody has begun to answer on Ffion's number, and then it turns out to be a stranger."""
    town.told(FFION)
    town.live("2026-10-06 12:35")
    town.says("GO", "3", "4", "wrong number mate")
    return town


def test_scenario_5_the_number_is_taken_from_that_person_and_never_texted_again(recycled: Town):
    said = recycled.texts()
    assert said[-1] == SORRY
    assert "Ffion" not in SORRY
    recycled.live("2026-10-09 16:00")
    recycled.told({**FFION, "stages": FFION["stages"] + "; closure:2026-10-08"})
    recycled.says("hello?", "START", "1")
    recycled.live("2026-10-14 16:00")
    assert recycled.texts() == said, "no reminder, no closure, no answer, though the list repeats the number"
    assert recycled.rows(select(ContactPoint.closed_because).where(ContactPoint.channel == "sms")) == [
        ("wrong_number",)
    ]


def test_scenario_5_the_worker_is_told_and_a_new_number_puts_it_right(recycled: Town):
    assert recycled.notes() == [("EH-1", "wrong_number")]
    recycled.told({**FFION, "mobile": "07700 900044", "stages": "review:2026-10-05; review:2026-11-02"})
    assert recycled.notes() == []
    recycled.sleep("2026-11-03 09:00")
    recycled.live("2026-11-03 12:00")
    assert len(recycled.texts("+447700900044")) == 1, "she is asked about the next stage, on her own number"


def test_scenario_5_what_was_answered_is_held_back_until_somebody_has_looked(recycled: Town):
    manager = recycled.staff(MANAGER)
    recycled.says("tell her to get lost")
    assert set(recycled.inbox(manager)) <= {None}
    assert recycled.coverage().total.heard == 0
    assert list(recycled.gaps()) == [("EH-1", "Formal review")]
    assert recycled.alerts()[0] == ("wrong_number", "amber")


def test_scenario_5_what_was_said_in_an_earlier_conversation_stands(town: Town):
    town.told(FFION)
    town.live("2026-10-06 12:35")
    town.says("GO", "9", "1", "1", "1", "1", "she always rings back", "END")
    town.told({**FFION, "stages": FFION["stages"] + "; closure:2026-11-10"})
    town.sleep("2026-11-17 06:30")
    town.live("2026-11-17 12:35")
    town.says("GO", "2", "wrong number mate")
    assert [words for words in town.inbox(town.staff(MANAGER)) if words] == ["she always rings back"]
    assert (town.coverage().total.heard, list(town.gaps())) == (1, [("EH-1", "End of involvement")])


@pytest.mark.parametrize("replies", [("GO", "3", "4", "wrong number mate"), ("wrong number mate",)])
def test_scenario_5_the_data_team_checks_for_a_breach_where_a_stranger_was_told_anything(town: Town, replies: tuple):
    town.told(FFION)
    town.live("2026-10-06 12:35")
    town.says(*replies)
    [subject] = town.mails(DATA)
    assert subject.endswith("check for a data breach")
    town.says("I said wrong number", "wrong number")
    assert len(town.mails(DATA)) == 1, "once"
    assert not any("Ffion" in mail.text for mail in town.house.email.sent)


def test_scenario_5_the_check_who_is_there_tells_a_stranger_nothing(town: Town):
    town.told(FFION, a_young_person(mobile="07700 900001", birth_date="2009-03-01", stages="review:2026-10-05"))
    town.live("2026-10-06 12:35")
    town.says("3")
    assert (town.texts()[-1], town.mails(DATA)) == (SORRY, [])


def test_scenario_5_a_number_that_nobody_has_known_for_half_a_year_waits_for_a_worker(town: Town):
    town.house.clock.at = town.house.clock.at.replace(month=3)
    town.told({**FFION, "stages": ""})
    town.sleep("2026-10-06 09:00")
    town.told(FFION)
    town.live("2026-10-07 15:00")
    assert (town.texts(), town.stands()) == ([], [("Ffion", "review", "not_asked", "number_unconfirmed")])
    assert town.notes() == [("EH-1", "number_unconfirmed")]
    assert confirms(town, "Ffion")
    town.live("2026-10-08 15:00")
    assert (len(town.texts()), town.notes()) == (2, [])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("07700 900555", "worker number"),  # the worker's own
        ("07700 900777", "worker number"),  # of a colleague elsewhere
        ("020 7946 0018", "landline"),  # the school's landline
    ],
)
def test_scenario_6_a_list_with_a_number_that_is_no_familys_is_refused_in_words(town: Town, number: str, said: str):
    town.told(
        a_row(worker_mobile="07700 900555", case_reference="EH-8", mobile=""),
        a_row(worker_email="al@council.example", worker_mobile="07700 900777", case_reference="EH-9", mobile=""),
    )
    [refusal] = town.told({**FFION, "mobile": number}).refused
    assert (refusal.column, refusal.kind) == ("mobile", said)
    town.live("2026-10-08 12:00")
    assert [town.texts(to) for to in ("+447700900555", "+447700900777", "+442079460018")] == [[], [], []]


@pytest.mark.parametrize("number", ["07700 900555", "020 7946 0018"])
def test_scenario_6_the_team_is_told_once_of_a_number_that_a_list_cannot_give(town: Town, number: str):
    town.told(a_row(worker_mobile="07700 900555", case_reference="EH-9", mobile=""), FFION)
    wrong = {**FFION, "mobile": number}
    for day in ("2026-10-07 07:00", "2026-10-08 07:00"):
        assert len(town.told(wrong).refused) == 1
        assert town.notes() == [("EH-1", "number_refused")]
        town.live(day)
    with town.database.reading() as session:
        [note] = data_notes.standing(session, line_manager_id=town.staff(MANAGER).staff_id)
        assert data_notes.standing(session, line_manager_id=0) == []
    assert (note.worker, note.noted_at < london("2026-10-07 00:00")) == ("Jo Bright", True), (
        "noted on the first day, once"
    )
    assert not any(told in note.explanation for told in ("555", "0018", "Ffion"))
    town.told(FFION)
    assert town.notes() == [], "the list has it right"
    town.told(wrong)
    assert town.notes() == [("EH-1", "number_refused")], "and wrong again"


def test_scenario_6_a_list_that_lacks_the_case_leaves_the_note_and_a_number_by_hand_settles_it_until_it_is_repeated(
    town: Town,
):
    town.told(FFION)
    wrong = {**FFION, "mobile": "020 7946 0018"}
    town.told(wrong)
    town.told({**FFION, "case_reference": "EH-2", "name_to_use": "Ceri"})
    assert town.notes() == [("EH-1", "number_refused")]
    town.house.clock.move(timedelta(hours=1))
    assert confirms(town, "Ffion")
    assert town.notes() == []
    town.told(wrong)
    assert town.notes() == [("EH-1", "number_refused")]


def test_scenario_6_the_team_is_told_of_somebody_who_could_not_be_added_until_they_are(town: Town):
    town.told(FFION)
    ceri = {**FFION, "case_reference": "EH-2", "name_to_use": "Ceri", "mobile": "07700 900002"}
    new_case, on_a_case = (
        {**ceri, "mobile": "020 7946 0018"},
        {**FFION, "name_to_use": "Ceri", "mobile": "020 7946 0018"},
    )
    for _ in range(2):
        town.told(new_case, on_a_case)
        assert sorted(town.notes()) == [("EH-1", "number_refused"), ("EH-2", "number_refused")]
    with town.database.reading() as session:
        notes = data_notes.standing(session, line_manager_id=town.staff(MANAGER).staff_id)
    assert [note.worker for note in notes] == ["Jo Bright", "Jo Bright"]
    town.told(ceri)
    assert town.notes() == [("EH-1", "number_refused")]
    town.told({**on_a_case, "mobile": ""})
    assert town.notes() == []


def test_scenario_6_two_who_could_not_be_added_to_one_case_are_one_note_however_often_the_list_comes(town: Town):
    town.told(a_row(worker_mobile="07700 900555", case_reference="EH-9", mobile=""))
    two = [{**FFION, "mobile": "020 7946 0018"}, {**FFION, "name_to_use": "Ceri", "mobile": "07700 900555"}]
    for _ in range(3):
        town.told(*two)
    assert len(town.rows(select(DataNote.id))) == 1
    assert town.notes() == [("EH-1", "number_refused")]


def test_scenario_6_one_number_is_not_that_of_six_families(town: Town):
    rows = [a_row(case_reference=f"EH-{n}", name_to_use=f"Ada{n}", mobile="07700 900001") for n in range(6)]
    [refusal] = town.told(*rows).refused
    assert (refusal.line, refusal.kind) == (7, "shared by many")
    assert town.notes() == [("EH-5", "number_refused")]


def test_scenario_6_a_number_that_turns_out_to_be_the_workers_is_used_no_more_and_the_team_told(town: Town):
    town.told(FFION)
    town.live("2026-10-06 12:35")
    said = town.texts()
    town.told(a_row(case_reference="EH-9", mobile="", worker_mobile="07700 900001", stages=""))
    town.says("GO")
    town.live("2026-10-14 12:00")
    assert town.texts() == said, "a worker is never asked about themselves"
    assert town.notes() == [("EH-1", "worker_number")]
    assert [line[2] for line in town.stands()] == ["unreachable"]


@pytest.fixture
def apart(town: Town) -> Town:
    """Ffion has parental responsibility; a court order keeps Rhodri from her. Both are on the case."""
    rhodri = {**FFION, "name_to_use": "Rhodri", "mobile": "07700 900002"}
    town.told({**FFION, "parental_responsibility": "yes"}, {**rhodri, "parental_responsibility": "no"})
    assert limits(town, "Ffion", "Rhodri")
    return town


def test_scenario_7_each_parent_is_asked_alone_and_told_nothing_of_the_other(apart: Town):
    apart.live("2026-10-06 12:35")
    apart.says("GO", "9", "1", "END")
    apart.says("GO", "2", "does she say i am the problem", mobile=DAD)
    assert [line[0] for line in apart.answers()][:2] == ["Ffion", "Ffion"]
    assert {line[0] for line in apart.answers()} == {"Ffion", "Rhodri"}
    both = [*apart.texts(MUM), *apart.texts(DAD)]
    assert not any(word in text for text in both for word in ("Ffion", "Rhodri", "mother", "father"))
    assert not any("Is that you?" in text for text in both), "each has a phone of their own"


def test_scenario_7_do_not_contact_stops_one_without_touching_the_other(apart: Town):
    apart.live("2026-10-06 12:35")
    apart.says("GO", "9")
    apart.says("GO", "2", mobile=DAD)
    his = apart.texts(DAD)
    bar(apart, "Rhodri", "court_order")
    apart.says("1")
    apart.live("2026-10-14 12:00")
    assert apart.texts(DAD) == his
    assert apart.answers()[-1] == ("Ffion", "review", "q2")
    assert apart.texts(MUM)[-1].startswith("3/8"), "her questions go on"


def test_scenario_7_neither_is_asked_on_a_number_that_both_have(town: Town):
    town.told(FFION, {**FFION, "name_to_use": "Rhodri"})
    assert limits(town, "Ffion", "Rhodri")
    town.live("2026-10-07 12:35")
    assert town.texts() == []
    assert confirms(town, "Ffion")
    town.live("2026-10-08 12:35")
    assert town.stands()[1] == ("Rhodri", "review", "not_asked", "number_unconfirmed")


def test_scenario_7_what_is_being_asked_on_a_number_that_both_have_stops_without_a_word(town: Town):
    town.told(FFION, {**FFION, "name_to_use": "Rhodri"})
    town.live("2026-10-06 12:35")
    town.says("1", "GO")
    before = town.texts()
    assert limits(town, "Ffion", "Rhodri")
    town.says("7")
    told = ["Thanks. Those questions have closed, but a person will read what you said."]
    assert town.texts()[len(before) :] == told, "and no question: nobody knows who reads there"
    town.live("2026-10-15 15:55")
    assert (town.texts()[len(before) :], town.answers()) == (told, [])
