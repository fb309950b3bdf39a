"""Scenario 35, last part: what families say of a worker whom nobody leads waits for an owner, and is read meanwhile."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot import digests
from bot.access import Viewer
from store.tables import Digest, Invitation, Leave, Staff
from tests.bot.cases.lists import a_row
from tests.bot.digesting import everything_said
from tests.scenarios.families import happens
from tests.scenarios.town import Town, london

FFION = a_row(name_to_use="Ffion", mobile="07700 900001", language="en", stages="")
JO, OWEN, DI, BO, AL, EVA = (
    f"{name}@council.example" for name in ("jo.bright", "owen.hope", "di", "bo", "al", "eva.moss")
)
CY = {
    "worker_name": "Cy Reed",
    "worker_email": "cy@council.example",
    "case_reference": "EH-2",
    "mobile": "07700 900002",
}
BESIDE = {**FFION, **CY, "line_manager_name": "Eva Moss", "line_manager_email": EVA}
NICE = "she always rang when she said she would"
ALL_THE_WAY = ("GO", "7", "1", "1", "1", "1", NICE, "END")
MADE = "2026-11-02 12:00"


@pytest.fixture
def office(town: Town) -> Town:
    """Nobody leads Jo, who holds Ffion's case. Di is Bo's deputy, Al an administrator, Eva leads Cy, who holds another case."""
    with town.database.writing() as session:
        for email, role in ((DI, "manager"), (BO, "manager"), (AL, "administrator"), (EVA, "manager")):
            session.add(Staff(email=email, name=email.split("@")[0].title(), role=role, failed_sign_ins=0))
    town.told(FFION)
    change(town, JO, line_manager_id=None)
    change(town, BO, deputy_id=town.staff(DI).staff_id)
    return town


def change(town: Town, email: str, **columns: object) -> None:
    with town.database.writing() as session:
        session.execute(update(Staff).where(Staff.email == email).values(**columns))


def answered(town: Town, *words: str) -> None:
    """Ffion's case has a review, she answers in October, and the first working day of November comes."""
    happens(town, "review", "2026-10-05")
    town.live("2026-10-06 12:35")
    town.says(*(words or ALL_THE_WAY))
    town.live("2026-10-06 14:00")
    town.sleep("2026-11-02 06:30")
    town.live(MADE)


def waiting(town: Town, email: str) -> digests.DigestPage | None:
    """The digest for October that somebody finds, if any."""
    viewer = town.staff(email)
    with town.database.reading() as session:
        lines = digests.listing(session, viewer)
    own = [line.id for line in lines if line.manager_id in viewer.managers]
    return digests.read(town.house.service, own[0], viewer) if own else None


def words(page: digests.DigestPage | None) -> list[str]:
    assert page is not None
    return [row.words for row in page.view.waiting.comments]


UNIT_OF_JO = BESIDE | {"unit": FFION["unit"]}
OTHER_UNIT = BESIDE | {"unit": "Hill unit"}
ELSEWHERE = BESIDE | {"unit": "Hill unit", "district": "Southwold"}


@pytest.mark.parametrize(
    ("beside", "bo_is", "owner", "reader"),
    [
        pytest.param(UNIT_OF_JO, "here", EVA, EVA, id="whoever leads the unit"),
        pytest.param(OTHER_UNIT, "here", BO, BO, id="whoever leads those who lead units in the district"),
        pytest.param(OTHER_UNIT, "on leave", BO, DI, id="their deputy"),
        pytest.param(ELSEWHERE, "here", AL, AL, id="an administrator, where the district has nobody"),
    ],
)
def test_it_stands_in_the_digest_of_the_next_manager_up(
    office: Town, beside: dict[str, str], bo_is: str, owner: str, reader: str
):
    office.told(FFION | {"line_manager_email": OWEN}, beside)
    change(office, JO, line_manager_id=None)
    change(office, EVA, line_manager_id=office.staff(BO).staff_id)
    if bo_is == "on leave":
        days = {"first_day": london("2026-10-31").date(), "last_day": london("2026-11-30").date()}
        with office.database.writing() as session:
            session.add(Leave(staff_id=office.staff(BO).staff_id, **days))
    answered(office)
    page = waiting(office, reader)
    assert page is not None
    assert page.line.manager_id == office.staff(owner).staff_id
    assert [(item.case_reference, item.unit, item.worker) for item in page.view.waiting.items] == [
        ("EH-1", "Harbour unit", "Jo Bright")
    ]
    assert words(page) == [NICE]
    others = {EVA, BO, DI, AL, OWEN} - {owner, reader}
    for each in others:
        found = waiting(office, each)
        assert found is None or not found.view.waiting.items, each
    mails = [mail.text for mail in office.house.email.sent if mail.address == reader]
    assert any("1 item waits for an owner" in text for text in mails)
    assert not any(private in text for text in mails for private in ("EH-1", "Jo Bright", NICE))


def test_what_may_not_be_shown_is_not_shown_there_either(office: Town):
    answered(office, "GO", "7", "1 he adds me on snap n says dont tell my manager")
    page = waiting(office, AL)
    assert page is not None
    assert (words(page), page.view.waiting.held) == ([], 0)
    assert "snap" not in repr(page)


def test_a_concern_that_nobody_has_released_is_only_counted_there(office: Town):
    answered(office, "GO", "2", "1", "1", "1", "1", "she helped me stop cutting and he doesnt hit me any more")
    page = waiting(office, AL)
    assert page is not None
    assert (words(page), page.view.waiting.held, page.view.waiting.flags) == ([], 1, ())
    assert "cutting" not in repr(page)


def test_an_owner_once_recorded_has_it_and_it_waits_no_more(office: Town):
    answered(office)
    eva = office.staff(EVA)
    assert office.inbox(eva) == []
    change(office, JO, line_manager_id=eva.staff_id)
    office.live("2026-11-02 14:30")
    assert office.inbox(eva) == [NICE]
    page = waiting(office, EVA)
    assert page is not None
    assert everything_said(page) == [NICE]
    assert "Heard: your digest for October 2026" in office.mails(EVA)
    al = waiting(office, AL)
    assert al is not None
    assert al.view.waiting.items == ()
    assert office.rows(select(Digest.id).where(Digest.manager_id == eva.staff_id)) == [(page.line.id,)]


def test_nobody_is_given_what_was_said_about_themselves(office: Town):
    answered(office)
    change(office, JO, role="manager")
    change(office, EVA, line_manager_id=office.staff(JO).staff_id)
    office.told(FFION | {"worker_name": "Eva Moss", "worker_email": EVA, "line_manager_name": "Jo Bright"} | LED_BY_JO)
    office.live("2026-11-02 15:30")
    assert office.rows(select(Invitation.line_manager_id).where(Invitation.asked_at.is_not(None))) == [(None,)]
    jo = Viewer(office.staff(JO).staff_id, "manager")
    with office.database.reading() as session:
        found = [digests.read(office.house.service, line.id, jo) for line in digests.listing(session, jo)]
    assert all(page is not None and not page.view.waiting.items for page in found)
    assert words(waiting(office, AL)) == [NICE]


LED_BY_JO = {"line_manager_email": JO}
