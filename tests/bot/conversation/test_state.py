"""The kept state: what it holds, and what of it is refused."""

from __future__ import annotations

import json

import pytest

from bot.conversation.events import Invited
from bot.conversation.state import State, UnknownState
from tests.bot.conversation.play import NAMES, REVIEW, Play


def test_the_state_is_ascii_json_that_reads_back_the_same():
    state = State.new(REVIEW, {**NAMES, "worker": "Łukasz"}, easy_read=True)
    kept = state.to_json()
    assert kept.isascii()
    assert State.from_json(kept) == state


def test_the_state_holds_numbers_and_never_words():
    play = Play().happens(Invited(), "go", "2 he shouts", "worse", "always", "a lot", "yes", "marker word")
    assert dict(play.state.answered) == {"q1": 2, "q2": 3, "q3": 1, "q4": 1, "q5": 1, "q6": None}
    assert "marker" not in play.state.to_json()
    assert "shouts" not in play.state.to_json()


@pytest.mark.parametrize("name", ["asides", "reminders", "unclear"])
def test_a_state_from_before_there_was_a_field_goes_on(name: str):
    state = State.new(REVIEW, NAMES)
    kept = json.loads(state.to_json())
    del kept[name]
    assert State.from_json(json.dumps(kept)) == state


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "not an object"),
        ("{}", "format None; this version of the service reads format 1"),
        ('{"format": 2}', "kept in format 2"),
        ('{"format": 1}', "its fields do not fit"),
        (json.dumps({**json.loads(State.new(REVIEW, NAMES).to_json()), "phase": "dancing"}), "its fields do not fit"),
        (json.dumps({**json.loads(State.new(REVIEW, NAMES).to_json()), "mood": 1}), "its fields do not fit"),
        *(
            (json.dumps({**json.loads(State.new(REVIEW, NAMES).to_json()), **damaged}), "its fields do not fit")
            for damaged in (
                {"answered": []},
                {"phase": []},
                {"marks": None},
                {"unclear": []},
                {"turn": "a"},
                {"names": None},
                {"heard_at": 7},
            )
        ),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_state_of_another_format_is_refused_in_a_sentence(kept: str, sentence: str):
    with pytest.raises(UnknownState, match=sentence):
        State.from_json(kept)
