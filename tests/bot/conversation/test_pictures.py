"""Pictures are refused; the words that come with them are heard like any others."""

from __future__ import annotations

import pytest

from bot.conversation.effects import Answered
from bot.conversation.events import Invited, Reply
from tests.bot.conversation.play import Play


@pytest.mark.parametrize(
    ("caption", "said", "answered"),
    [
        ("5", ["media_reply", "parent_review.q2"], ["q1"]),
        ("dunno what this is", ["media_reply", "urgent_neutral_adult"], []),
        ("HELP", ["media_reply", "help_adult"], []),
        ("wrong number", ["wrong_number"], []),
        ("STOP", ["stop_confirm"], []),
    ],
)
def test_a_picture_is_refused_and_its_caption_counts(caption: str, said: list[str], answered: list[str]):
    play = Play().happens(Invited(), "go", Reply(caption, "amber", media=1))
    assert play.said == said
    assert [effect.question for effect in play.did if isinstance(effect, Answered)] == answered


@pytest.mark.parametrize("severity", ["red_now", "red_today"])
def test_a_picture_with_grave_words_gets_the_neutral_reply_alone(severity: str):
    play = Play().happens(Invited(), "go", Reply("5", severity, media=1))
    assert (play.said, play.state.phase) == (["urgent_neutral_adult"], "paused")
