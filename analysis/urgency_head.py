"""What the models add to the patterns of urgent concerns: messages that are worded in a way that no list foresaw.

They never take away what one of the taxonomy's own cues has found. Neither they nor the patterns clear a message: a person
reads every free text.
"""

from __future__ import annotations

from typing import Final

from analysis.language import may_be_read
from analysis.models.heads import CATEGORY, CONCERN, URGENT
from analysis.models.reading import Reading
from analysis.taxonomy import SEVERITY_OF, Concern

CONCERN_ENOUGH: Final = 0.84
URGENT_ENOUGH: Final = 0.75
"""How sure the models must be that a person should look at once, and that it is graver than amber."""

LIKELY: Final = 0.3
"""How sure they must be for a wide pattern to count: far less, for the pattern says the same."""

_FEWEST_WORDS = 2
_CATEGORIES = tuple(SEVERITY_OF)


def is_likely(reading: Reading, text: str) -> bool:
    """Whether the models leave room for a concern in `text`; in another language they can't tell, and leave it."""
    return not may_be_read(text) or bool(reading.said(text)[CONCERN] >= LIKELY)


def head_concern(reading: Reading, text: str) -> Concern | None:
    """The concern that the models see in `text`; None where they see none, or can't read it, or it is a single word."""
    if len(text.split(maxsplit=_FEWEST_WORDS)) < _FEWEST_WORDS or not may_be_read(text):
        return None
    said = reading.said(text)
    is_urgent = said[URGENT] >= URGENT_ENOUGH
    if not (is_urgent or said[CONCERN] >= CONCERN_ENOUGH):
        return None
    category = _CATEGORIES[int(said[CATEGORY].argmax())]
    if not is_urgent:
        return Concern(category, "amber", text.strip())
    severity = SEVERITY_OF[category]
    return Concern(category, "red_today" if severity == "amber" else severity, text.strip())
