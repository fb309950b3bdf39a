"""Whether a stranger has had more from us than the check who is there (scenario 5)."""

from __future__ import annotations

import pytest

from bot.conversation.state import State
from bot.talks.breach import has_disclosed

BLANK = State("parent_review", 1, "parent_carer", {})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, True),  # the first words say who we are
        ({"shared_phone": True}, False),
        ({"shared_phone": True, "marks": ("confirmed",)}, True),
        ({"shared_phone": True, "question": "q1"}, True),
        ({"discreet": True}, False),
        ({"discreet": True, "channel": "web"}, True),
        ({"discreet": True, "answered": {"q1": 7}}, True),
    ],
)
def test_what_was_told_follows_from_where_the_conversation_stands(changes: dict, told: bool):
    assert has_disclosed(BLANK.but(phase="wrong_number", **changes)) is told
