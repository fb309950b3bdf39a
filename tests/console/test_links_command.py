"""`flask links`: surveys opened to anybody, and links for one person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from bot.chats.links import Links, NoTelegram
from bot.clock import SetClock
from bot.service import Service
from store.council.organisation import keep_unit
from store.inviting import links
from store.tables import Link, OpenSurvey
from tests.builders import House, make_case
from tests.fakes import FakeChannel


def run(app: Flask, *arguments: str):
    return app.test_cli_runner().invoke(args=["links", *arguments])


@pytest.fixture
def house(service: Service, clock: SetClock) -> House:
    """The service, to make cases in."""
    return House(service, FakeChannel(), FakeChannel("email"), clock)


@pytest.mark.parametrize(("name", "begins"), [("poster.svg", b"<?xml"), ("poster.png", b"\x89PNG")])
def test_a_survey_is_opened_with_a_picture_for_the_wall(app: Flask, tmp_path: Path, name: str, begins: bytes):
    result = run(app, "open", "open_access_session", "--until", "2026-12-18", "--qr", str(tmp_path / name))
    assert result.exit_code == 0, result.output
    address = result.output.splitlines()[0]
    assert "/s/" in address
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert "open until 18 December 2026" in run(app, "list").output


def test_where_the_picture_cannot_be_written_nothing_is_opened(app: Flask, service: Service, tmp_path: Path):
    result = run(app, "open", "open_access_session", "--qr", str(tmp_path / "nowhere" / "x.svg"))
    assert result.exit_code == 1
    assert "x.svg: No such file or directory." in result.output
    with service.database.reading() as session:
        assert session.query(OpenSurvey).count() == 0


def test_units_of_one_name_are_told_apart_by_their_district(app: Flask, service: Service):
    with service.database.writing() as session:
        units = {place: keep_unit(session, "Early Help", place, "Family Hub") for place in ("Ashford", "Thanet")}
    told = " ".join(run(app, "open", "open_access_session", "--unit", "Family Hub").output.split())
    assert "more than one unit has that name; write: Ashford/Family Hub; Thanet/Family Hub" in told
    told = " ".join(run(app, "open", "open_access_session", "--unit", "Hub").output.split())
    assert "there are: Ashford/Family Hub; Thanet/Family Hub" in told
    assert run(app, "open", "open_access_session", "--unit", "Thanet/Family Hub").exit_code == 0
    with service.database.reading() as session:
        assert session.query(OpenSurvey).one().unit_id == units["Thanet"]


def test_what_is_closed_lets_nobody_in(app: Flask, service: Service):
    run(app, "open", "open_access_session", "--code", "hub")
    assert run(app, "close", "HUB").exit_code == 0
    assert "closed" in run(app, "list").output
    assert "see 'flask links list'" in run(app, "close", "hub").output
    with service.database.reading() as session:
        assert session.query(OpenSurvey).one().closed_at is not None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["open", "parent_review"], "asks about a stage of somebody's own case"),
        (["open", "partner_six_monthly"], "goes to those who are invited"),
        (["open", "nonsense"], "There is no survey nonsense"),
        (["open", "open_access_session", "--unit", "Nowhere"], "has that name; there are: "),
        (["open", "open_access_session", "--until", "2020-01-31"], "that day is over; write 20"),
        (["open", "open_access_session", "--code", "Ö"], "small letters, digits and hyphens"),
        (["open", "open_access_session", "--qr", "poster.gif"], "write FILE.svg or FILE.png"),
        (["open", "open_access_session", "--until", "soon"], "'soon' does not match"),
        (["chat", "EH-9", "Jo"], "There is no case EH-9"),
        (["chat", "EH-1001", "Kim"], "write the name in full, or parent_carer"),
        (["telegram", "EH-1001", "Jo"], "Nobody is asked on Telegram"),
        (["close", "nothing"], "No survey is open under the code nothing"),
    ],
)
def test_what_cannot_be_done_says_what_to_do_instead(app: Flask, house: House, arguments: list[str], told: str):
    make_case(house)
    result = run(app, *arguments)
    assert result.exit_code != 0
    assert told in result.output
    assert isinstance(result.exception, SystemExit), "a sentence, not a traceback"


@pytest.mark.parametrize("who", ["Jo", "jo", "parent_carer"])
def test_somebody_is_given_a_link_of_their_own_and_it_is_taken_back(
    app: Flask, house: House, clock: SetClock, who: str
):
    make_case(house)
    address = run(app, "chat", "EH-1001", who).output.strip()
    token = address.rpartition("/chat/")[2]
    assert run(app, "revoke", "EH-1001", who).output == "1 taken back.\n"
    with house.database.reading() as session:
        found = links.find(session, token, clock.now())
    assert found is not None
    assert not found.is_good


def test_a_link_to_telegram_is_refused_below_16_and_where_contact_must_be_discreet(clock: SetClock, house: House):
    maker = Links("https://heard.council.example", "CouncilHeardBot", 14)
    grown = make_case(house)
    young = make_case(house, reference="EH-2", audience="young_person", birth_date=date(2011, 1, 1), mobile=None)
    unknown = make_case(house, reference="EH-3", audience="young_person", mobile=None)
    hidden = make_case(house, reference="EH-4", safe_contact="discreet", mobile=None)
    with house.database.writing() as session:
        link = maker.to_telegram(session, grown.person_id, None, clock.now())
        for person in (young, unknown, hidden):
            with pytest.raises(NoTelegram, match="not for anybody under 16"):
                maker.to_telegram(session, person.person_id, None, clock.now())
    token = link.removeprefix("https://t.me/CouncilHeardBot?start=")
    with house.database.writing() as session:
        first = links.take(session, token, "telegram", clock.now())
        assert first is not None
        assert first.person_id == grown.person_id
        assert links.take(session, token, "telegram", clock.now()) is None
        assert session.query(Link).count() == 1
