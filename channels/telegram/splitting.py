"""Cuts a text that is too long for one message into several, at the ends of sentences where that can be.

Pure. Changes no word: the pieces hold all of the text but the blanks at which it was cut.
"""

from __future__ import annotations

import re

LIMIT = 4096
"""UTF-16 units in a message, as Telegram counts: core.telegram.org/bots/api#sendmessage."""

_WHERE = (
    re.compile(r"""[.!?…。؟।][)"'”’\]]*\s+|\n+"""),
    re.compile(r"\s+"),
)
"""Where to cut, the best first: after a sentence or a line, then between words."""

_GOES_WITH_THE_ONE_BEFORE = re.compile("[\u0300-\u036f\u200d\ufe0f\U0001f3fb-\U0001f3ff]")
"""Accents, joiners, and skin tones: no cut may stand before them."""


def units(text: str) -> int:
    """How long a text is, in UTF-16 units."""
    return sum(map(_width, text))


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Return `text` in pieces of `limit` UTF-16 units at most; a text that fits comes back as it is.

    No piece of several is blank or begins or ends with a blank. A character of two units is never cut in two.
    """
    pieces = []
    rest = text
    while units(rest) > limit:
        head = rest[: _cut(rest, _fitting(rest, limit))]
        rest = rest[len(head) :].lstrip()
        pieces.append(head.strip())
    pieces.append(rest.rstrip() if pieces else rest)
    return [piece for piece in pieces if piece] or [""]


def _width(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _fitting(text: str, limit: int) -> int:
    """How many characters of `text` fit into `limit` units."""
    used = 0
    for place, character in enumerate(text):
        used += _width(character)
        if used > limit:
            return place
    return len(text)


def _cut(text: str, room: int) -> int:
    """Where to cut off a first piece of at most `room` characters. A blank right after it may follow the cut."""
    for pattern in _WHERE:
        ends = [found.end() for found in pattern.finditer(text, 0, room + 1) if text[: found.start()].strip()]
        fitting = [min(end, room) for end in ends]
        if fitting:
            return fitting[-1]
    inside = room
    while inside > 1 and (_GOES_WITH_THE_ONE_BEFORE.match(text[inside]) or text[inside - 1] == "\u200d"):
        inside -= 1
    return inside if inside > 1 else room
