"""What the pages keep from those who should not see it: earlier words, whether a link exists, and where anybody was."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from tests.channels.webchat.playing import CODE, DOOR_TOKEN, EXIT, HELP, TOKEN, Play
from tests.channels.webchat.test_turns import CHAT, begin, send

HIDDEN = "What was said before is kept, and hidden here"


def test_a_link_found_by_somebody_else_shows_no_earlier_words(client: FlaskClient, play: Play):
    begin(client)
    play.stand("asking", "better")
    assert "Mostly, yes" in client.get(CHAT).text
    page = play.app().test_client().get(CHAT)
    assert page.status_code == 200
    assert "Carry on where you left off" in page.text
    assert "Mostly, yes" not in page.text
    assert "better?" not in page.text


def test_another_device_carries_on_at_the_open_question(client: FlaskClient, play: Play):
    begin(client)
    play.stand("asking", "better")
    play.pass_time(hours=3)
    other = play.app().test_client()
    page = begin(other)
    assert "What would have made it better?" in page
    assert HIDDEN in page
    assert "Mostly, yes" not in page
    send(other, play, answer="More time")
    assert "More time" in other.get(CHAT).text


@pytest.mark.parametrize(("minutes", "is_shown"), [(14, True), (15, False)])
def test_words_that_nobody_touches_are_hidden_after_a_while(
    client: FlaskClient, play: Play, minutes: int, is_shown: bool
):
    begin(client)
    play.stand("asking", "better")
    play.pass_time(minutes=minutes)
    assert ("Mostly, yes" in client.get(CHAT).text) is is_shown


def test_every_touch_begins_the_while_anew(client: FlaskClient, play: Play):
    begin(client)
    play.stand("asking", "better")
    for _ in range(3):
        play.pass_time(minutes=10)
        assert "Mostly, yes" in client.get(CHAT).text


def test_words_written_slowly_are_taken_and_only_earlier_ones_hidden(client: FlaskClient, play: Play):
    begin(client)
    play.stand("asking", "better")
    play.pass_time(minutes=40)
    assert send(client, play, answer="It took me a while").status_code == 303
    page = client.get(CHAT).text
    assert "It took me a while" in page
    assert "Mostly, yes" not in page


def test_the_cookie_is_signed_says_nothing_and_ends_with_the_browser(client: FlaskClient, play: Play):
    begin(client)
    set_cookie = client.get(CHAT).headers["Set-Cookie"]
    assert TOKEN not in set_cookie
    for part in ("HttpOnly", "SameSite=Lax", "Path=/chat"):
        assert part in set_cookie
    for part in ("Expires", "Max-Age", "Secure"):
        assert part not in set_cookie
    assert "Secure" in play.app(is_secure=True).test_client().get(CHAT).headers["Set-Cookie"]
    name, value = set_cookie.split(";")[0].split("=", 1)
    client.set_cookie(name, value[:-1] + ("A" if value[-1] != "A" else "B"), path="/chat")
    assert "Carry on where you left off" in client.get(CHAT).text


def test_a_browser_that_keeps_no_cookies_gets_through_as_well(play: Play):
    client = play.app().test_client(use_cookies=False)
    answer = client.post(f"{CHAT}/begin")
    assert answer.status_code == 200
    assert "Is Sam kind to you?" in answer.text
    answer = send(client, play, answer="2")
    assert answer.status_code == 200
    assert "Did Sam listen to you?" in answer.text
    assert "already answered" not in answer.text


def words_of(markup: str) -> str:
    """What a page says, without the links that its numbers are."""
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def test_unknown_expired_and_closed_links_look_exactly_alike(client: FlaskClient, play: Play):
    begin(client)
    play.stand("closed")
    closed, unknown = client.get(CHAT), client.get("/chat/no-such-token")
    assert closed.status_code == unknown.status_code == 404
    assert closed.text == unknown.text
    assert all(line in words_of(unknown.text) for line in HELP)
    for path in ("", "/begin"):
        assert client.post(f"/chat/no-such-token{path}", data={"answer": "x"}).status_code == 404
    assert client.get("/s/no-such-door").status_code == client.post("/s/no-such-door").status_code == 404


def test_the_way_out_without_scripts_clears_up_and_leads_elsewhere(client: FlaskClient, play: Play):
    begin(client)
    play.stand("asking", "better")
    answer = client.post(f"{CHAT}/leave")
    assert (answer.status_code, answer.headers["Location"]) == (303, EXIT)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Mostly, yes" not in client.get(CHAT).text


def test_the_way_out_of_the_script_clears_up_without_leading_anywhere(client: FlaskClient, play: Play):
    begin(client)
    play.stand("asking", "better")
    answer = client.post(f"{CHAT}/leave", data={"quietly": "1"})
    assert (answer.status_code, answer.headers.get("Location")) == (204, None)
    assert "Mostly, yes" not in client.get(CHAT).text


@pytest.mark.parametrize("path", [CHAT, "/chat/unknown", f"/s/{CODE}", "/s/unknown"])
def test_every_page_is_kept_nowhere_and_lets_nothing_foreign_in(client: FlaskClient, path: str):
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
    assert "form-action 'self' https://weather.example;" in policy
    assert "<title>Questions</title>" in answer.text


def test_files_that_say_nothing_may_be_kept(client: FlaskClient):
    with closing(client.get("/chat/static/chat.css")) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] != "no-store"


def test_the_style_without_scripts_hides_in_the_same_time(client: FlaskClient):
    answer = client.get("/chat/hides.css")
    assert answer.mimetype == "text/css"
    assert "900s" in answer.text
    assert '<noscript><link rel="stylesheet" href="/chat/hides.css"></noscript>' in begin(client)


def test_a_fault_of_ours_is_a_page_in_plain_words_that_holds_none_of_the_words(client: FlaskClient, play: Play):
    begin(client)
    play.fault = RuntimeError("Quizzaciously")
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = send(client, play, answer="Quizzaciously")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "Quizzaciously" not in answer.text
    assert all(line in words_of(answer.text) for line in HELP)


def test_far_too_much_is_refused_in_plain_words(client: FlaskClient, play: Play):
    begin(client)
    client.application.config["MAX_CONTENT_LENGTH"] = 10_000
    answer = send(client, play, answer="x" * 20_000)
    assert answer.status_code == 413
    assert "send it in smaller parts" in answer.text


def test_every_view_says_who_may_use_it(client: FlaskClient):
    views = {name: vars(view).get("access") for name, view in client.application.view_functions.items()}
    assert {name for name, access in views.items() if access != "public"} == {"webchat.static"}
    assert len(views) == 10
    assert DOOR_TOKEN not in repr(views)
