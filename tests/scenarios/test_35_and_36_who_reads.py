"""Scenarios 35 and 36: a manager who is not here, or leads nobody; and figures of too few people."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot import digests, staffing
from bot.access import Viewer
from store.tables import Digest, Leave, Staff
from tests.bot.cases.lists import a_row
from tests.scenarios.town import Town, london

FFION = a_row(name_to_use="Ffion", mobile="07700 900001", language="en", stages="review:2026-10-05")
OWEN, DI, BO, AL, EVA = (f"{name}@council.example" for name in ("owen.hope", "di", "bo", "al", "eva.moss"))
JO = "jo.bright@council.example"
NICE = "she always rang when she said she would"
ALL_THE_WAY = ("GO", "7", "1", "1", "1", "1", NICE, "END")


@pytest.fixture
def office(town: Town) -> Town:
    """Jo's line manager is Owen, whose deputy is Di and whose manager is Bo. Al is an administrator. Ffion has answered."""
    with town.database.writing() as session:
        for email, role in ((DI, "manager"), (BO, "manager"), (AL, "administrator"), (EVA, "manager")):
            session.add(Staff(email=email, name=email.split("@")[0].title(), role=role, failed_sign_ins=0))
    town.told(FFION)
    change(town, OWEN, deputy_id=town.staff(DI).staff_id, line_manager_id=town.staff(BO).staff_id)
    town.live("2026-10-06 12:35")
    town.says(*ALL_THE_WAY)
    return town


def change(town: Town, email: str, **columns: object) -> None:
    with town.database.writing() as session:
        session.execute(update(Staff).where(Staff.email == email).values(**columns))


def away(town: Town, email: str, how: str) -> None:
    """Somebody leaves at the end of October, or is on leave in November."""
    if how == "left":
        change(town, email, ended_on=london("2026-10-30").date())
        return
    days = {"first_day": london("2026-10-31").date(), "last_day": london("2026-11-30").date()}
    with town.database.writing() as session:
        session.add(Leave(staff_id=town.staff(email).staff_id, **days))


@pytest.mark.parametrize(
    ("absent", "reader"),
    [
        ({}, OWEN),
        ({OWEN: "left"}, DI),
        ({OWEN: "on leave"}, DI),
        ({OWEN: "left", DI: "on leave"}, BO),
        ({OWEN: "left", DI: "left", BO: "left"}, AL),
    ],
)
def test_scenario_35_the_months_words_never_land_nowhere(office: Town, absent: dict[str, str], reader: str):
    for email, how in absent.items():
        away(office, email, how)
    office.sleep("2026-11-02 06:30")
    office.live("2026-11-02 12:00")
    digest = [
        email for email in (OWEN, DI, BO, AL) if any("digest for October" in mail for mail in office.mails(email))
    ]
    assert reader in digest
    assert OWEN in digest or absent, "nobody else is sent what is Owen's while he is here"
    assert office.inbox(office.staff(reader)) == [NICE]
    if absent.get(OWEN) == "left":
        assert office.inbox(office.staff(OWEN)) == [], "whoever has left reads nothing from that day"
        assert OWEN not in digest


def test_scenario_35_it_is_made_once_whoever_reads_it_then(office: Town):
    office.sleep("2026-11-02 06:30")
    office.live("2026-11-02 12:00")
    away(office, OWEN, "left")
    office.sleep("2026-11-05 07:30")
    office.live("2026-11-05 16:00")
    made = office.rows(select(Digest.id, Digest.manager_id).where(Digest.manager_id == office.staff(OWEN).staff_id))
    assert len(made) == 1
    assert digests.read(office.house.service, made[0][0], office.staff(DI)) is not None
    assert digests.read(office.house.service, made[0][0], office.staff(OWEN)) is None


