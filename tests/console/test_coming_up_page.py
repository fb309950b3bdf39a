"""What is coming up in somebody's own cases: case, stage and day, and holding it back."""

from __future__ import annotations

from datetime import timedelta

import html5lib
import pytest
from sqlalchemy import select

from bot.clock import SetClock
from bot.service import Service
from store.tables import Case, ContactPoint, Invitation, Person, Staff, StageEvent
from tests.builders import MUM
from tests.console.office import Browser, Office


@pytest.fixture
def coming(service: Service, office: Office, clock: SetClock) -> int:
    """An invitation of the worker's case that is still to be asked."""
    assert office.manager_id
    with service.database.writing() as session:
        case = session.scalars(select(Case)).one()
        worker = session.get_one(Staff, case.worker_id)
        person = session.scalars(select(Person)).one()
        session.add(ContactPoint(person_id=person.id, channel="sms", address=MUM, confirmed_at=clock.now()))
        event = StageEvent(case_id=case.id, stage="closure", happened_on=clock.now().date())
        session.add(event)
        session.flush()
        invitation = Invitation(
            person_id=person.id,
            case_id=case.id,
            stage_event_id=event.id,
            stage="closure",
            stage_on=event.happened_on,
            audience="parent_carer",
            survey_id="parent_closure",
            worker_id=worker.id,
            line_manager_id=worker.line_manager_id,
            unit_id=case.unit_id,
            status="offered",
            due_at=clock.now() + timedelta(days=3),
            made_at=clock.now(),
        )
        session.add(invitation)
        session.flush()
        return invitation.id


@pytest.mark.parametrize("role", ["worker", "manager"])
def test_it_shows_case_stage_and_day_and_nothing_of_the_person(browser: Browser, coming: int, role: str):
    browser.sign_in(role)
    shown = browser.get("/coming-up").text
    html5lib.HTMLParser(strict=True).parse(shown)
    assert f"/coming-up/{coming}/hold" in shown
    for words in ("EH-1042", "End of involvement", "Parent or carer", "9 October 2026"):
        assert words in shown
    for words in ("Robin", "07700", "+447700"):
        assert words not in shown


def test_it_is_held_back_with_a_reason_and_taken_back(browser: Browser, coming: int, service: Service):
    browser.sign_in("worker")
    browser.send("/coming-up", f"/coming-up/{coming}/hold", reason="bereaved")
    shown = browser.get("/coming-up").text
    html5lib.HTMLParser(strict=True).parse(shown)
    assert "held back: bereaved" in shown
    assert "Nothing is coming up." in shown
    assert status(service, coming) == ("not_asked", "held_bereaved")
    browser.send("/coming-up", f"/coming-up/{coming}/take-back")
    assert "They will be asked when it is due." in browser.get("/coming-up").text
    assert status(service, coming) == ("offered", None)


def test_what_cannot_be_asked_any_more_is_taken_back_with_the_reason(browser: Browser, coming: int, service: Service):
    browser.sign_in("worker")
    browser.send("/coming-up", f"/coming-up/{coming}/hold", reason="bereaved")
    with service.database.writing() as session:
        event = session.get_one(StageEvent, session.get_one(Invitation, coming).stage_event_id)
        event.withdrawn_at = service.clock.now()
    browser.send("/coming-up", f"/coming-up/{coming}/take-back")
    shown = browser.get("/coming-up").text
    assert "but they are not asked all the same: the stage was recorded by mistake." in shown
    assert status(service, coming) == ("not_asked", "withdrawn")


def test_what_has_grown_too_old_while_it_was_held_back_is_said_not_to_be_asked(
    browser: Browser, coming: int, clock: SetClock
):
    browser.sign_in("worker")
    browser.send("/coming-up", f"/coming-up/{coming}/hold", reason="bereaved")
    clock.move(timedelta(days=42))
    browser.sign_in("worker")
    browser.send("/coming-up", f"/coming-up/{coming}/take-back")
    assert "but they are not asked all the same: the stage was too long ago." in browser.get("/coming-up").text


@pytest.mark.parametrize("reason", ["", "not appropriate"])
def test_without_a_listed_reason_nothing_is_held_back(browser: Browser, coming: int, service: Service, reason: str):
    browser.sign_in("worker")
    browser.send("/coming-up", f"/coming-up/{coming}/hold", reason=reason)
    assert "Choose a reason from the list" in browser.get("/coming-up").text
    assert status(service, coming) == ("offered", None)


def test_what_was_asked_meanwhile_is_said_in_plain_words(browser: Browser, coming: int, service: Service):
    browser.sign_in("worker")
    with service.database.writing() as session:
        session.get_one(Invitation, coming).status = "asked"
    browser.send("/", f"/coming-up/{coming}/hold", reason="unsafe")
    assert "there is nothing to hold back" in browser.get("/coming-up").text


def status(service: Service, number: int) -> tuple[str, str | None]:
    with service.database.reading() as session:
        found = session.get_one(Invitation, number)
        return found.status, found.not_asked_because
