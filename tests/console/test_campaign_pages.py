"""The pages of campaigns and of partner organisations, from the form to the end of a campaign."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask

from bot.campaigns import cycle, partners
from bot.campaigns.asking import CampaignInviter
from bot.clock import SetClock
from bot.pulse import asking
from bot.service import Service
from channels.base import Received
from store.tables import Staff
from tests.app.test_pages import Site, document, site
from tests.console.office import Browser

__all__ = ["site"]

REGISTER = (
    "organisation,kind,level,district,post,name,email,mobile\n"
    "Oak Primary,school,universal,Marlbury,Safeguarding lead,Pat Oak,pat@oak.example,\n"
    "Elm Clinic,health,,Marlbury,Health visitor,Ash Elm,,07700 900201\n"
    "=Sum Trust,voluntary,,,Manager,Bo Sum,bo@sum.example,\n"
)
FILLED = {
    "name": "Summer plans",
    "survey": "partner_six_monthly",
    "selection": "partners in Marlbury",
    "opens_on": "2026-10-06",
    "closes_on": "2026-10-30",
    "reminders": "1",
}
PAGES = ("/", "/campaigns", "/campaigns/new", "/campaigns/1", "/campaigns/2", "/partners")


@pytest.fixture
def _register(service: Service) -> None:
    with service.database.writing() as session:
        partners.import_list(session, REGISTER.encode(), service.clock.now())


def ask(service: Service, clock: SetClock) -> int:
    asked = CampaignInviter(service.database, service.catalogue, service.council, clock).send_due()
    service.outbox.drain()
    return asked


def move_on(browser: Browser, action: str, **fields: str) -> str:
    browser.send("/campaigns/1", f"/campaigns/1/{action}", **fields)
    return browser.get("/campaigns/1").text


@pytest.mark.usefixtures("_register")
def test_a_campaign_is_made_looked_at_begun_paused_and_watched(
    browser: Browser, service: Service, clock: SetClock
) -> None:
    browser.sign_in("administrator")
    made = browser.send("/campaigns/new", "/campaigns/new", **FILLED)
    assert made.location == "/campaigns/1"
    seen = browser.get("/campaigns/1").text
    assert "of 2 on the list would be asked" in seen
    assert "Ask these 2 people" in seen
    cells = [cell.strip() for cell in re.findall(r"<t[hd] [^>]*>([^<]*)</t[hd]>", seen)]
    total = cells[cells.index("All") :]
    assert total[:3] == ["All", "2", "£0.04"], "how many, and what their first texts cost"
    assert ask(service, clock) == 0

    unsure = browser.send("/campaigns/1", "/campaigns/1/start", count="2")
    assert unsure.status_code == 422
    assert "Tick the box once you have looked" in unsure.text
    assert "It would ask 2 people now, not 5" in move_on(browser, "start", count="5", sure="y")
    assert "It has begun. 2 people will be asked" in move_on(browser, "start", count="2", sure="y")
    assert ask(service, clock) == 2

    assert "Nothing more of it is sent until you go on" in move_on(browser, "pause")
    assert "It is paused." in move_on(browser, "pause")
    assert "It goes on." in move_on(browser, "resume")
    watched = move_on(browser, "end")
    assert "Whoever was asked may still answer" in watched
    assert "of 2 who were asked have answered" in watched
    assert "Summer plans" in browser.get("/campaigns").text


def test_a_pulse_is_paused_on_its_page_which_tells_of_no_answers(
    browser: Browser, service: Service, clock: SetClock
) -> None:
    with service.database.writing() as session:
        session.add_all(Staff(email=f"{number}@council.example", name="Sam", role="worker") for number in range(11))
    asked = asking.run(service, clock.now())
    assert asked >= 11
    browser.sign_in("administrator")
    assert "Not told" in browser.get("/campaigns").text
    page = browser.get("/campaigns/1").text
    assert f'<strong class="number">{asked}</strong> were asked' in page
    assert f"{asked} messages wait to be sent" in page
    assert "who were asked have answered" not in page
    assert "End it for good" not in page
    assert "once everybody has been sent their link" in move_on(browser, "pause")
    document(browser.get("/campaigns/1").text)
    assert "It goes on." in move_on(browser, "resume")
    assert "ends by itself after its last day" in move_on(browser, "end")


@pytest.mark.usefixtures("_register")
def test_one_person_is_spoken_of_as_one(browser: Browser) -> None:
    browser.sign_in("administrator")
    browser.send("/campaigns/new", "/campaigns/new", **{**FILLED, "selection": "partners of kind health"})
    assert "Ask this one person" in browser.get("/campaigns/1").text
    assert "It would ask 1 person now, not 5" in move_on(browser, "start", count="5", sure="y")
    assert "It has begun. 1 person will be asked" in move_on(browser, "start", count="1", sure="y")


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, "Give it a name."),
        ({"selection": "everybody"}, "This is no selection"),
        ({"closes_on": "2026-10-01"}, "Its last day comes after its first"),
        ({"survey": "staff_pulse"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_made_is_told_on_the_form(browser: Browser, changes: dict, told: str) -> None:
    browser.sign_in("administrator")
    answer = browser.send("/campaigns/new", "/campaigns/new", **{**FILLED, **changes})
    assert answer.status_code == 422
    assert told in answer.text
    document(answer.text)
    assert browser.get("/campaigns/1").status_code == 404


def test_a_list_may_be_a_file_and_its_wrong_rows_are_told(browser: Browser) -> None:
    browser.sign_in("administrator")
    wrong = io.BytesIO(b"name,email\nRo Ash,\n"), "list.csv"
    answer = browser.send("/campaigns/new", "/campaigns/new", **{**FILLED, "selection": "", "file": wrong})
    assert answer.status_code == 422
    assert "line 2, email: no address" in answer.text
    right = io.BytesIO(b"name,email\nRo Ash,ro@ash.example\n"), "list.csv"
    made = browser.send("/campaigns/new", "/campaigns/new", **{**FILLED, "selection": "", "file": right})
    assert made.status_code == 302


@pytest.mark.usefixtures("_register")
def test_proof_of_invitation_names_posts_and_never_people(browser: Browser, service: Service, clock: SetClock) -> None:
    assert cycle.make_due(service.database, service.catalogue, service.council, clock.now()) == 3
    ask(service, clock)
    browser.sign_in("administrator")
    page = browser.get("/partners").text
    assert "Oak Primary" in page
    assert "Safeguarding lead" in page
    answer = browser.get("/partners/invited.csv")
    assert answer.mimetype == "text/csv"
    rows = {row["organisation"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert rows["Oak Primary"]["invited_on"] == "2026-10-06"
    assert (rows["Oak Primary"]["channel"], rows["Elm Clinic"]["channel"]) == ("email", "sms")
    assert "'=Sum Trust" in rows, "a cell that a spreadsheet would take for a formula"
    for hidden in ("Pat Oak", "pat@oak.example", "900201"):
        assert hidden not in page + answer.text


def asks_for_contact(app: Flask, service: Service, clock: SetClock) -> None:
    """Let Elm Clinic answer its six-monthly questions, and ask to be contacted by the district's manager."""
    noted = app.test_cli_runner().invoke(args=["staff", "district", "Marlbury", "manager@council.example"])
    assert noted.output == "Marlbury is changed.\n"
    cycle.make_due(service.database, service.catalogue, service.council, clock.now())
    ask(service, clock)
    for place, words in enumerate(("GO", "1", "1", "1", "1", "1", "The phone line", "Shorter forms", "1")):
        service.inbox.receive(Received("sms", f"SM{place:032}", "+447700900201", words))
        clock.move(timedelta(minutes=2))
        service.inbox.settle(clock.now())