@pytest.mark.parametrize("owen", ["here", "left"])
def test_scenario_35_what_is_under_way_goes_to_the_new_line_manager_and_what_was_said_stays(office: Town, owen: str):
    """By a list or by hand, whether or not the old one is still here, and before his deputy."""
    second = {**FFION, "name_to_use": "Rhodri", "case_reference": "EH-2", "mobile": "07700 900002"}
    office.told(FFION, second)
    office.live("2026-10-06 14:35")
    if owen == "left":
        change(office, OWEN, ended_on=london("2026-10-06").date())
        office.told(*({**row, "line_manager_name": "Eva Moss", "line_manager_email": EVA} for row in (FFION, second)))
    else:
        with office.database.writing() as session:
            staffing.change(session, JO, staffing.Changes(line_manager=EVA), now=office.house.clock.now())
    office.live("2026-10-07 07:30")
    office.says("GO", "7", "1", "1", "1", "1", "he listens", "END", mobile="+447700900002")
    assert office.inbox(office.staff(EVA)) == ["he listens"]
    assert office.inbox(office.staff(DI if owen == "left" else OWEN)) == [NICE]


def test_scenario_35_a_unit_with_two_managers_gives_each_the_words_about_their_own_workers(office: Town):
    other = {"worker_name": "Al Reed", "worker_email": "al.reed@council.example", "line_manager_name": "Eva Moss"}
    office.told(
        {**FFION, **other, "line_manager_email": EVA, "case_reference": "EH-2", "mobile": "07700 900002"},
    )
    office.live("2026-10-06 14:35")
    office.says("GO", "7", "1", "1", "1", "1", "we never see him", "END", mobile="+447700900002")
    assert office.inbox(office.staff(OWEN)) == [NICE]
    assert office.inbox(office.staff(EVA)) == ["we never see him"]


def test_a_manager_of_managers_sees_how_far_those_below_have_been_heard_and_none_of_the_words(office: Town):
    seen = {email: office.coverage("worker", office.staff(email)).total.stages for email in (OWEN, BO, EVA)}
    assert seen == {OWEN: 1, BO: 1, EVA: 0}
    change(office, BO, line_manager_id=office.staff(EVA).staff_id)
    change(office, EVA, line_manager_id=office.staff(OWEN).staff_id)
    assert office.coverage("worker", office.staff(EVA)).total.stages == 1, "however far above, and in whatever circle"
    assert office.inbox(office.staff(BO)) == []


def test_scenario_35_a_manager_who_leads_nobody_is_sent_no_digest(office: Town):
    office.sleep("2026-11-02 06:30")
    office.live("2026-11-02 12:00")
    assert office.mails(EVA) == []
    assert [mail for mail in office.mails(OWEN) if "digest" in mail] == ["Heard: your digest for October 2026"]


def test_scenario_36_of_a_single_case_there_are_words_and_no_scores(office: Town):
    office.live("2026-10-07 07:30")
    office.sleep("2026-11-02 06:30")
    office.live("2026-11-02 08:30")
    owen = office.staff(OWEN)
    [(digest_id,)] = office.rows(select(Digest.id).where(Digest.manager_id == owen.staff_id))
    page = digests.read(office.house.service, digest_id, owen)
    assert page is not None
    words = [line.words for line in (*page.view.praise, *page.view.concerns, *page.view.wishes, *page.view.other)]
    assert words == [NICE]
    assert (page.view.score, page.view.run_chart, page.view.headline) == (None, (), "1 of 1 answered")


def test_scenario_36_families_are_told_before_they_begin_that_the_manager_reads_what_they_say(office: Town):
    assert "Jo's manager reads the answers" in office.texts()[0]
    assert not any("anonymous" in text.lower() for text in office.texts())


def test_scenario_36_a_filter_that_leaves_one_person_shows_no_percentage_and_no_others_case(office: Town):
    owen, eva = office.staff(OWEN), office.staff(EVA)
    [group] = office.coverage("worker", Viewer(owen.staff_id, "manager")).groups
    assert (group.heard, group.stages) == (1, 1)
    assert office.coverage("worker", Viewer(eva.staff_id, "manager")).groups == []
