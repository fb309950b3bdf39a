"""What a form on the page has sent: a turn, or what is the matter with it, by the name of the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from werkzeug.datastructures import ImmutableMultiDict

from channels.webchat.shown import Turn

LONGEST = 4000
"""Characters in one turn: five times the longest reply that a text message may be."""

BUTTONS = {"skip": "SKIP", "back": "BACK", "stop": "END"}
"""What the buttons beside Send stand for, by their values in the form."""


@dataclass(frozen=True)
class Trouble:
    """Nothing that could be handed on.

    Attributes:
        reason: names the words that say what to do.
        typed: what was in the box, to be shown in it again.
    """

    reason: Literal["empty", "too_long"]
    typed: str = ""


def read(form: ImmutableMultiDict[str, str]) -> Turn | Trouble:
    """Read a form. Words stay as they came, with the line ends that phones send."""
    turn, question = form.get("turn", ""), form.get("question") or None
    if button := BUTTONS.get(form.get("press", "")):
        return Turn(turn, question, button)
    text = ",".join(form.getlist("answer")).replace("\r\n", "\n").replace("\0", "")
    if not text.strip():
        return Trouble("empty", text)
    if len(text) > LONGEST:
        return Trouble("too_long", text)
    return Turn(turn, question, text)
