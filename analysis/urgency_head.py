"""What the models add to the patterns of urgent concerns: messages that are worded in a way that no list foresaw.

It only ever adds. Neither it nor the patterns clear a message: a person reads every free text.
"""

from __future__ import annotations

from typing import Final

from analysis.cueing.clauses import clauses
from analysis.models.heads import CATEGORY, CONCERN, URGENT
from analysis.models.reading import Reading
from analysis.taxonomy import ORDER, SEVERITY_OF, Concern, Severity

CONCERN_ENOUGH: Final = 0.5
URGENT_ENOUGH: Final = 0.5
"""How sure the models must be that a person should look at once, and that it is graver than amber."""

_MOST_CLAUSES = 6
_CATEGORIES = tuple(SEVERITY_OF)


def head_concern(reading: Reading, text: str) -> Concern | None:
    """The concern that the models see in `text` as a whole or in one of its clauses; None where they see none."""
    parts = [text.strip(), *list(clauses(text))[:_MOST_CLAUSES]]
    looked_at = dict.fromkeys(part for part in parts if part)
    seen = [found for part in looked_at if (found := _seen(reading, part))]
    return min(seen, key=lambda concern: ORDER.index(concern.severity), default=None)


def _seen(reading: Reading, part: str) -> Concern | None:
    said = reading.said(part)
    is_urgent = said[URGENT] >= URGENT_ENOUGH
    if not (is_urgent or said[CONCERN] >= CONCERN_ENOUGH):
        return None
    category = _CATEGORIES[int(said[CATEGORY].argmax())]
    severity: Severity = "amber"
    if is_urgent:
        severity = SEVERITY_OF[category] if SEVERITY_OF[category] != "amber" else "red_today"
    return Concern(category, severity, part)
