"""The doors of open surveys, and how often one address may go in or guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from channels.webchat.limiting import Limit
from tests.channels.webchat.playing import CODE, DOOR_TOKEN, TICKET, TOKEN, Play
from tests.channels.webchat.test_turns import CHAT, begin

DOOR = f"/s/{CODE}"


def test_a_door_says_what_it_is_about_and_opens_a_chat(client: FlaskClient):
    page = client.get(DOOR)
    assert page.status_code == 200
    assert "Spring open day" in page.text
    assert "Set-Cookie" not in page.headers
    answer = client.post(DOOR)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/chat/{DOOR_TOKEN}")
    page = client.get(answer.headers["Location"]).text
    assert "Great, thank you." in page
    assert "Is Sam kind to you?" in page


def test_a_door_that_is_closed_says_so_and_lets_nobody_in(client: FlaskClient, play: Play):
    play.is_open = False
    assert client.get(DOOR).status_code == 410
    assert "These questions are over" in client.get(DOOR).text
    answer = client.post(DOOR)
    assert (answer.status_code, answer.headers["Location"]) == (303, DOOR)


def test_at_a_kiosk_the_end_leads_back_to_the_door(client: FlaskClient, play: Play):
    client.post(DOOR)
    scene = play.scenes[DOOR_TOKEN]
    play.scenes[DOOR_TOKEN] = replace(scene, standing="finished", asked=None)
    page = client.get(f"/chat/{DOOR_TOKEN}").text
    assert f'href="{DOOR}"' in page
    assert f'data-return="{DOOR}"' in page
    assert "Start again" in page
    assert "goes back to the start in one minute" in page


def test_at_a_kiosk_somebody_new_is_offered_the_beginning_first(client: FlaskClient, play: Play):
    client.post(DOOR)
    play.pass_time(minutes=20)
    page = client.get(f"/chat/{DOOR_TOKEN}").text
    assert page.index("Start from the beginning") < page.index("Carry on</button>")


def test_a_browser_without_cookies_goes_in_and_through_and_is_never_led_round(play: Play):
    client = play.app().test_client(use_cookies=False)
    page = client.get(client.post(DOOR).headers["Location"]).text
    assert "Is Sam kind to you?" in page
    assert "hidden" not in page.partition('<div class="now"')[0].partition("<main")[2], (
        "nothing is hidden from who just came"
    )
    scene = play.scenes[DOOR_TOKEN]
    answered = client.post(f"/chat/{DOOR_TOKEN}", data={"turn": scene.turn, "question": "kind", "answer": "1"})
    assert "Did Sam listen to you?" in answered.text
    back = client.get(f"/chat/{DOOR_TOKEN}").text
    assert back.index("Carry on</button>") < back.index("Start from the beginning")
    assert "Did Sam listen to you?" in client.post(f"/chat/{DOOR_TOKEN}/begin").text


def test_somebody_elses_words_at_a_door_stay_hidden_from_a_browser_without_cookies(play: Play):
    client = play.app().test_client(use_cookies=False)
    play.enter(CODE)
    play.stand("asking", "better", token=DOOR_TOKEN, door=CODE)
    page = client.get(f"/chat/{DOOR_TOKEN}").text
    assert "Mostly, yes" not in page
    assert "What would have made it better?" not in page


def test_a_whole_class_may_go_in_from_one_address_but_not_a_flood(play: Play):
    client = play.app(enters_an_hour=30).test_client()
    assert [client.post(DOOR).status_code for _ in range(30)] == [303] * 30
    refused = client.post(DOOR)
    assert refused.status_code == 429
    assert "Please try again in" in refused.text
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert client.post(DOOR, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 303
    assert client.get(DOOR).status_code == 200


@pytest.mark.parametrize("path", ["/chat/guess-{}", "/s/guess-{}", "/t/guess-{}"])
def test_who_guesses_links_is_stopped_and_good_links_open_all_the_same(play: Play, path: str):
    app = play.app(guesses_an_hour=20)
    guest, guesser = app.test_client(), app.test_client()
    codes = [guesser.get(path.format(number)).status_code for number in range(22)]
    assert codes == [404] * 20 + [429] * 2
    assert guesser.post("/chat/guess/begin").status_code == guesser.post("/chat/guess").status_code == 429
    assert guesser.post("/s/guess").status_code == guesser.post("/t/guess").status_code == 429
    for good in (CHAT, DOOR):
        assert guest.get(good).status_code == 200
    assert guest.post(DOOR).status_code == 303
    begin(guest)
    answer = guest.post(CHAT, data={"turn": play.scenes[TOKEN].turn, "question": "kind", "answer": "1"})
    assert answer.status_code == 303


def test_an_event_on_one_wifi_may_go_in_by_what_is_set_if_nothing_else_is(play: Play):
    client = play.app().test_client()
    assert {client.post(DOOR).status_code for _ in range(150)} == {303}


def test_no_address_is_kept_only_what_cannot_be_turned_back():
    limit, other = Limit(5), Limit(5)
    assert all(limit.take("192.0.2.7") for _ in range(5))
    assert not limit.take("192.0.2.7")
    assert limit.is_used_up("192.0.2.7")
    assert not other.is_used_up("192.0.2.7")
    assert "192.0.2" not in repr(vars(limit)) + repr(vars(limit._counts.storage))


@pytest.mark.parametrize(
    ("one", "another", "is_same"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("192.0.2.7", "192.0.2.8", False),
        (None, "", True),
    ],
)
def test_a_household_counts_as_one_address(one: str | None, another: str, is_same: bool):
    limit = Limit(1)
    assert limit.take(one)
    assert limit.is_used_up(another) is is_same


TICKET_DOOR = f"/t/{TICKET}"


def test_a_ticket_shows_a_door_and_looking_changes_nothing(client: FlaskClient, play: Play):
    page = client.get(TICKET_DOOR)
    assert page.status_code == 200
    assert "lets you in once" in page.text
    assert "closes tonight" in page.text
    assert "closes tonight" not in client.get(f"/s/{CODE}").text, "whoever comes in here may come back"
    assert f'action="{TICKET_DOOR}"' in page.text
    assert not play.is_spent
    assert "Set-Cookie" not in page.headers


def test_a_ticket_lets_in_once_and_the_chat_and_its_cookie_know_nothing_of_it(client: FlaskClient):
    answer = client.post(TICKET_DOOR)
    assert answer.headers["Location"] == f"/chat/{DOOR_TOKEN}"
    assert all("Path=/chat" in cookie and TICKET not in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    chat = client.get(f"/chat/{DOOR_TOKEN}").text
    assert "Is Sam kind to you?" in chat
    assert TICKET not in chat
    assert "Start again" not in chat
    again = client.post(TICKET_DOOR)
    assert (again.status_code, again.headers["Location"]) == (303, TICKET_DOOR)
    spent = client.get(TICKET_DOOR)
    assert spent.status_code == 410
    assert "This link has been used" in spent.text


def test_a_ticket_lets_in_a_browser_without_cookies(play: Play):
    client = play.app().test_client(use_cookies=False)
    page = client.get(client.post(TICKET_DOOR).headers["Location"]).text
    assert "Carry on</button>" in page
    assert "Is Sam kind to you?" in client.post(f"/chat/{DOOR_TOKEN}/begin").text


def test_a_whole_office_may_come_from_one_address(play: Play):
    client = play.app(enters_an_hour=1).test_client()
    for _ in range(3):
        play.is_spent = False
        assert client.post(TICKET_DOOR).status_code == 303


def test_a_ticket_after_the_last_day_says_that_it_is_over(client: FlaskClient, play: Play):
    play.is_open = False
    assert "These questions are over" in client.get(TICKET_DOOR).text
    assert client.post(TICKET_DOOR).headers["Location"] == TICKET_DOOR


def test_a_ticket_that_is_held_says_that_it_stays_good(client: FlaskClient, play: Play):
    play.is_held = True
    page = client.get(TICKET_DOOR)
    assert page.status_code == 200
    assert "Your link stays good" in page.text
    assert '<button class="main"' not in page.text
    assert client.post(TICKET_DOOR).headers["Location"] == TICKET_DOOR


def test_a_door_that_is_not_open_yet_says_when_it_will_be(client: FlaskClient, play: Play):
    play.opens_on = date(2026, 10, 7)
    page = client.get(DOOR)
    assert page.status_code == 200
    assert "This opens on Wednesday 7 October." in page.text
    assert '<button class="main"' not in page.text
