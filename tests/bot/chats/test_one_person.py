"""One person's web chat: begun by a link, gone on with on any device, and closed to everybody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.people.again import look_again
from bot.talks.lapses import Silences
from store.inviting import links
from store.tables import Answer, Conversation, Invitation, Message, OptOut
from tests.bot.chats.rooms import Room, words_of
from tests.builders import COUNCIL, DEFINITIONS, MUM, make_case


def test_the_cover_says_what_comes_and_changes_nothing(room: Room):
    token = room.link(make_case(room.house).person_id)
    scene = room.scene(token)
    assert scene.standing == "cover"
    assert scene.opening[0].startswith("Hi, it's Kent Early Help.")
    assert "GO" not in " ".join(scene.opening), "there is a button for that"
    assert any("999" in line for line in scene.help_lines)
    with room.house.database.reading() as session:
        assert session.query(Conversation).count() == 0
        assert session.query(Message).count() == 0


def test_somebody_answers_all_the_way(room: Room):
    case = make_case(room.house)
    token, scene = room.begun(case.person_id)
    assert scene.asked is not None
    assert (scene.asked.kind, scene.asked.number) == ("scale", 1)
    for text in ("7", "1", "1", "2"):
        scene = room.say(token, text)
    assert "Better" in words_of(scene), "what was chosen stands there by its label"
    assert not any(words.startswith("2/8") for words in words_of(scene))
    while scene.standing == "asking":
        asked = scene.asked
        assert asked is not None
        scene = room.say(token, "All good" if asked.kind == "text" else "1")
    assert scene.standing == "finished"
    with room.house.database.reading() as session:
        invitation = session.query(Invitation).one()
        kept = {answer.question: answer for answer in session.query(Answer)}
        statuses = set(session.scalars(session.query(Message.status).filter_by(direction="out").statement))
    assert invitation.status == "answered"
    assert kept["q1"].value == 7
    assert kept["q1"].stage == "review"
    assert statuses == {"delivered"}


def test_the_open_question_stands_in_its_own_place_alone(room: Room):
    token, scene = room.begun(make_case(room.house).person_id)
    assert scene.asked is not None
    assert not any(scene.asked.words in words for words in words_of(scene))
    asked = scene.asked.words
    assert asked in words_of(room.say(token, "7"))


def test_it_goes_on_where_it_was_on_another_device(room: Room):
    case = make_case(room.house)
    token, _ = room.begun(case.person_id)
    seen = room.say(token, "7")
    another = room.link(case.person_id)
    room.chats.begin(another)
    assert room.scene(another) == seen
    assert room.say(another, "1").turn == room.scene(token).turn


def test_beginning_twice_says_everything_once(room: Room):
    token, scene = room.begun(make_case(room.house).person_id)
    room.chats.begin(token)
    assert room.scene(token) == scene


def test_going_back_asks_the_question_before(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    room.say(token, "7")
    scene = room.say(token, "BACK")
    assert scene.asked is not None
    assert scene.asked.id == "q1"
    room.say(token, "3")
    with room.house.database.reading() as session:
        assert [answer.value for answer in session.query(Answer)] == [3]


def test_a_complaint_is_offered_with_what_can_be_chosen(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    for text in ("7", "1", "1", "hm"):
        room.say(token, text)
    scene = room.say(token, "it was rubbish and I want to complain about this terrible service")
    assert scene.asked is not None
    assert scene.asked.id == "complaint"
    assert [number for number, _ in scene.asked.options] == [1, 2, 3]
    assert not any(scene.asked.words in words for words in words_of(scene))
    then = room.say(token, "2")
    assert then.asked is not None
    assert then.asked.id != "complaint"


@pytest.mark.parametrize("word", ["END", "STOP"])
def test_whoever_would_rather_not_may_say_so_on_the_cover(room: Room, word: str):
    token = room.link(make_case(room.house).person_id)
    room.chats.say(token, "", None, word)
    assert room.scene(token).standing == "finished"
    with room.house.database.reading() as session:
        assert session.query(Invitation).one().status == "declined"


def test_a_stop_on_the_web_holds_for_texts_as_well(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    room.say(token, "STOP")
    with room.house.database.reading() as session:
        assert {stop.address for stop in session.query(OptOut)} >= {MUM}


def test_whoever_may_not_be_safe_is_answered_and_asked_nothing_until_released(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    scene = room.say(token, "he hit me again last night and im scared to go home")
    assert scene.standing == "waiting"
    assert scene.asked is None
    assert "999" in words_of(scene)[-1]
    assert any("alert" in mail.text for mail in room.house.email.sent)


def _revoked(room: Room, person_id: int) -> None:
    with room.house.database.writing() as session:
        assert links.revoke(session, person_id, room.house.clock.now()) == 1


def _expired(room: Room, _person_id: int) -> None:
    room.house.clock.move(timedelta(days=14, minutes=1))


@pytest.mark.parametrize("end", [_revoked, _expired])
def test_a_link_that_has_ended_shows_nothing_and_loses_no_word(room: Room, end):
    case = make_case(room.house)
    token, before = room.begun(case.person_id)
    room.say(token, "7")
    end(room, case.person_id)
    scene = room.scene(token)
    assert (scene.standing, scene.bubbles, scene.opening) == ("closed", (), ())
    late = room.say(token, "I meant to say she was lovely", before)
    assert late.bubbles == ()
    with room.house.database.reading() as session:
        assert session.query(Message).filter_by(direction="in").count() == 2
        assert session.query(Answer).count() == 1


def test_a_link_that_never_was_leads_nowhere(room: Room):
    room.chats.begin("no-such-token")
    room.chats.say("no-such-token", "", None, "hello")
    assert room.chats.look("no-such-token") is None
    with room.house.database.reading() as session:
        assert session.query(Message).count() == 0


def test_the_database_holds_no_token(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    with room.house.database.reading() as session:
        for table in ("links", "conversations", "messages"):
            for row in session.connection().exec_driver_sql(f"SELECT * FROM {table}"):  # noqa: S608 - our own names
                assert token not in str(tuple(row))


def test_a_web_chat_waits_as_long_as_its_link_works(room: Room):
    token, scene = room.begun(make_case(room.house).person_id)
    service = room.house.service
    silences = Silences(service.database, service.catalogue, service.council)
    room.house.clock.move(timedelta(days=13))
    assert silences.lapse_silent(room.house.clock.now()) == 0
    assert room.scene(token).turn == scene.turn
    room.house.clock.move(timedelta(days=1, minutes=1))
    assert silences.lapse_silent(room.house.clock.now()) == 1


def test_a_child_who_cannot_be_texted_answers_on_a_page_that_is_opened_for_them(room: Room):
    case = make_case(room.house, audience="young_person", birth_date=date(2017, 5, 1), mobile=None)
    token, scene = room.begun(case.person_id)
    assert scene.asked is not None
    assert scene.asked.faces
    room.say(token, "1")
    with room.house.database.writing() as session:
        look_again(session, case.person_id, catalogue=DEFINITIONS, council=COUNCIL, now=room.house.clock.now())
    assert room.scene(token).standing == "asking", "whatever is put right about them, the page stays open"
    with room.house.database.reading() as session:
        invitation = session.query(Invitation).one()
    assert (invitation.status, invitation.not_asked_because) == ("partly_answered", None)
