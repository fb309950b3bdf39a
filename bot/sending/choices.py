"""What may be pressed under a message, as its row keeps it, and what a press names.

A button stays where it is when its conversation is over, and the next conversation may ask the same: so what is pressed
names its conversation as well as its question.
"""

from __future__ import annotations

import json

from channels.base import Choices


def named(conversation_id: int, question: str) -> str:
    """The name of a question that no other conversation has."""
    return f"{conversation_id}.{question}"


def question_of(name: str, conversation_id: int) -> str:
    """The question of this conversation that `named` called so; empty, which is no question, where it is another's."""
    whose, _, question = name.partition(".")
    return question if whose == str(conversation_id) else ""


def to_json(choices: Choices | None) -> str | None:
    """Write choices down; None where everything is typed."""
    if choices is None:
        return None
    return json.dumps({"question": choices.question, "options": choices.options, "several": choices.several})


def from_json(kept: str | None) -> Choices | None:
    """Read what `to_json` wrote."""
    if kept is None:
        return None
    content = json.loads(kept)
    options = tuple((number, label) for number, label in content["options"])
    return Choices(content["question"], options, several=content["several"])
