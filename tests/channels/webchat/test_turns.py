"""What the pages show and hand on, asked as a browser without scripts would."""

from __future__ import annotations

import re

import html5lib
import pytest
from flask.testing import FlaskClient

from channels.base import Outgoing
from channels.webchat import Turn, WebChat
from channels.webchat.reading import LONGEST
from tests.channels.webchat.playing import KINDS, TOKEN, Play

CHAT = f"/chat/{TOKEN}"


def begin(client: FlaskClient) -> str:
    """Open the link and press the button; return the page after it."""
    client.get(CHAT)
    return client.post(f"{CHAT}/begin", follow_redirects=True).text


def send(client: FlaskClient, play: Play, **fields: object):
    """Send the form of the page as it stands."""
    scene = play.scenes[TOKEN]
    shown = {"turn": scene.turn, "question": scene.asked.id if scene.asked else "", "press": "send"}
    return client.post(CHAT, data={**shown, **fields})


def test_the_channel_delivers_at_once_and_names_the_same_message_the_same():
    first, again = (WebChat().send(Outgoing("chat-1", "x", "k1")) for _ in range(2))
    assert first == again
    assert re.fullmatch(r"WC[0-9a-f]{32}", first.provider_id)
    assert first.status == "delivered"
    assert WebChat().send(Outgoing("chat-1", "x", "k2")).provider_id != first.provider_id


def test_looking_changes_nothing(client: FlaskClient, play: Play):
    before = dict(play.scenes)
    assert client.get(CHAT).status_code == 200
    assert client.head(CHAT).status_code == 200
    assert (play.scenes, play.begun, play.said) == (before, [], [])


def test_beginning_shows_the_first_question_with_its_options(client: FlaskClient, play: Play):
    page = begin(client)
    assert play.begun == [TOKEN]
    assert "Is Sam kind to you?" in page
    assert "Question 1 of 7" in page
    assert page.count('type="radio"') == 3
    assert page.count('class="face mood-') == 3


def test_a_turn_is_answered_with_the_way_back_to_the_page(client: FlaskClient, play: Play):
    begin(client)
    answer = send(client, play, answer="2")
    assert (answer.status_code, answer.headers["Location"]) == (303, CHAT)
    assert play.said == [(TOKEN, Turn("1", "kind", "2"))]
    assert "Did Sam listen to you?" in client.get(CHAT).text


@pytest.mark.parametrize(
    ("question", "fields", "text"),
    [
        ("listened", {"answer": "3"}, "3"),
        ("helped", {"answer": ["1", "3"]}, "1,3"),
        ("life", {"answer": "0"}, "0"),
        ("times", {"answer": "about five"}, "about five"),
        ("when", {"answer": "last Tuesday"}, "last Tuesday"),
        ("better", {"answer": " two\r\nlines 😀 "}, " two\nlines 😀 "),
        ("better", {"answer": "half\0way"}, "halfway"),
        ("better", {"answer": "typed", "press": "skip"}, "SKIP"),
        ("better", {"press": "back"}, "BACK"),
        ("better", {"press": "stop"}, "END"),
    ],
)
def test_every_kind_of_answer_is_handed_on(client: FlaskClient, play: Play, question: str, fields: dict, text: str):
    begin(client)
    play.stand("asking", question)
    assert send(client, play, **fields).status_code == 303
    assert play.said == [(TOKEN, Turn("5", question, text))]


@pytest.mark.parametrize(
    ("typed", "told"), [("", "answer first"), ("  \n", "answer first"), ("x" * (LONGEST + 1), "two parts")]
)
def test_nothing_and_too_much_are_told_kindly_and_nothing_is_lost(
    client: FlaskClient, play: Play, typed: str, told: str
):
    begin(client)
    play.stand("asking", "better")
    answer = send(client, play, answer=typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f"\n{typed.strip()}" in answer.text.replace("\r\n", "\n")
    assert play.said == []
    assert send(client, play, answer="x" * LONGEST).status_code == 303


@pytest.mark.parametrize("question", ["kind", "helped", "life"])
def test_a_group_without_a_choice_says_what_to_do_beside_the_group(client: FlaskClient, play: Play, question: str):
    begin(client)
    play.stand("asking", question)
    page = send(client, play).text
    assert 'aria-describedby="hint problem"' in page
    assert 'href="#answer"' in page
    assert 'id="answer"' in page


def test_a_page_that_was_overtaken_hands_its_words_on_and_says_so_once(client: FlaskClient, play: Play):
    begin(client)
    for _ in range(2):
        client.post(CHAT, data={"turn": "1", "question": "kind", "answer": "2"})
    assert [turn.turn for _, turn in play.said] == ["1", "1"]
    assert "already answered" in client.get(CHAT).text
    assert "already answered" not in client.get(CHAT).text
    assert play.scenes[TOKEN].asked == KINDS["listened"]


def test_nothing_sent_from_an_overtaken_page_is_no_trouble(client: FlaskClient, play: Play):
    begin(client)
    assert client.post(CHAT, data={"turn": "0", "question": "kind"}).status_code == 303
    assert play.said == []


def test_somebody_may_say_no_before_anything_is_asked(client: FlaskClient, play: Play):
    assert "I’d rather not" in client.get(CHAT).text
    client.post(CHAT, data={"turn": "0", "press": "stop"})
    assert play.said == [(TOKEN, Turn("0", None, "END"))]
    assert "Nobody will mind, and nothing changes for you" in client.get(CHAT).text


def test_while_words_are_being_read_more_may_be_added(client: FlaskClient, play: Play):
    begin(client)
    play.stand("waiting")
    page = client.get(CHAT).text
    assert "A person will read" in page
    assert "Skip this one" not in page
    send(client, play, answer="One more thing")
    assert play.said == [(TOKEN, Turn("5", None, "One more thing"))]


def test_words_are_shown_as_they_are_and_never_as_markup(client: FlaskClient, play: Play):
    begin(client)
    play.stand("asking", "better")
    send(client, play, answer="<b>4</b> & more")
    assert "&lt;b&gt;4&lt;/b&gt; &amp; more" in client.get(CHAT).text


def test_words_sent_too_late_are_still_handed_on(client: FlaskClient, play: Play):
    begin(client)
    play.stand("closed")
    assert send(client, play, answer="I was not finished").status_code == 303
    assert play.said[-1][1].text == "I was not finished"
    gone = client.get(CHAT).text
    assert "This link does not work" in gone
    assert "the page closed in the night, and what you had said is kept" in gone


def test_a_chat_can_be_played_from_the_cover_to_the_thanks(client: FlaskClient, play: Play):
    begin(client)
    for words in ("1", "2", "1", "1", "7", "4", "May", "Nothing"):
        page = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(client.get(CHAT).text)
        fields = {
            field.get("name"): field.get("value") for field in page.iter("input") if field.get("type") == "hidden"
        }
        assert client.post(CHAT, data={**fields, "answer": words, "press": "send"}).status_code == 303
    assert "All done. Thank you" in client.get(CHAT).text
    assert [turn.text for _, turn in play.said] == ["1", "2", "1", "1", "7", "4", "May", "Nothing"]
    assert len({turn.turn for _, turn in play.said}) == 8
