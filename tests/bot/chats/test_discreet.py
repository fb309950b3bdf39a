"""Contact that must stay discreet: a text that says nothing, a private link, and everything else on the web."""

from __future__ import annotations

from bot import jobs
from store.tables import Conversation, Invitation
from tests.bot.chats.rooms import Room, words_of
from tests.builders import MUM, make_case


def asked_by_text(room: Room, **case: str) -> None:
    make_case(room.house, **case)
    assert jobs.run("invitations", room.house.service, room.house.clock) == 1
    room.house.service.outbox.drain()


def token_in(text: str) -> str:
    return text.rpartition("/chat/")[2]


def test_a_discreet_text_leads_to_the_web_and_every_answer_is_given_there(room: Room):
    asked_by_text(room, safe_contact="discreet")
    room.house.text("1")
    opener, link = room.house.said()
    assert "Early Help" not in opener + link.partition("http")[0]
    token = token_in(link)
    cover = room.scene(token)
    assert cover.standing == "cover"
    assert "Kent Early Help" in cover.opening[0], "on the web it may be said who asks"
    room.chats.begin(token)
    scene = room.scene(token)
    while scene.standing == "asking":
        assert scene.asked is not None
        scene = room.say(token, "All good" if scene.asked.kind == "text" else "1")
    assert scene.standing == "finished"
    assert room.house.said() == [opener, link], "not one question was asked in a text"
    with room.house.database.reading() as session:
        assert session.query(Invitation).one().status == "answered"
        talk = session.query(Conversation).one()
        assert talk.channel == "web"


def test_whoever_reads_the_phone_after_that_learns_nothing(room: Room):
    asked_by_text(room, safe_contact="discreet")
    room.house.text("1")
    room.chats.begin(token_in(room.house.said()[-1]))
    before = len(room.house.said())
    room.house.text("who is this?")
    assert not any("Early Help" in text for text in room.house.said()[before:])


def test_what_was_begun_by_text_goes_on_by_the_link(room: Room):
    case = make_case(room.house)
    room.house.ask()
    for words in ("GO", "7"):
        room.house.text(words)
    token = room.link(case.person_id)
    texts = len(room.house.said())
    assert room.scene(token).standing == "cover"
    room.chats.begin(token)
    scene = room.scene(token)
    assert scene.asked is not None
    assert scene.asked.id == "q2"
    assert not any("How are things in your family" in words for words in words_of(scene)), "the texts stay on the phone"
    assert room.say(token, "1").turn.startswith("q3.")
    assert len(room.house.said()) == texts


def test_a_conversation_that_was_stopped_by_text_is_over_on_the_web(room: Room):
    case = make_case(room.house)
    room.house.ask()
    room.house.text("STOP")
    token = room.link(case.person_id)
    room.chats.begin(token)
    assert room.scene(token).standing == "closed"
    assert room.house.said(MUM)[-1].startswith("OK, we've stopped.")
