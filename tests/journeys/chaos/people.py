"""Two thousand people with a phone or a page before them: what each of them reads, and what they write back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ANSWERS = {1: "1", 2: "1"}
"""What they choose, by the number of the question; after the last of these they put the phone away."""

LAST = max(ANSWERS)
_QUESTION = re.compile(r"(\d)/\d ")
_INVITES = re.compile(r"\bGO\b")
_LETTERS = "bcdfghjkmnpqrstv"


def word(person: int, turn: int) -> str:
    """A word that nobody else writes and that means nothing in any language."""
    digits = f"{person:05x}{turn:x}"
    return "zx" + "".join(_LETTERS[int(digit, 16)] for digit in digits)


@dataclass
class Person:
    """One of them.

    Attributes:
        address: where they are, on their channel.
        asked: the numbers of the questions that came, in the order in which they came.
        wrote: their own messages, in order.
    """

    number: int
    address: str
    asked: list[int] = field(default_factory=list)
    wrote: list[str] = field(default_factory=list)

    def read(self, text: str) -> str | None:
        """Read what has come; return what they write back, or None where they write nothing."""
        question = _QUESTION.match(text)
        if question is None:
            return self._write("GO") if _INVITES.search(text) and not self.wrote else None
        place = int(question[1])
        is_new = place not in self.asked
        self.asked.append(place)
        if not is_new or place not in ANSWERS:
            return None
        return self._write(f"{ANSWERS[place]} {word(self.number, place)}")

    @property
    def has_finished(self) -> bool:
        """Whether they were asked what they will not answer any more."""
        return LAST + 1 in self.asked

    def _write(self, text: str) -> str:
        self.wrote.append(text)
        return text
