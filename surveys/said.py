"""A reply made ready for reading: its head in plain letters, and the bare words of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.letters import MORE, plain, unmarked, wording
from surveys.words import bare

HEAD = 320
"""Characters of a reply in which an answer is looked for: two text messages; all that follows is comment."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply.

    Attributes:
        text: as it came, word for word.
        tidy: its head as `surveys.letters.plain` gives it, Latin letters without marks; `MORE` stands at the end of one
            that was cut.
        words: the bare words of that.
        bare: those without greetings and thanks around them.
    """

    text: str
    tidy: str
    words: str
    bare: str


def said(text: str) -> Said:
    """Read a reply's characters."""
    tidy = unmarked(plain(text))
    if len(tidy) > HEAD:
        head = tidy[:HEAD]
        tidy = f"{head.rpartition(' ')[0] or head} ; {MORE}"
    words = wording(tidy)
    return Said(text, tidy, words, bare(words))
