"""Finds what a comment is about, and whether each thing is praised or blamed.

"Lovely worker but always late" is respect and warmth, positive, and reliability, negative: each mention has a polarity of
its own, and is placed in the clause that speaks of it. Tags are suggestions: below the threshold there is none, and a
comment without tags is shown all the same. What was learnt from which text: docs/analysis.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from analysis import language
from analysis.cueing.clauses import clauses
from analysis.cueing.theme_cues import cue_hits
from analysis.models.heads import PRAISED, THEME, Asked
from analysis.models.reading import Reading
from analysis.taxonomy import THEMES

Polarity = Literal["positive", "negative", "mixed", "neutral"]

STAFF_ONLY = frozenset({"staff_support"})
"""Themes that only the surveys of staff ask about."""

ENOUGH = 0.25
"""How sure the models must be of a theme."""

_BLAMED, _PRAISED = 0.47, 0.53
_PLACE_OF: Mapping[str, int] = {theme: place for place, theme in enumerate(THEMES)}


class Mention(NamedTuple):
    """A theme of a comment: how it is spoken of, how sure that is (0 to 1), and the words that earned it."""

    theme: str
    polarity: Polarity
    confidence: float
    words: str


def find_mentions(
    reading: Reading | None, text: str, *, audience: str | None = None, question: str | None = None
) -> list[Mention]:
    """The themes of `text` as the models see them, in the order of `THEMES`; empty where none is sure.

    Nothing is guessed about text that is not English, or has no letters. Themes of staff surveys are kept to
    `audience="staff"`.
    """
    if reading is None or not language.may_be_read(text):
        return []
    left_out = frozenset() if audience == "staff" else STAFF_ONLY
    said = reading.said(text, question)
    sure = {theme: float(said[THEME][place]) for theme, place in _PLACE_OF.items() if theme not in left_out}
    return [
        Mention(
            theme,
            _polarity(float(said[PRAISED][_PLACE_OF[theme]])),
            round(confidence, 3),
            _words_for(theme, text, reading),
        )
        for theme, confidence in sure.items()
        if confidence >= ENOUGH
    ]


def _polarity(praised: float) -> Polarity:
    if praised >= _PRAISED:
        return "positive"
    return "negative" if praised <= _BLAMED else "mixed"


def _words_for(theme: str, text: str, reading: Reading) -> str:
    """The cue of `theme` in `text`; where there is none, the clause that speaks most of it."""
    for found, words in cue_hits(text):
        if found == theme:
            return words
    parts = list(clauses(text)) or [text.strip()]
    if len(parts) == 1:
        return parts[0]
    says = reading.lite.scores([Asked(part) for part in parts])[:, THEME.start + _PLACE_OF[theme]]
    return parts[int(says.argmax())]
