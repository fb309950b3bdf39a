"""A campaign that a person makes: its list, its preview with the cost, and what may be done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, update

from bot.access import Viewer
from bot.campaigns import progress, running
from bot.campaigns.one_off import CannotMake
from bot.campaigns.running import CannotDo
from bot.shown import alert_views, answers
from store.council import data_notes, optouts
from store.tables import Case, DataNote, Invitation, Person
from tests.bot.campaigns.making import LONG_AGO, PARENTS, WANTED, look, make, start
from tests.bot.campaigns.town import CLINIC, SCHOOL, ask, invitations, london, take_in
from tests.bot.people.acting import freeze
from tests.builders import MUM, House, make_case

DAD = "+447700900002"


def test_the_preview_counts_people_channels_reasons_and_pence_and_sends_nothing(house: House) -> None:
    stopped = SCHOOL.replace("Oak", "Ivy").replace("pat@oak", "pat@ivy")
    take_in(house, SCHOOL, CLINIC, stopped, SCHOOL.replace("Oak", "Far").replace("Marlbury", "Elsewhere"))
    with house.database.writing() as session:
        optouts.begin(session, "email", "pat@ivy.example", house.clock.now())
    campaign = make(house)
    seen = look(house, campaign)
    assert (seen.people, seen.to_ask) == (3, 2)
    assert seen.channels == {"email": 1, "sms": 1}
    assert seen.left_out == {"opted_out": 1}
    assert (seen.parts, seen.pence) == (1, Decimal(4))
    assert invitations(house) == []
    assert ask(house) == 0


def test_a_campaign_begins_only_with_the_count_that_somebody_has_seen(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    campaign = make(house)
    take_in(house, CLINIC.replace("Elm", "Yew").replace("900201", "900203"))
    with pytest.raises(CannotDo, match="3 people now, not 2"):
        start(house, campaign, 2)
    assert invitations(house) == []
    assert start(house, campaign, 3) == 3
    with pytest.raises(CannotDo, match="started before"):
        start(house, campaign, 3)
    assert ask(house) == 3
    assert ask(house) == 0


def test_a_number_that_must_be_confirmed_first_is_no_missing_number_and_its_team_is_told(house: House) -> None:
    make_case(house, stage="assessment", reached=LONG_AGO)
    freeze(house, make_case(house, stage="assessment", reached=LONG_AGO, reference="EH-2", mobile=DAD).case_id)
    make_case(house, stage="assessment", reached=LONG_AGO, reference="EH-3", mobile=None)
    with house.database.writing() as session:
        session.execute(delete(DataNote))
    campaign = make(house, PARENTS)
    assert look(house, campaign).left_out == {"number_unconfirmed": 1, "no_mobile": 1}
    assert noted(house) == [], "to look changes nothing"
    assert start(house, campaign, 1) == 1
    assert noted(house) == [("EH-2", "number_unconfirmed")]
    freeze(house, 1)
    with house.database.writing() as session:
        session.execute(delete(DataNote))
    assert ask(house) == 0
    assert noted(house) == [("EH-1001", "number_unconfirmed")]


def noted(house: House) -> list[tuple[str, str]]:
    with house.database.reading() as session:
        return [(note.cases, note.code) for note in data_notes.standing(session)]


def test_it_pauses_goes_on_and_ends(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    campaign = make(house)
    start(house, campaign, 2)
    moves = {"staff_id": None, "now": house.clock.now()}
    with house.database.writing() as session:
        running.pause(session, campaign, **moves)
        with pytest.raises(CannotDo, match="is paused"):
            running.pause(session, campaign, **moves)
    assert ask(house) == 0
    with house.database.writing() as session:
        running.resume(session, campaign, **moves)
        assert running.end(session, campaign, **moves) == 2
        with pytest.raises(CannotDo, match="ended before"):
            running.end(session, campaign, **moves)
        found = progress.of(session, campaign)
    assert ask(house) == 0
    assert found is not None
    assert found.not_asked == {"their turn came after the last day": 2}


def test_questions_that_were_withdrawn_are_not_counted_as_unanswered(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    campaign = make(house)
    start(house, campaign, 2)
    assert ask(house) == 2
    with house.database.writing() as session:
        session.execute(update(Invitation).values(status="lapsed"))
        session.execute(update(Invitation).where(Invitation.id == 1).values(not_asked_because="moved_away"))
        found = progress.of(session, campaign)
    assert found is not None
    assert (found.steps, found.asked) == ({"lapsed": 1, "withdrawn": 1}, 2)
    assert set(found.steps) <= set(progress.STEPS)


def test_a_campaign_ends_by_itself_when_its_last_day_is_over(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    campaign = make(house)
    start(house, campaign, 2)
    house.clock.at = london(2026, 10, 30, 18)
    assert running.end_over(house.database, house.clock.now()) == 0
    house.clock.at = london(2026, 10, 31, 6)
    assert running.end_over(house.database, house.clock.now()) == 1
    assert running.end_over(house.database, house.clock.now()) == 0
    assert {each.not_asked_because for each in invitations(house)} == {"campaign_over"}


def test_families_are_asked_under_the_rules_of_their_stages(house: House) -> None:
    phones = [f"+4477009000{number}" for number in range(10, 16)]
    cases = [make_case(house, reference=f"EH-{n}", mobile=phone, reached=LONG_AGO) for n, phone in enumerate(phones)]
    young = make_case(house, reference="EH-Y", mobile=MUM, audience="young_person", birth_date=date(2009, 1, 1))
    del young
    with house.database.writing() as session:
        session.get_one(Person, cases[0].person_id).safe_contact = "none"
        session.get_one(Case, cases[1].case_id).status = "closed"
        session.get_one(Case, cases[2].case_id).level = "additional"
        optouts.begin(session, "sms", phones[3], house.clock.now())
    campaign = make(house, PARENTS)
    seen = look(house, campaign)
    assert (seen.people, seen.to_ask) == (4, 2)
    assert seen.left_out == {"unsafe_contact": 1, "opted_out": 1}
    start(house, campaign, 2)
    with house.database.writing() as session:
        session.get_one(Case, cases[4].case_id).status = "closed"
    assert ask(house) == 1
    assert house.said(phones[5])[0].startswith("Hi, it's Kent Early Help.")
    asked = [each for each in invitations(house) if each.campaign_id]
    assert sorted(each.not_asked_because or "asked" for each in asked) == [
        "asked",
        "case_closed",
        "opted_out",
        "unsafe_contact",
    ]


def test_young_people_of_another_age_are_left_out(house: House) -> None:
    for number, born in enumerate((date(2009, 1, 1), date(2014, 1, 1))):
        mobile = f"+4477009000{number + 20}"
        who = {"audience": "young_person", "birth_date": born}
        make_case(house, reference=f"EH-{number}", mobile=mobile, reached=LONG_AGO, **who)
    campaign = make(house, replace(WANTED, survey_id="yp_16_25_review", selection="young people on open cases"))
    seen = look(house, campaign)
    assert (seen.to_ask, seen.left_out) == (1, {"other_age": 1})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"survey_id": "nothing"}, "There is no such survey"),
        ({"survey_id": "staff_pulse"}, "cannot be sent to a list"),
        ({"name": " "}, "Give it a name"),
        ({"closes_on": date(2026, 10, 5)}, "Its last day"),
        ({"opens_on": date(2026, 9, 1), "closes_on": date(2026, 9, 2)}, "is over"),
        ({"reminders": 3}, "at most 2 reminders"),
        ({"selection": ""}, "either a file or a selection"),
        ({"selection": "everybody"}, "This is no selection"),
        ({"selection": "partners in Nowhere"}, "There is no such district; there are: Marlbury"),
        ({"selection": "partners at level high"}, "There is no such level"),
        ({"selection": "parents on open cases"}, "is for others"),
        ({"selection": "parents of kind school"}, "Families have no kind"),
        ({"survey_id": "parent_review"}, "is for others"),
        ({"survey_id": "parent_review", "selection": "", "file": b"name\n"}, "not asked by a file"),
    ],
)
def test_what_cannot_be_made_says_what_to_do(house: House, changes: dict, told: str) -> None:
    take_in(house, SCHOOL)
    with pytest.raises(CannotMake, match=told):
        make(house, replace(WANTED, **changes))


def test_a_list_from_a_file_finds_who_is_known_and_keeps_who_is_not(house: House) -> None:
    take_in(house, SCHOOL)
    data = b"name,organisation,email\nPat Oak,,pat@oak.example\nRo Ash,Ash Trust,ro@ash.example\n"
    campaign = make(house, replace(WANTED, selection="", file=data))
    again = make(house, replace(WANTED, selection="", file=data))
    assert look(house, campaign).to_ask == look(house, again).to_ask == 2
    start(house, campaign, 2)
    assert ask(house) == 2
    assert {mail.address for mail in house.email.sent} == {"pat@oak.example", "ro@ash.example"}


def test_a_list_with_one_wrong_row_makes_no_campaign(house: House) -> None:
    data = b"name,email\nPat Oak,pat@oak.example\nRo Ash,\n"
    with pytest.raises(CannotMake) as problem:
        make(house, replace(WANTED, selection="", file=data))
    assert [str(each) for each in problem.value.refused] == [
        "line 3, email: no address - write an e-mail address or a mobile number"
    ]
    with house.database.reading() as session:
        assert progress.everyone(session) == []


def test_what_partners_say_is_read_by_administrators_and_the_duty_desk_and_by_no_line_manager(house: House) -> None:
    made = make_case(house)
    take_in(house, CLINIC)
    campaign = make(house, replace(WANTED, selection="partners"))
    start(house, campaign, 1)
    ask(house)
    for words in ("GO", "3 we never hear back"):
        house.text(words, "+447700900201")
    said = ["3 we never hear back"]
    viewers = {"administrator": made.worker_id, "duty": made.worker_id, "manager": made.manager_id}
    with house.database.reading() as session:
        read = {
            role: [
                each.words
                for each in answers.latest(session, Viewer(staff, role), catalogue=house.service.catalogue).answers
            ]
            for role, staff in viewers.items()
        }
    assert read == {"administrator": said, "duty": said, "manager": []}


def test_a_danger_in_what_a_partner_says_reaches_the_duty_desk_and_no_line_manager(house: House) -> None:
    made = make_case(house)
    take_in(house, CLINIC)
    start(house, make(house, replace(WANTED, selection="partners")), 1)
    ask(house)
    for words in ("GO", "3 he hit me last night"):
        house.text(words, "+447700900201")
    with house.database.reading() as session:
        [line] = alert_views.recent(session, Viewer(made.worker_id, "duty"))
        assert alert_views.recent(session, Viewer(made.manager_id, "manager")) == []
    seen = alert_views.look_at(house.service, line.reference, Viewer(made.worker_id, "duty"))
    assert seen is not None
    assert (seen.case_reference, seen.who) == (None, "Partner organisation")
