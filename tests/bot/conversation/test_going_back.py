"""Going back, once and more often: nothing on the way forward is passed over."""

from __future__ import annotations

from bot.conversation.asking import way_back
from bot.conversation.effects import Answered
from bot.conversation.events import Invited
from tests.bot.conversation.play import CATALOGUE, Play

YOUNGER = CATALOGUE.get("yp_11_15_review")


def begun() -> Play:
    """At the third question, the first two answered."""
    return Play(YOUNGER).happens(Invited(), "go", "2", "1")


def test_back_twice_asks_each_question_again_on_the_way_forward():
    play = begun().happens("back")
    assert play.said == ["yp_11_15_review.q2"]
    assert play.happens("back").said == ["yp_11_15_review.q1"]
    assert play.happens("5").said == ["yp_11_15_review.q2"]
    assert play.happens("2").said == ["yp_11_15_review.q3"]
    assert dict(play.state.answered) == {"q1": 5, "q2": 2}


def test_what_hangs_on_a_question_that_was_gone_back_over_is_asked():
    play = begun().happens("back", "back", "5")
    assert play.happens("3").said == ["yp_11_15_review.q2b"]


def test_an_answer_stands_until_another_takes_its_place():
    play = begun().happens("back")
    assert play.did == [], "nothing is taken away"
    assert [effect.value for effect in play.happens("4").did if isinstance(effect, Answered)] == [4]


def test_nobody_goes_back_to_the_same_question_twice():
    play = begun()
    assert way_back(play.state) == "q2"
    play.happens("back", "4")
    assert way_back(play.state) is None
    assert play.happens("back").said == ["no_way_back"]


def test_there_is_no_way_back_from_the_first_question():
    play = Play(YOUNGER).happens(Invited(), "go")
    assert way_back(play.state) is None
    assert play.happens("back").said == ["no_way_back"]


def test_back_and_forth_comes_to_an_end():
    play = begun()
    for _ in range(40):
        play.happens("back" if way_back(play.state) else "1")
    assert play.state.phase == "finished"
    assert max(play.state.asks.values()) <= 2
