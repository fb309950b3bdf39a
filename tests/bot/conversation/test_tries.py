"""Words that were no answer at first: they belong to the answer that follows, and none of them is lost."""

from __future__ import annotations

import json

import pytest

from bot.conversation import tries
from bot.conversation.effects import Answered
from bot.conversation.events import Invited, MovedTo, Released, Reply
from bot.conversation.state import State
from tests.bot.conversation.play import Play

WORDS = "She was lovely but nobody rang back for weeks"


def asked_twice(*between: Reply | Released | MovedTo | str) -> Play:
    """The second question of a review, a closed one, to which words came that were no answer."""
    return Play().happens(Invited(), "go", "5", Reply(WORDS, message=11), *between)


def kept(play: Play) -> Answered:
    (answer,) = (effect for effect in play.did if isinstance(effect, Answered))
    return answer


@pytest.mark.parametrize(
    ("second", "value", "flags"),
    [("7", None, ("unclear",)), ("1", 1, ()), ("better", 1, ()), ("skip", None, ("skipped",))],
)
def test_an_answer_names_the_message_that_was_none(second: str, value: int | None, flags: tuple[str, ...]):
    answer = kept(asked_twice(Reply(second, message=12)))
    assert (answer.question, answer.value, answer.flags, answer.after) == ("q2", value, flags, (11,))


def test_the_state_holds_the_number_of_such_a_message_only_until_an_answer_is_kept():
    play = asked_twice()
    assert play.state.unclear == {"q2": (11,)}
    assert "lovely" not in play.state.to_json()
    assert play.happens("1").state.unclear == {}


def test_a_state_from_before_went_without_and_goes_on():
    content = json.loads(asked_twice().state.to_json())
    del content["unclear"]
    play = Play(state=State.from_json(json.dumps(content)))
    assert kept(play.happens(Reply("7", message=12))) == Answered("q2", "change_since", None, None, "7", ("unclear",))


@pytest.mark.parametrize("between", ["who is this", MovedTo("telegram"), "help"])
def test_what_comes_between_makes_no_difference(between: Reply | MovedTo | str):
    assert kept(asked_twice(between, Reply("1", message=13))).after == (11,)


def test_whoever_goes_back_and_comes_again_has_lost_nothing():
    play = asked_twice("back", Reply("6", message=13))
    assert kept(play).after == ()
    assert kept(play.happens(Reply("1", message=14))).after == (11,)


@pytest.mark.parametrize("severity", ["amber", "red_today", "conduct"])
def test_nothing_is_held_back_with_an_answer_that_holds_a_concern(severity: str):
    assert kept(asked_twice(Reply("1 he hit me", severity, message=12))).after == ()


def test_words_with_a_concern_are_told_at_once_and_wait_for_no_answer():
    play = Play().happens(Invited(), "go", "5", Reply("I am so scared", "amber", message=11))
    assert kept(play.happens(Reply("1", message=12))).after == ()


UNCLEAR = Answered("q2", "m", None, None, "7", ("unclear",))
CLEAR = Answered("q2", "m", 1, 100, None, ())


@pytest.mark.parametrize(
    ("words", "to_unclear", "to_clear"),
    [
        (WORDS, True, True),
        ("awful", True, True),
        ("बन्द छ", True, True),
        ("7", True, False),
        ("٧", True, False),
        ("07700 900123", True, False),
        ("yes", True, False),
        ("No thanks", True, False),
        ("x", True, False),
        ("Liked “Since we started, have things got”", False, False),
    ],
)
def test_which_words_belong_to_the_answer_that_follows(words: str, to_unclear: bool, to_clear: bool):
    assert (tries.belong(UNCLEAR, words), tries.belong(CLEAR, words)) == (to_unclear, to_clear)


@pytest.mark.parametrize(
    ("earlier", "answer", "comment"),
    [
        ([WORDS], UNCLEAR, f"{WORDS} 7"),
        ([WORDS], CLEAR, WORDS),
        (["yes", "7"], UNCLEAR, "yes 7"),
        ([], UNCLEAR, "7"),
        ([], CLEAR, None),
    ],
)
def test_words_stand_in_their_order_and_the_same_ones_once(earlier: list[str], answer: Answered, comment: str | None):
    assert tries.together(earlier, answer) == comment
