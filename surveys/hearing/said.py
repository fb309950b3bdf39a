"""A reply made ready for reading: its head in plain letters, and the bare words of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.hearing.letters import MORE, plain, unmarked, wording
from surveys.words import bare

HEAD = 320
"""Characters of a reply in which an answer is looked for: two text messages; all that follows is comment."""

_MAY_NEED = HEAD + HEAD // 4  # characters as they came: spaces and invisible ones are among them


@dataclass(frozen=True, slots=True)
class Said:
    """A reply.

    Attributes:
        text: as it came, word for word.
        tidy: its head as `plain` gives it, Latin letters without marks; `MORE` stands at the end of one
            that was cut.
        words: the bare words of that.
        bare: those without greetings and thanks around them.
    """

    text: str
    tidy: str
    words: str
    bare: str


def said(text: str) -> Said:
    """Read a reply's characters: no more of them than its head may need, unless those show nothing at all."""
    shown = text.strip()
    tidy = plain(shown[:_MAY_NEED])
    is_cut = len(shown) > _MAY_NEED
    if is_cut and not tidy:
        tidy, is_cut = plain(shown), False
    if is_cut or len(tidy) > HEAD:
        head = tidy[:HEAD]
        tidy = f"{head.rpartition(' ')[0] or head} ; {MORE}"
    tidy = unmarked(tidy)
    words = wording(tidy)
    return Said(text, tidy, words, bare(words))
