"""Finds the words that make a comment a possible complaint or a compliment, by the criteria of the service's taxonomy."""

from __future__ import annotations

import functools
from typing import Final

from analysis.cueing.cues import CueBook
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
    book = _book()
    return frozenset(found.label for found in book.find(book.read(text)))
