"""A button stays in a chat when its conversation is over: it answers nothing that is asked later, however alike."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.sending.choices import from_json, named, question_of
from channels.base import Received
from channels.telegram.buttons import keyboard
from store.tables import Message
from tests.bot.talks.playing import agree_to_telegram, answers, phase
from tests.builders import House, make_case

CHAT = "900100"


def write(house: House, words: str, button: str | None = None) -> None:
    house.text(words, CHAT, channel="telegram", button=button)


def press(house: House, button: str, number: str = "1", name: str = "P1") -> bool:
    """Whether a press counts."""
    counted = house.service.inbox.receive(Received("telegram", name, CHAT, number, button=button))
    house.service.outbox.drain()
    return counted


@pytest.fixture
def begun(house: House) -> House:
    made = make_case(house)
    agree_to_telegram(house, made.person_id)
    house.ask()
    for words in ("GO", "7"):
        write(house, words)
    return house


def test_only_a_press_under_the_open_question_counts_and_once(begun: House) -> None:
    shown = latest_button(begun)
    assert not press(begun, named(1, "q1"), "9", "P1")
    assert press(begun, shown, "1", "P2")
    assert not press(begun, shown, "1", "P2")
    assert not press(begun, shown, "2", "P3")
    assert answers(begun) == {"q1": 7, "q2": 1}


@pytest.mark.parametrize(("words", "where"), [("my husband hits me", "paused"), ("END", "declined")])
def test_no_press_counts_while_the_questions_are_held_or_once_they_are_over(
    begun: House, words: str, where: str
) -> None:
    shown = latest_button(begun)
    write(begun, words)
    assert phase(begun) == where
    assert not press(begun, shown)
    assert answers(begun) == {"q1": 7}


def latest_button(house: House) -> str:
    """What is named by the buttons under the latest question."""
    with house.database.reading() as session:
        kept = session.scalars(select(Message.choices).where(Message.choices.is_not(None)).order_by(Message.id.desc()))
        choices = from_json(kept.first())
    assert choices is not None
    assert keyboard(choices) is not None
    return choices.question


def test_a_button_of_another_conversation_answers_nothing_though_it_asked_the_same(house: House) -> None:
    made = make_case(house)
    agree_to_telegram(house, made.person_id)
    house.ask()
    for words in ("GO", "7"):
        write(house, words)
    shown = latest_button(house)
    for button in (named(2, "q2"), "q2"):
        write(house, "1", button)
    assert answers(house) == {"q1": 7}
    write(house, "1", shown)
    assert answers(house) == {"q1": 7, "q2": 1}


@pytest.mark.parametrize(
    ("name", "question"), [("17.q3", "q3"), ("17.a.b", "a.b"), ("16.q3", ""), ("170.q3", ""), ("q3", ""), ("", "")]
)
def test_a_press_names_a_question_of_its_own_conversation_or_none(name: str, question: str) -> None:
    assert question_of(name, 17) == question
    assert question_of(named(17, "q3"), 17) == "q3"
