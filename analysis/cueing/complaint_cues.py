"""Finds the words that make a comment a possible complaint or a compliment, by the criteria of the service's taxonomy."""

from __future__ import annotations

import functools
from typing import Final

from analysis.cueing.cues import CueBook, Found
from analysis.normalise import read_vocabulary

KINDS: Final = (
    "complaint.says",
    "complaint.asks",
    "complaint.fails",
    "complaint.never",
    "complaint.about_others",
    "compliment.says",
    "compliment.thanks",
    "compliment.about",
)
"""The lists of `complaints.yaml`: what each kind of cue says of a comment."""


@functools.cache
def _book() -> CueBook[str]:
    raw = read_vocabulary("complaints.yaml")
    cues = ((str(cue), kind) for kind in KINDS for cue in _listed(raw, kind))
    return CueBook.of(cues, raw["groups"])


def _listed(raw: dict[str, dict[str, list[str]]], kind: str) -> list[str]:
    subject, name = kind.split(".")
    return raw[subject][name]


def complaint_kinds(text: str) -> frozenset[str]:
    """Which of `KINDS` have a cue in `text`."""
    return frozenset(found.label for found in _found(text))


def kinds_that_stand(text: str) -> frozenset[str]:
    """The same without signs of a complaint that the words themselves take back: "not a complaint", "my mp helped"."""
    found = _found(text)
    taken_back = [each for each in found if each.label == "complaint.never"]
    return frozenset(
        each.label for each in found if each.label.startswith("compliment.") or not any(map(each.touches, taken_back))
    )


def _found(text: str) -> list[Found[str]]:
    book = _book()
    return list(book.find(book.read(text)))
