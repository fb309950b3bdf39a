"""Which themes are praised most, and which are on the rise: counts such as "4 of 9". Pure, as `analysis.digest` is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.digesting.kinds import kind_of
from analysis.digesting.wishes import is_wish_question
from analysis.figures import CommentRow, of
from analysis.taxonomy import THEMES

MOST_THEMES = 3
"""How many themes are shown as most praised, and how many as rising."""


@dataclass(frozen=True)
class ThemeLine:
    """A theme and how many comments speak of it so: "4 of 9"; `before`: the same of the month before, or None.

    `whole`: how many have been sorted at all.
    """

    theme: str
    label: str
    count: int
    whole: int
    words: str
    before: str | None = None


def most_praised(shown: Sequence[CommentRow]) -> tuple[ThemeLine, ...]:
    """Up to three themes spoken well of, the most often praised first; "mixed" counts too, a wish for it does not."""
    counts, whole = _counts(shown, "positive", wishes=False)
    ranked = sorted(counts, key=lambda theme: (-counts[theme], _place(theme)))
    return tuple(_line(theme, counts[theme], whole) for theme in ranked[:MOST_THEMES])


def rising(shown: Sequence[CommentRow], month_before: Sequence[CommentRow]) -> tuple[ThemeLine, ...]:
    """Up to three themes about which more comments complain than in the month before, those that rose most first."""
    counts, whole = _counts(shown, "negative")
    earlier, whole_then = _counts(month_before, "negative")
    risen = {theme: count - earlier[theme] for theme, count in counts.items() if count > earlier[theme]}
    ranked = sorted(risen, key=lambda theme: (-risen[theme], -counts[theme], _place(theme)))
    return tuple(_line(theme, counts[theme], whole, of(earlier[theme], whole_then)) for theme in ranked[:MOST_THEMES])


def _counts(rows: Iterable[CommentRow], polarity: str, *, wishes: bool = True) -> tuple[Counter[str], int]:
    """How many comments speak of each theme with `polarity`, and how many have been sorted at all."""
    tagged = [row for row in rows if row.tagged]
    counting = [row for row in tagged if wishes or not _is_asked_for(row)]
    spoken = (theme for row in counting for theme, said in row.themes.items() if said in {polarity, "mixed"})
    return Counter(spoken), len(tagged)


def _is_asked_for(row: CommentRow) -> bool:
    """Whether a comment answers a question for a wish without being praise: "being listened to for once"."""
    return is_wish_question(row.metric) and kind_of(row) != "praise"


def _line(theme: str, count: int, whole: int, before: str | None = None) -> ThemeLine:
    label = THEMES[theme].label if theme in THEMES else theme.replace("_", " ")
    return ThemeLine(theme, label, count, whole, of(count, whole), before)


def _place(theme: str) -> int:
    order = list(THEMES)
    return order.index(theme) if theme in THEMES else len(order)
