"""Coverage in the console: who may see what of it, its figures in words, the list of silent stages, the file."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from html import unescape
from io import StringIO

import pytest
from sqlalchemy import select, update

from bot.access import Viewer
from bot.clock import SetClock
from bot.service import Service
from bot.shown import coverage_view
from store.shown.coverage import Wanted
from store.tables import Invitation, Staff
from tests.app.test_pages import Site, site
from tests.console.office import Browser, Office
from tests.store.coverage_rows import Rows

__all__ = ["site"]

pytestmark = pytest.mark.usefixtures("rows")


@pytest.fixture
def rows(service: Service, clock: SetClock) -> Rows:
    """A second team beside that of the office, with silent stages of its own."""
    made = Rows(service.database, clock.now())
    team = made.team("South", "Hove", worker="Wren Worker")
    for reference, status, because in (
        ("EH-2001", "answered", None),
        ("EH-2002", "not_asked", "no_mobile"),
        ("EH-2003", "not_asked", "held_unsafe"),
        ("EH-2004", "lapsed", None),
    ):
        made.stage(team, reference).invite(status, because=because, held=because == "held_unsafe")
    made.stage(team, "EH-2005")
    return made


def test_an_administrator_sees_every_unit_with_counts_reasons_and_a_total(browser: Browser):
    browser.sign_in("administrator")
    shown = unescape(browser.get("/coverage?by=unit").text)
    assert "South, Hove" in shown
    assert "North, Ashford" in shown
    for words in ("1 of 2 asked", "1 no mobile number recorded", "Held back by the worker", "2 of 3 asked"):
        assert words in shown
    assert "1 not safe to ask now" in shown
    assert "held back:" not in shown, "it stands above already"


def test_a_line_manager_sees_the_cases_of_those_he_led_alone(browser: Browser):
    browser.sign_in("manager")
    for path in ("/coverage?by=unit", "/coverage/gaps", "/coverage/file?by=unit", "/coverage/gaps/file"):
        shown = browser.get(path).text
        assert "South" not in shown, path
        assert "EH-200" not in shown, path
    assert "North, Ashford" in browser.get("/coverage?by=unit").text


def test_a_worker_sees_their_own_cases_alone(browser: Browser):
    browser.sign_in("worker")
    assert "EH-200" not in browser.get("/coverage/gaps").text
    assert "Wren Worker" not in browser.get("/coverage?by=worker").text


@pytest.mark.parametrize(
    ("role", "whose", "is_named"),
    [
        ("worker", "theirs", True),
        ("manager", "theirs", True),
        ("administrator", "theirs", True),
        ("worker", "another", False),
        ("manager", "another", False),
        ("administrator", "another", True),
        ("manager", "led then", True),
    ],
)
def test_a_worker_is_named_to_those_alone_who_may_see_their_stages(
    browser: Browser, service: Service, office: Office, role: str, whose: str, *, is_named: bool
):
    with service.database.writing() as session:
        wren = session.scalars(select(Staff).where(Staff.name == "Wren Worker")).one()
        own = session.scalars(select(Staff).where(Staff.line_manager_id == office.manager_id)).one()
        wanted = own if whose == "theirs" else wren
        if whose == "led then":
            led = update(Invitation).where(Invitation.worker_id == wren.id)
            session.execute(led.values(line_manager_id=office.manager_id))
    browser.sign_in(role)
    for path in ("/coverage", "/coverage/gaps"):
        shown = unescape(browser.get(f"{path}?worker={wanted.id}").text)
        assert (f"Only {wanted.name}" in shown) == is_named, path
        assert (wanted.name in shown) == is_named, path
    assert "Only this worker" in browser.get("/coverage?worker=99999").text


def test_the_gap_list_says_for_each_person_why(browser: Browser):
    browser.sign_in("administrator")
    shown = unescape(browser.get("/coverage/gaps").text)
    assert "EH-2001" not in shown, "somebody was heard there"
    for words in (
        "not asked: no mobile number recorded",
        "held back: not safe to ask now",
        "asked, did not answer in time",
        "nobody takes part in the case",
    ):
        assert words in shown


def test_the_gap_list_goes_on_page_by_page_without_leaving_one_out(browser: Browser, rows: Rows):
    team = rows.team("East", "Hove")
    wanted = {f"EH-{number}" for number in range(3000, 3060)}
    for number, reference in enumerate(sorted(wanted)):
        rows.stage(team, reference, days_ago=number // 7).invite("lapsed")
    browser.sign_in("administrator")
    first = browser.get("/coverage/gaps?district=Hove").text
    older = first.split("before=")[1].split('"')[0]
    second = browser.get(f"/coverage/gaps?district=Hove&before={older}").text
    assert {reference for reference in wanted if reference in first} | {
        reference for reference in wanted if reference in second
    } == wanted
    assert not {reference for reference in wanted if reference in first and reference in second}


def test_the_file_holds_every_group_and_the_total(browser: Browser):
    browser.sign_in("administrator")
    answer = browser.get("/coverage/file?by=unit")
    lines = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.headers["Content-Disposition"] == "attachment; filename=coverage-2026-10-06.csv"
    assert [line["Unit"] for line in lines] == ["North, Ashford", "South, Hove", "All"]
    south = lines[1]
    assert (south["Stages"], south["Stages with no voice"], south["People"], south["Heard"]) == ("5", "4", "4", "1")
    assert south["Not asked: no mobile number recorded"] == "1"
    assert south["Held back by the worker: not safe to ask now"] == "1"


def test_the_gap_list_is_a_file_too_with_a_line_for_each_person(browser: Browser, rows: Rows):
    team = rows.team("=East()", "Hove", worker="Sam Worker")
    rows.stage(team, "EH-4001").invite("lapsed").invite("declined", "young_person", "11-15")
    browser.sign_in("administrator")
    link = unescape(browser.get("/coverage/gaps?district=Hove").text).split("/coverage/gaps/file", 1)[1].split('"')[0]
    answer = browser.get(f"/coverage/gaps/file{link}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=no-voice-2026-10-06.csv"
    lines = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert {line["Case"] for line in lines} == {"EH-2002", "EH-2003", "EH-2004", "EH-2005", "EH-4001"}
    day = lines[0]["Day"]
    assert [tuple(line.values()) for line in lines if line["Case"] == "EH-4001"] == [
        (
            "EH-4001",
            "Formal review",
            day,
            "Sam Worker",
            "'=East(), Hove",
            "Parent or carer",
            "asked, did not answer in time",
        ),
        ("EH-4001", "Formal review", day, "Sam Worker", "'=East(), Hove", "Young person, 11 to 15", "declined"),
    ]
    assert [line["Who"] for line in lines if line["Case"] == "EH-2005"] == ["Nobody"]


def test_the_file_of_gaps_leaves_none_out_however_many_are_read_at_a_time(service: Service, rows: Rows):
    administrator = Viewer(1, "administrator")
    ever = Wanted(since=date(2000, 1, 1))
    with service.database.reading() as session:
        whole, in_parts = (
            list(coverage_view.every_silent_stage(session, administrator, ever, rows.now.date(), at_a_time=number))
            for number in (500, 2)
        )
    assert [line.case_reference for line in whole if line.worker == "Wren Worker"] == [
        "EH-2005",
        "EH-2004",
        "EH-2003",
        "EH-2002",
    ]
    assert in_parts == whole


def test_a_worker_called_like_a_formula_does_no_harm_in_a_spreadsheet(browser: Browser, rows: Rows):
    team = rows.team("West", "Hove", worker="=HYPERLINK(1)")
    rows.stage(team, "EH-4000").invite("asked")
    browser.sign_in("administrator")
    assert "\n'=HYPERLINK(1)," in browser.get("/coverage/file?by=worker").text


@pytest.mark.parametrize("wrong", ["by=colour", "since=yesterday", "stage=birth", "unit=999", "district=Atlantis"])
@pytest.mark.parametrize("page", ["/coverage", "/coverage/gaps", "/coverage/file", "/coverage/gaps/file"])
def test_a_choice_that_is_on_no_list_is_refused_and_named(browser: Browser, page: str, wrong: str):
    browser.sign_in("administrator")
    answer = browser.get(f"{page}?{wrong}")
    assert answer.status_code == 422
    assert "Choose each of these from its list" in answer.text


def test_under_ten_asked_there_is_no_percentage(browser: Browser, rows: Rows):
    browser.sign_in("administrator")
    few = browser.get("/coverage?district=Hove")
    assert "1 of 2 asked" in few.text
    assert "%" not in few.text
    team = rows.team("East", "Hove")
    for number in range(8):
        rows.stage(team, f"EH-{5000 + number}").invite("lapsed")
    assert "1 of 10 asked (10%)" in browser.get("/coverage?district=Hove").text


def test_links_narrow_a_group_down(browser: Browser):
    browser.sign_in("administrator")
    shown = unescape(browser.get("/coverage?by=district").text)
    link = shown.split('">Hove</a>')[0].rsplit('href="', 1)[1]
    narrower = browser.get(link).text
    assert "South, Hove" in narrower
    assert 'scope="row">North' not in narrower


@pytest.mark.browser
@pytest.mark.parametrize("page", ["/coverage?by=unit", "/coverage/gaps"])
def test_on_a_phone_the_form_leaves_room_for_the_figures_and_every_link_can_be_hit(site: Site, page: str):
    phone = site.chromium.new_page(viewport={"width": 360, "height": 800})
    site.sign_in(phone, "administrator")
    phone.goto(site.address + page)
    form = phone.locator("form.choose").bounding_box()
    assert form is not None
    assert form["height"] < 800 * 2 / 3
    links = phone.locator("main a, main button, main select, .standing a, .standing summary").all()
    low = [link.inner_text() for link in links if (box := link.bounding_box()) and 0 < box["height"] < 24]
    assert low == []


def test_older_months_are_reached_through_the_form(browser: Browser, rows: Rows, service: Service):
    with service.database.writing() as session:
        session.execute(update(Invitation).values(stage_on=rows.now.date() - timedelta(days=500)))
    browser.sign_in("administrator")
    assert "2 of 3 asked" not in browser.get("/coverage").text
    assert "2 of 3 asked" in browser.get("/coverage?since=2025-01").text
