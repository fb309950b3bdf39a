"""Two tabs, two presses, two at the same instant: one turn is answered once, and no word is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from store.tables import Alert, Answer, Message
from tests.bot.chats.rooms import Room, words_of
from tests.builders import make_case

AT_ONCE = 6


def inbound(room: Room) -> list[str]:
    with room.house.database.reading() as session:
        return [message.text for message in session.query(Message).filter_by(direction="in").order_by(Message.id)]


def answers(room: Room) -> dict[str, int | None]:
    with room.house.database.reading() as session:
        return {answer.question: answer.value for answer in session.query(Answer)}


def at_the_same_instant(room: Room, token: str, texts: list[str]) -> None:
    scene = room.scene(token)
    assert scene.asked is not None
    question, start = scene.asked.id, Barrier(len(texts))

    def say(text: str) -> None:
        start.wait()
        room.chats.say(token, scene.turn, question, text)

    with ThreadPoolExecutor(len(texts)) as pool:
        list(pool.map(say, texts))


def test_the_same_turn_sent_twice_answers_once(room: Room):
    token, scene = room.begun(make_case(room.house).person_id)
    room.say(token, "7", scene)
    room.say(token, "7", scene)
    assert inbound(room) == ["7"]
    assert answers(room) == {"q1": 7}


def test_the_same_turn_at_the_same_instant_answers_once(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    at_the_same_instant(room, token, ["7"] * AT_ONCE)
    assert inbound(room) == ["7"]
    assert answers(room) == {"q1": 7}


def test_different_words_at_the_same_instant_answer_once_and_are_all_kept(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    texts = [str(number) for number in range(1, AT_ONCE + 1)]
    at_the_same_instant(room, token, texts)
    assert sorted(inbound(room)) == texts
    assert list(answers(room)) == ["q1"]
    scene = room.scene(token)
    assert scene.asked is not None
    assert scene.asked.id == "q2"


def test_beginning_at_the_same_instant_says_everything_once(room: Room):
    token = room.link(make_case(room.house).person_id)
    start = Barrier(AT_ONCE)

    def begin(_: int) -> None:
        start.wait()
        room.chats.begin(token)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(begin, range(AT_ONCE)))
    said = words_of(room.scene(token))
    assert len(said) == len(set(said)) == 2, "the two texts of a first contact"


def test_what_an_overtaken_tab_sends_is_kept_and_answers_nothing(room: Room):
    token, old = room.begun(make_case(room.house).person_id)
    now = room.say(token, "7", old)
    after = room.say(token, "2", old)
    assert after.turn == now.turn, "the tab that is up to date is not overtaken by the one that is not"
    assert inbound(room) == ["7", "2"]
    assert answers(room) == {"q1": 7}
    room.say(token, "1", now)
    assert answers(room) == {"q1": 7, "q2": 1}


def test_an_overtaken_tab_that_tells_of_danger_is_heard(room: Room):
    token, old = room.begun(make_case(room.house).person_id)
    room.say(token, "7", old)
    assert room.say(token, "he hit me again last night and im scared to go home", old).standing == "waiting"
    assert room.house.email.sent


@pytest.mark.parametrize("made_up", ["", "q1.1.1", "x" * 5000, "'; --", "q9.1\0"])
def test_a_turn_that_nobody_was_shown_is_a_comment(room: Room, made_up: str):
    token, _ = room.begun(make_case(room.house).person_id)
    room.chats.say(token, made_up, "q1", "7")
    assert inbound(room) == ["7"]
    assert answers(room) == {}


def severities(room: Room) -> list[str]:
    with room.house.database.reading() as session:
        return [alert.severity for alert in session.query(Alert).order_by(Alert.id)]


@pytest.mark.parametrize("words", ["help", "i dont feel safe", "can someone call me", "who is this"])
@pytest.mark.parametrize("later", [timedelta(seconds=5), timedelta(days=2)])
def test_the_same_words_in_a_later_turn_are_new(room: Room, words: str, later: timedelta):
    token, _ = room.begun(make_case(room.house).person_id)
    for again in range(1, 4):
        before = len(words_of(room.scene(token)))
        room.say(token, words)
        assert inbound(room) == [words] * again
        assert len(words_of(room.scene(token))) > before + 1 or room.scene(token).standing == "waiting"
        room.house.clock.move(later)


def test_a_second_sign_of_worry_in_the_same_words_weighs_more_as_it_does_by_text(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    room.say(token, "nothing matters")
    room.house.clock.move(timedelta(days=2))
    assert room.say(token, "nothing matters").standing == "waiting"
    assert severities(room) == ["amber", "red_today"]


def test_the_same_words_while_a_person_is_to_read_them_are_kept_each_time(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    assert room.say(token, "he hit me again last night and im scared to go home").standing == "waiting"
    for _ in range(3):
        scene = room.scene(token)
        room.say(token, "please call", scene)
        room.say(token, "please call", scene)
    assert inbound(room)[1:] == ["please call"] * 3


def test_a_call_for_help_from_an_overtaken_tab_overtakes_no_other(room: Room):
    token, old = room.begun(make_case(room.house).person_id)
    now = room.say(token, "7", old)
    assert room.say(token, "help", old).turn == now.turn
    assert severities(room) == ["amber"]
