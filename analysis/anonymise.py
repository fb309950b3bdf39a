"""Takes out of a text what names a person, for whatever leaves the manager's view: reports and exports to analysts.

`anonymise` puts a word in brackets in the place of each piece that `find` finds: [name], [number], [address], [postcode],
[school], [email], [handle], [date of birth], [link], [reference]. It would rather take out a word too many than leave a
name. What it leaves may still tell who somebody is: a rare event, a place, a way of speaking. It is no licence to publish.

Anonymising twice gives what anonymising once gives. Never raises; the time taken grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, cast

from analysis.naming.finding import name_spans
from analysis.naming.identifiers import Span, identifiers
from analysis.naming.own_people import OwnPeople
from analysis.naming.tokens import Line
from analysis.naming.whereabouts import whereabouts

Kind = Literal[
    "name", "number", "address", "postcode", "school", "email", "handle", "date of birth", "link", "reference"
]

KINDS: tuple[Kind, ...] = (
    "name",
    "number",
    "address",
    "postcode",
    "school",
    "email",
    "handle",
    "date of birth",
    "link",
    "reference",
)

_REPLACED = re.compile(rf"\[({'|'.join(KINDS)})\]")
_LOOKS = 5
"""How often a text is looked at: what stands beside a bracket may only then be seen for what it is."""


class Piece(NamedTuple):
    """What names somebody: the text from `start` to `end`, and what it is."""

    start: int
    end: int
    kind: Kind


def anonymise(text: str, people: Iterable[str] = ()) -> str:
    """`text` without what names a person. `people` are the full names of the case's own people."""
    own = OwnPeople.called(people)
    for _ in range(_LOOKS):
        pieces = _find(text, own)
        if not pieces:
            break
        text = _without(text, pieces)
    return text


def find(text: str, people: Iterable[str] = ()) -> list[Piece]:
    """The pieces of `text` that name a person, in order, none over another."""
    return _find(text, OwnPeople.called(people))


def _find(text: str, own: OwnPeople) -> list[Piece]:
    replaced = [Span(*match.span(), match[1]) for match in _REPLACED.finditer(text)]
    taken = _apart([*replaced, *_unspaced(text, own), *identifiers(text), *whereabouts(text)], len(text))
    named = [Span(start, end, "name") for start, end in name_spans(text, Line.of(text, taken), own)]
    before = set(replaced)
    return [
        Piece(span.start, span.end, cast("Kind", span.kind)) for span in sorted([*taken, *named]) if span not in before
    ]


def _unspaced(text: str, own: OwnPeople) -> Iterator[Span]:
    """The case's own people in scripts whose words are not apart."""
    if own.unspaced:
        pattern = re.compile("|".join(map(re.escape, own.unspaced)))
        yield from (Span(*match.span(), "name") for match in pattern.finditer(text))


def _apart(spans: Iterable[Span], length: int) -> list[Span]:
    """`spans` in order, without those that overlap an earlier one of them."""
    kept: list[Span] = []
    covered = bytearray(length)
    for span in spans:
        if span.start < span.end and covered.find(1, span.start, span.end) < 0:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept)


def _without(text: str, pieces: Iterable[Piece]) -> str:
    parts: list[str] = []
    behind = 0
    for piece in pieces:
        parts += (text[behind : piece.start], f"[{piece.kind}]")
        behind = piece.end
    return "".join([*parts, text[behind:]])
