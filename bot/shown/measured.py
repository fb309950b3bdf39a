"""What a text costs to send, and what it would cost in plain letters: for whoever writes texts. Sends nothing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from channels.text import Measure, measure, to_gsm7


@dataclass(frozen=True)
class Cost:
    """What sending a text takes: its encoding in a word, its units, the parts that are billed, and pence."""

    encoding: str
    units: int
    parts: int
    pence: Decimal


@dataclass(frozen=True)
class Swap:
    """A replacement that is offered: what stands in the text, what would stand there, how often."""

    character: str
    replacement: str
    times: int


@dataclass(frozen=True)
class Measured:
    """A text looked at.

    Attributes:
        cost: of the text as it is.
        plainer: the text in plain letters; None where it is plain already or cannot be.
        plainer_cost: of that text.
        swaps: what would change in it.
        left: by name, what keeps it from being plain; empty where nothing does.
    """

    cost: Cost
    plainer: str | None = None
    plainer_cost: Cost | None = None
    swaps: tuple[Swap, ...] = ()
    left: tuple[str, ...] = ()


def measured(text: str, pence_per_part: Decimal) -> Measured:
    """Measure a text, and its plainer wording where there is one that costs no more."""
    cost = _cost(measure(text), pence_per_part)
    offer = to_gsm7(text)
    if not offer.changes:
        return Measured(cost, left=tuple(map(_named, offer.left)))
    swaps = tuple(Swap(_named(c.character), c.replacement, c.times) for c in offer.changes)
    return Measured(cost, offer.text, _cost(measure(offer.text), pence_per_part), swaps)


def _cost(found: Measure, pence_per_part: Decimal) -> Cost:
    return Cost(
        {"gsm7": "GSM-7", "ucs2": "UCS-2"}[found.encoding], found.units, found.parts, found.parts * pence_per_part
    )


def _named(character: str) -> str:
    """A character as it looks, with Unicode's names of what is in it: many look alike, and some not at all."""
    names = " and ".join(unicodedata.name(c, f"U+{ord(c):04X}").lower() for c in character)
    return f"{character} ({names})" if character.isprintable() and character.strip() else names
