"""What the models add to the patterns of urgent concerns: messages that are worded in a way that no list foresaw.

They never take away what the patterns have found. Neither clears a message: a person reads every free text.
"""

from __future__ import annotations

import math
from typing import Final

from analysis.language import may_be_read
from analysis.models.heads import CATEGORY, CONCERN, URGENT
from analysis.models.reading import Reading
from analysis.taxonomy import SEVERITY_OF, Concern

CONCERN_ENOUGH: Final = 4.5
URGENT_ENOUGH: Final = 3.4
"""How sure the models must be that a person should look at once, and that it is graver than amber (log-odds)."""

CONCERN_SHARE: Final = 0.7
"""How much of the second is how sure they are that there is a concern at all."""

_FEWEST_WORDS = 2
_CATEGORIES = tuple(SEVERITY_OF)


def head_concern(reading: Reading, text: str) -> Concern | None:
    """The concern that the models see in `text`; None where they see none, or can't read it, or it is a single word."""
    if len(text.split(maxsplit=_FEWEST_WORDS)) < _FEWEST_WORDS or not may_be_read(text):
        return None
    said = reading.said(text)
    concern, urgent = _log_odds(float(said[CONCERN])), _log_odds(float(said[URGENT]))
    is_urgent = CONCERN_SHARE * concern + (1 - CONCERN_SHARE) * urgent >= URGENT_ENOUGH
    if not (is_urgent or concern >= CONCERN_ENOUGH):
        return None
    category = _CATEGORIES[int(said[CATEGORY].argmax())]
    if not is_urgent:
        return Concern(category, "amber", text.strip())
    severity = SEVERITY_OF[category]
    return Concern(category, "red_today" if severity == "amber" else severity, text.strip())


def _log_odds(probability: float) -> float:
    return (
        math.log(probability / (1.0 - probability))
        if 0.0 < probability < 1.0
        else math.copysign(30.0, probability - 0.5)
    )
