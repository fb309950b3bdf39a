"""How a question stands in a text message, and the gaps that wordings may hold. Fills nothing in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from surveys.questions import Question

PLACEHOLDERS: Mapping[str, int] = {
    "worker": 12,
    "brand": 16,
    "initial": 2,
    "n": 1,
    "day": 9,
    "date": 10,
    "next_open": 12,
    "url": 28,
    "link": 60,
    "you_said": 45,
    "we_did": 50,
}
"""Every gap a wording may hold, with the most characters that may be put into it."""

IN_SURVEYS = ("worker", "brand", "initial", "url")
"""The gaps that a survey's own wordings may hold: what is known of a person when they are asked."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def as_asked(question: Question, number: int, total: int, *, easy_read: bool = False) -> str:
    """Give the question as a text message, gaps unfilled: "2/8 Are things 1 Better, 2 Worse"."""
    words = question.text_easy if easy_read and question.text_easy else question.ask
    options = ", ".join(f"{option.v} {option.label}" for option in question.options)
    return " ".join(part for part in (f"{number}/{total}", words, options) if part)


def at_its_longest(text: str) -> str:
    """Give the text with every known gap filled to its limit, for measuring."""
    return PLACEHOLDER.sub(lambda gap: "x" * PLACEHOLDERS.get(gap[1], len(gap[0])), text)
