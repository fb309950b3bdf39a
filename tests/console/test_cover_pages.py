"""The rota's page: a week with its gaps in words, putting people on it and taking them off."""

from __future__ import annotations

import html5lib
import pytest

from bot.service import Service
from store.tables import CoverShift
from tests.console.office import Browser, Office

DUTY = "duty@council.example"


def add(browser: Browser, begins: str = "2026-10-07 09:00", ends: str = "2026-10-07 13:00", email: str = DUTY):
    return browser.send("/cover", "/cover", email=email, begins=begins, ends=ends)


@pytest.mark.parametrize("role", ["duty", "administrator"])
def test_somebody_is_put_on_the_rota_and_the_week_shows_them_and_the_gaps(browser: Browser, role: str):
    browser.sign_in(role)
    assert "the hours of the duty desk count" in browser.get("/cover").text
    answer = add(browser)
    assert answer.location == "/cover?week=2026-10-05"
    shown = browser.get(answer.location).text
    html5lib.HTMLParser(strict=True).parse(shown)
    assert "<b>Alex Duty</b>" in shown
    assert 'Wed 7 October, 13:00 to 16:45 <strong class="nobody">Nobody is on</strong>' in shown
    assert 'Tue 6 October, 11:30 to 16:45 <strong class="nobody">Nobody is on</strong>' in shown, "from now on"
    assert "No family is asked on this day." in shown
    assert "Young person, 11 to 15" in shown
    assert "Mon 5 October, 10:00" not in shown, "what is past cannot be mended"


def test_a_gap_stands_on_every_page_of_those_who_keep_the_rota(browser: Browser):
    browser.sign_in("duty")
    add(browser)
    assert "Nobody is on duty on Tue 6 October, 11:30 to 16:45, and 3 more" in browser.get("/alerts").text
    browser.sign_in("manager")
    assert "Nobody is on duty" not in browser.get("/alerts").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"begins": ""}, "Write when the shift begins."),
        ({"begins": "soon"}, "Not added: write it like 2026-11-02T09:00, London time."),
        ({"ends": "2026-10-09 09:00"}, "at most 24 hours"),
        ({"email": "worker@council.example"}, "whose role is duty or administrator"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    browser: Browser, service: Service, fields: dict[str, str], told: str
):
    browser.sign_in("duty")
    answer = add(browser, **fields)
    assert answer.status_code == 422
    assert told in answer.text
    with service.database.reading() as session:
        assert session.get(CoverShift, 1) is None


def test_a_shift_is_cancelled_in_somebodys_name(browser: Browser, service: Service):
    browser.sign_in("duty")
    add(browser)
    answer = browser.send("/cover/1/cancel", "/cover/1/cancel")
    assert answer.location == "/cover?week=2026-10-05"
    assert "is off the rota for that time" in browser.get(answer.location).text
    assert browser.send("/cover", "/cover/1/cancel").location == "/cover"
    assert browser.get("/cover/1/cancel").location == "/cover"
    assert "was not on the rota any more" in browser.get("/cover").text
    with service.database.reading() as session:
        shift = session.get_one(CoverShift, 1)
        assert shift.cancelled_at is not None
        assert shift.made_by is not None


def test_before_a_shift_is_cancelled_it_says_once_what_gap_that_would_open(browser: Browser, service: Service):
    browser.sign_in("duty")
    add(browser, "2026-10-07 09:00", "2026-10-07 13:00")
    wednesday = browser.get("/cover?week=2026-10-05").text.split("Wednesday 7 October 2026")[1]
    assert 'href="/cover/1/cancel"' in wednesday
    assert wednesday.index("Nobody is on") < wednesday.index("Alex Duty"), "what must be acted upon comes first"
    add(browser, "2026-10-07 12:00", "2026-10-07 17:00")
    asked = browser.get("/cover/1/cancel").text
    html5lib.HTMLParser(strict=True).parse(asked)
    assert "<li>Wed 7 October, 10:00 to 12:00</li>" in asked
    assert "nor in the two hours before" in asked
    add(browser, "2026-10-07 08:30", "2026-10-07 12:30", email="administrator@council.example")
    assert "No gap would open" in browser.get("/cover/1/cancel").text
    with service.database.reading() as session:
        assert session.get_one(CoverShift, 1).cancelled_at is None, "to look cancels nothing"


@pytest.mark.parametrize("week", ["nonsense", "9999-12-31", "0001-01-01"])
def test_a_week_that_is_none_shows_this_one(browser: Browser, office: Office, week: str):
    assert office.manager_id
    browser.sign_in("duty")
    assert browser.get(f"/cover?week={week}").status_code == 200
