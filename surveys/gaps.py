"""The gaps that wordings may hold, and how long what fills them may be.

Two kinds: what differs from person to person, filled each time something is said, and the council's lines and helplines,
filled once when the definitions are loaded. Knows no survey and chooses no wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from surveys.gsm7 import foreign_characters

Direction = Literal["ltr", "rtl"]

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
    "lowest": 4,
    "highest": 4,
}
"""Every gap that is filled when something is said, with the most characters that may be put into it."""

IN_SURVEYS = ("worker", "brand", "initial", "url")
"""The gaps that the wordings of a family's survey may hold: what is known of a person when they are asked."""

WITHOUT_A_CASE = ("brand", "url")
"""The same for everyone else, of whom no worker and no name is known."""


@dataclass(frozen=True)
class Line:
    """A number or a name that the council gives people.

    Attributes:
        longest: the most characters it may have, so that every wording still fits one SMS part.
        kind: "emergency" or "number" where people ring or text it, "words" where they only read it.
    """

    longest: int
    kind: Literal["emergency", "number", "words"]


LINES: Mapping[str, Line] = {
    "emergency": Line(3, "emergency"),
    "young_helpline": Line(9, "words"),
    "young_helpline_number": Line(10, "number"),
    "crisis_word": Line(5, "words"),
    "crisis_number": Line(5, "number"),
    "adult_helpline": Line(12, "words"),
    "adult_helpline_number": Line(13, "number"),
    "child_line": Line(13, "number"),
    "night_line": Line(13, "number"),
    "complaints_line": Line(13, "number"),
}
"""The council's lines by the name of their gap, which is also the name of their setting."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LONGEST: Mapping[str, int] = {**PLACEHOLDERS, **{name: line.longest for name, line in LINES.items()}}
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def isolated(value: str, direction: Direction) -> str:
    """Give a value as it may stand in a text of that direction.

    In a right-to-left text a name, a number or an address is set apart by U+2068 and U+2069 (Unicode UAX 9), or a phone
    would show the groups of a phone number in the wrong order. An empty value stays empty.
    """
    return f"{_ISOLATE}{value}{_END_ISOLATE}" if direction == "rtl" and value else value


def at_its_longest(text: str, direction: Direction = "ltr") -> str:
    """Give the text with every known gap filled to its limit, for measuring."""
    return PLACEHOLDER.sub(lambda gap: isolated("x" * _LONGEST.get(gap[1], len(gap[0])), direction), text)


def with_lines(text: str, lines: Mapping[str, str], direction: Direction = "ltr") -> str:
    """Give the text with the council's lines in their gaps; every other gap stays as it is."""
    return PLACEHOLDER.sub(lambda gap: isolated(lines[gap[1]], direction) if gap[1] in lines else gap[0], text)


def unfit_lines(lines: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Give each line that is missing or cannot stand in a text: its name, what is wrong, what to write instead."""
    for name, line in LINES.items():
        value = lines.get(name, "").strip()
        if not value:
            yield name, "This line is missing, and texts give it to people.", "Set it to what people are to use."
        elif len(value) > line.longest:
            yield name, f"It has {len(value)} characters; texts have room for {line.longest}.", "Shorten it."
        elif foreign := foreign_characters(value):
            yield name, f"Plain SMS cannot carry {' '.join(foreign)}.", "Use plain letters and digits."
        elif "{" in value or "}" in value:
            yield name, "It holds a { or }, which would be read as a gap.", "Take it out."
    for name in lines.keys() - LINES.keys():
        yield name, "No text has a gap for this line.", f"The lines are: {', '.join(LINES)}."
