"""Cases and people by hand: what is kept, what is refused with what to write instead, and that nobody sees others' cases."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from sqlalchemy import func, select

from bot.service import Service
from store.council import data_notes
from store.tables import (
    AuditEntry,
    Case,
    ContactPoint,
    DoNotContact,
    Participant,
    Person,
    Staff,
    TakingPartAlone,
)
from tests.console.keeping import kept
from tests.console.office import Browser, Office
from tests.store.coverage_rows import Rows

CASE = {"reference": "EH-7001", "level": "intensive", "unit": "1", "worker": "2"}
PERSON = {
    "role": "parent_carer",
    "name": "Jo",
    "language": "en",
    "safe_contact": "text",
    "mobiles": "07700 900456",
    "emails": "",
}


@pytest.fixture
def worker_id(service: Service, office: object) -> int:  # noqa: ARG001 - the office must be furnished first
    with service.database.reading() as session:
        return session.scalars(select(Staff.id).where(Staff.role == "worker")).one()


@pytest.mark.parametrize("role", ["worker", "manager", "administrator"])
def test_a_case_and_its_first_person_are_kept_together(browser: Browser, service: Service, worker_id: int, role: str):
    browser.sign_in(role)
    answer = browser.send("/cases/add", "/cases/add", **{**CASE, "worker": str(worker_id)}, **PERSON)
    assert answer.status_code == 302
    assert "EH-7001" in browser.get(answer.location).text
    assert "EH-7001" in kept(service, Case.reference)
    assert "+447700900456" in kept(service, ContactPoint.address)
    with service.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Participant)) == 2


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("reference", "", "Write the council’s reference"),
        ("reference", "EH-1042", "this reference is taken"),
        ("level", "", "Choose one from the list"),
        ("name", "", "Write a name"),
        ("birth_date", "32/01/2014", "Write a day like"),
        ("birth_date", "2999-01-01", "write the date of birth"),
        ("mobiles", "01622 900456", ""),
        ("emails", "jo at home", "write it like"),
        ("safe_contact", "", "Choose one from the list"),
    ],
)
def test_what_is_wrong_stands_on_top_and_beside_its_field_and_nothing_typed_is_lost(
    browser: Browser, service: Service, worker_id: int, field: str, typed: str, told: str
):
    browser.sign_in("worker")
    before = (kept(service, Case.reference), kept(service, Person.name))
    filled = {**CASE, "worker": str(worker_id), **PERSON, "safe_contact_note": "ring first", field: typed}
    answer = browser.send("/cases/add", "/cases/add", **filled)
    shown = unescape(answer.text)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in shown
    assert f'id="{field}-error"' in shown
    assert told.lower() in shown.lower()
    assert "ring first" in shown
    assert typed in shown
    assert (kept(service, Case.reference), kept(service, Person.name)) == before


def test_somebody_else_is_added_to_a_case(browser: Browser, service: Service):
    browser.sign_in("worker")
    young = {**PERSON, "role": "young_person", "name": "Sky", "birth_date": "12/03/2013", "mobiles": ""}
    assert browser.send("/cases/1/people/add", "/cases/1/people/add", **young).status_code == 302
    assert "Sky" in browser.get("/cases/1").text
    assert date(2013, 3, 12) in kept(service, Person.birth_date)


@pytest.mark.parametrize("page", ["/cases/add", "/cases/1/people/add"])
def test_a_young_person_whose_age_nobody_gives_is_not_added(
    browser: Browser, service: Service, worker_id: int, page: str
):
    browser.sign_in("worker")
    before = (kept(service, Case.reference), kept(service, Person.name))
    young = {**PERSON, "role": "young_person", "name": "Sky"}
    answer = browser.send(page, page, **{**CASE, "worker": str(worker_id)}, **young)
    assert answer.status_code == 422
    assert 'id="birth_date-error"' in answer.text
    assert "or their age band where it is not known: under_8, 8-10, 11-15, 16-25" in answer.text
    assert (kept(service, Case.reference), kept(service, Person.name)) == before


def test_who_is_kept_already_is_put_on_a_second_case_as_they_are_and_nobody_is_kept_twice(
    browser: Browser, service: Service, worker_id: int
):
    browser.sign_in("worker")
    case = {**CASE, "worker": str(worker_id)}
    browser.send("/cases/add", "/cases/add", **case, **{**PERSON, "name": "Ffion", "safe_contact": "none"})
    second = {**case, **PERSON, "name": "Ffion", "reference": "EH-7002"}
    people = kept(service, Person.name)
    answer = browser.send("/cases/add", "/cases/add", **second)
    assert (answer.status_code, kept(service, Person.name)) == (422, people)
    assert '<a href="#is_known">' in answer.text
    assert 'id="is_known"' in answer.text
    assert "EH-7002" not in kept(service, Case.reference)
    assert browser.send("/cases/add", "/cases/add", **second, is_known="y").status_code == 302
    assert kept(service, Person.name) == people
    with service.database.reading() as session:
        parts = session.scalars(select(Participant.person_id).order_by(Participant.id)).all()
        known = session.get_one(Person, parts[-1])
    assert parts[-1] == parts[-2]
    assert (known.name, known.safe_contact) == ("Ffion", "none"), "safe contact stays as it is recorded"
    told_apart = {**second, "name": "Ffion B", "reference": "EH-7003"}
    assert browser.send("/cases/add", "/cases/add", **told_apart).status_code == 302
    assert len(kept(service, Person.name)) == len(people) + 1


def test_what_is_known_of_somebody_is_put_right(browser: Browser, service: Service):
    browser.sign_in("worker")
    page = "/cases/1/people/1"
    assert browser.send(page, page, **{**PERSON, "name": "Rob", "safe_contact": "discreet"}).location == page
    assert kept(service, Person.name) == ["Rob"]
    assert kept(service, Person.safe_contact) == ["discreet"]
    assert kept(service, ContactPoint.address) == ["+447700900456"]


def test_a_refused_number_is_noted_for_the_team_until_it_is_put_right(browser: Browser, service: Service):
    browser.sign_in("worker")
    landline = {**PERSON, "mobiles": "01622 900456"}
    for page in ("/cases/1/people/1", "/cases/1/people/add"):
        assert browser.send(page, page, **landline).status_code == 422
    with service.database.reading() as session:
        noted = data_notes.standing(session)
    assert [(note.cases, note.code) for note in noted] == [("EH-1042", "number_refused")] * 2
    assert not any("900456" in note.explanation for note in noted)
    assert browser.send("/cases/1/people/1", "/cases/1/people/1", **PERSON).status_code == 302
    other = {**PERSON, "name": "Sky", "mobiles": ""}
    assert browser.send("/cases/1/people/add", "/cases/1/people/add", **other).status_code == 302
    with service.database.reading() as session:
        assert data_notes.standing(session) == []


def test_parental_responsibility_is_kept_and_shown(browser: Browser, service: Service):
    browser.sign_in("worker")
    page = "/cases/1/people/1"
    assert "parental responsibility" not in browser.get("/cases/1").text
    assert browser.send(page, page, **PERSON, parental_responsibility="no").status_code == 302
    assert "Parent or carer, without parental responsibility" in browser.get("/cases/1").text
    browser.send(page, page, **PERSON, parental_responsibility="")
    assert kept(service, Participant.parental_responsibility) == [False], "what nobody says stays as it was recorded"
    other = {**PERSON, "name": "Sky", "mobiles": "", "parental_responsibility": "yes"}
    assert browser.send("/cases/1/people/add", "/cases/1/people/add", **other).status_code == 302
    assert "Parent or carer, with parental responsibility" in browser.get("/cases/1").text
    assert "noted parental responsibility: no" in kept(service, AuditEntry.what)


def test_a_worker_decides_and_says_why_in_their_own_name(browser: Browser, service: Service, worker_id: int):
    browser.sign_in("worker")
    young = {**PERSON, "role": "young_person", "name": "Sky", "birth_date": "2013-03-12", "mobiles": ""}
    browser.send("/cases/1/people/add", "/cases/1/people/add", **young)
    page = "/cases/1/people/2"
    assert browser.send(page, f"{page}/alone", may="yes", why=" ").status_code == 422
    assert browser.send(page, f"{page}/alone", may="yes", why="Sky asked for it").status_code == 302
    assert kept(service, TakingPartAlone.staff_id) == [worker_id]
    assert "Sky asked for it" in browser.get(page).text


def test_nobody_is_written_to_who_must_not_be_until_it_is_lifted(browser: Browser, service: Service):
    browser.sign_in("worker")
    page = "/cases/1/people/1"
    assert browser.send(page, f"{page}/bar", reason="other", note="").status_code == 422
    assert browser.send(page, f"{page}/bar", reason="died", note="").status_code == 302
    assert "they have died" in browser.get("/cases/1").text
    assert browser.send(page, f"{page}/lift").status_code == 302
    assert None not in kept(service, DoNotContact.ended_at)


def test_a_number_is_confirmed_by_its_id(browser: Browser, service: Service):
    with service.database.writing() as session:
        point = ContactPoint(person_id=1, channel="sms", address="+447700900123", frozen_because="moved_away")
        session.add(point)
    browser.sign_in("worker")
    page = "/cases/1/people/1"
    assert browser.send(page, f"{page}/addresses/1/confirm").status_code == 302
    assert kept(service, ContactPoint.frozen_because) == [None]


@pytest.mark.parametrize("role", ["worker", "manager"])
def test_cases_of_others_are_not_found(browser: Browser, service: Service, role: str):
    rows = Rows(service.database, service.clock.now())
    other = rows.stage(rows.team("South", "Hove"), "EH-9001").invite("asked")
    browser.sign_in(role)
    assert "EH-9001" not in browser.get("/cases").text
    for path in (f"/cases/{other.case_id}", f"/cases/{other.case_id}/people/add", f"/cases/{other.case_id}/people/2"):
        assert browser.get(path).status_code == 404
    path = f"/cases/{other.case_id}"
    assert browser.send("/cases/1", f"{path}/events", stage="closure", happened_on="2026-10-01").status_code == 404
    assert browser.send("/cases/1", f"{path}/people/2/bar", reason="died").status_code == 404
    assert browser.send("/cases/1", "/cases/1/people/2/bar", reason="died").status_code == 404
    assert browser.send("/cases/1", f"/cases/1/events/{other.event_id}/withdraw", because="x").status_code == 404
    assert kept(service, DoNotContact.id) == []


def test_whoever_stands_in_for_a_line_manager_works_on_their_cases(browser: Browser, service: Service, office: Office):
    rows = Rows(service.database, service.clock.now())
    team = rows.team("South", "Hove")
    theirs = rows.stage(team, "EH-9001").invite("asked")
    with service.database.writing() as session:
        away = session.get_one(Staff, team.manager_id)
        away.deputy_id, away.ended_on = office.manager_id, date(2026, 1, 31)
    browser.sign_in("manager")
    assert "EH-9001" in browser.get("/cases").text
    with service.database.reading() as session:
        taking = select(Participant.person_id).where(Participant.case_id == theirs.case_id)
        page = f"/cases/{theirs.case_id}/people/{session.scalars(taking).one()}"
    assert browser.send(page, f"{page}/bar", reason="died").status_code == 302
    assert kept(service, DoNotContact.staff_id) == [office.manager_id]


def test_a_line_manager_who_holds_a_case_sees_it(browser: Browser, service: Service, office: Office):
    with service.database.writing() as session:
        session.get_one(Case, 1).worker_id = office.manager_id
    browser.sign_in("manager")
    assert browser.get("/cases/1").status_code == 200


def test_somebody_takes_part_no_more(browser: Browser, service: Service):
    browser.sign_in("worker")
    page = "/cases/1/people/1"
    assert browser.send(page, f"{page}/leave").status_code == 302
    assert kept(service, Participant.left_on) == [service.clock.now().date()]
    assert "They take part no more" not in browser.get(page).text


def test_cases_are_found_by_a_part_of_their_reference(browser: Browser, service: Service):
    rows = Rows(service.database, service.clock.now())
    rows.stage(rows.team("South", "Hove"), "EH-9_01")
    browser.sign_in("administrator")
    assert "EH-1042" in browser.get("/cases?reference=104").text
    assert "EH-1042" not in browser.get("/cases?reference=_").text
    assert "There is none of that reference" in browser.get("/cases?reference=zzz").text
