"""What may be pressed under a message, as its row keeps it."""

from __future__ import annotations

import json

from channels.base import Choices


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
