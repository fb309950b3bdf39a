"""Finds what a comment is about, clause by clause, and whether each thing is praised or blamed.

"Lovely worker but always late" is respect and warmth, positive, and reliability, negative: each clause is read by
itself (`tagging_rules`). Tags are suggestions; a person can correct them, and a comment without tags is shown all the same.

Measured on NHS comments over the groups that compare: precision .56, recall .36, micro-F1 .44.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from analysis import language, sentiment
from analysis.cues import CueBook
from analysis.normalise import read_vocabulary

Polarity = Literal["positive", "negative", "mixed", "neutral"]

STAFF_ONLY = frozenset({"staff_support"})
"""Themes that only the surveys of staff ask about."""

_CLAUSE_BREAK = re.compile(r"[.!?;\n]+|\b(?:but|though|although|except|only|and then|however)\b", re.IGNORECASE)


class Theme(NamedTuple):
    """A subject that comments may be about."""

    id: str
    label: str
    definition: str
    not_this: str | None


class _Vocabulary(NamedTuple):
    themes: dict[str, Theme]
    book: CueBook[str]


@functools.cache
def _vocabulary() -> _Vocabulary:
    raw = read_vocabulary("themes.yaml")
    themes = {
        entry["id"]: Theme(entry["id"], entry["label"], entry["definition"], entry.get("not_this")) for entry in raw
    }
    cues = ((form, entry["id"]) for entry in raw for cue in entry["cues"] for form in _forms(str(cue)))
    return _Vocabulary(themes, CueBook.of(cues))


def _forms(cue: str) -> list[str]:
    """A single word in the forms that it takes in a sentence; anything longer as it stands."""
    if not cue.isalpha() or len(cue) < 4:
        return [cue]
    stem = cue.removesuffix("e")
    return [cue, f"{cue}s", f"{stem}ed", f"{stem}ing"]


THEMES: dict[str, Theme] = _vocabulary().themes
"""Every theme by its id, in the order in which they are shown."""


def find_themes(text: str, *, audience: str | None = None) -> dict[str, Polarity]:
    """The themes of `text` and how each is spoken of, in the order of `THEMES`; empty where none is sure.

    Nothing is guessed about text that is not English, or has no letters. Themes of staff surveys are kept to
    `audience="staff"`.
    """
    if not language.may_be_read(text):
        return {}
    heard: dict[str, set[Polarity]] = {}
    for clause in clauses(text):
        for theme in _themes_of(clause):
            heard.setdefault(theme, set()).add(_polarity(clause))
    left_out = frozenset() if audience == "staff" else STAFF_ONLY
    return {theme: _together(heard[theme]) for theme in THEMES if theme in heard and theme not in left_out}


def clauses(text: str) -> Iterator[str]:
    """The clauses of `text`: split at sentence ends and at but, though, except, only, and then."""
    return (clause for part in _CLAUSE_BREAK.split(text) if (clause := part.strip(" ,-")))


def _themes_of(clause: str) -> set[str]:
    book = _vocabulary().book
    return {found.label for found in book.find(book.read(clause))}


def _polarity(clause: str) -> Polarity:
    return sentiment.label_of(sentiment.polarity(clause))


def _together(polarities: set[Polarity]) -> Polarity:
    spoken = polarities - {"neutral"}
    if not spoken:
        return "neutral"
    return spoken.pop() if len(spoken) == 1 else "mixed"
