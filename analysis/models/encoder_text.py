"""The form in which a text is given to the encoder, in training and ever after: one rule for both."""

from __future__ import annotations

import unicodedata
from typing import Final

from analysis.models.heads import Asked, kind_of_question

LONGEST: Final = 128
"""How many word pieces are read of a text."""

_QUESTIONS = {"good": "what was good?", "better": "what could be better?", "any": "anything to say?"}


def pair(asked: Asked) -> tuple[str, str]:
    """The question in one short wording for all of its kind, and the text with its emoji spelled out by name."""
    return _QUESTIONS[kind_of_question(asked.question)], spelled_out(asked.text[: LONGEST * 12])


def spelled_out(text: str) -> str:
    """`text` with emoji as words ("crying face"), for the encoder knows words only."""
    return text if text.isascii() else "".join(map(_spelled, text))


def _spelled(character: str) -> str:
    if character < "\u2190" or not unicodedata.category(character).startswith("S"):
        return character
    return f" {unicodedata.name(character, '').lower()} "