@pytest.mark.usefixtures("_register")
def test_who_manages_a_district_reads_who_asks_to_be_contacted(
    app: Flask, browser: Browser, service: Service, clock: SetClock
) -> None:
    asks_for_contact(app, service, clock)
    browser.sign_in("manager")
    page = browser.get("/").text
    document(page)
    for told in (
        "Partners and notifiers who wait to hear from us",
        "Ash Elm, Health visitor, Elm Clinic",
        "+447700900201",
    ):
        assert told in page
    assert "The phone line" in page
    browser.sign_in("duty")
    assert "Partners and notifiers who wait to hear from us" not in browser.get("/").text


@pytest.mark.browser
@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_the_pages_of_campaigns(
    app: Flask, site: Site, browser: Browser, service: Service, clock: SetClock, width: int
) -> None:
    browser.sign_in("administrator")
    for name in ("Summer plans", "Autumn plans"):
        browser.send("/campaigns/new", "/campaigns/new", **{**FILLED, "name": name})
    move_on(browser, "start", count="2", sure="y")
    asks_for_contact(app, service, clock)
    page = site.chromium.new_page(viewport={"width": width, "height": 800})
    site.sign_in(page, "administrator")
    for path in PAGES:
        document(browser.get(path).text)
        page.goto(site.address + path)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path} at {width} px: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width} px"


@pytest.mark.browser
def test_what_is_wrong_with_a_campaign_stands_clear_of_its_form(site: Site) -> None:
    page = site.chromium.new_page(viewport={"width": 1280, "height": 800})
    site.sign_in(page, "administrator")
    page.goto(f"{site.address}/campaigns/new")
    page.fill("#name", "Summer plans")
    page.fill("#selection", "the moon")
    page.click("form.card-form button[type=submit]")
    told, words, form = (
        page.evaluate(f"document.querySelector('{one}').getBoundingClientRect().toJSON()")
        for one in ("main .refused", "main .refused > :last-child", "form.card-form")
    )
    assert form["top"] - told["bottom"] >= 16
    assert told["bottom"] - words["bottom"] < 16, "no second margin inside"
