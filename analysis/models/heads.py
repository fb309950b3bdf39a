"""What the models say about a text: the outputs by name, the same for every model, so that models can be averaged."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.taxonomy import SEVERITY_OF, THEMES

Floats = NDArray[np.float32]

SENTIMENTS: Final[tuple[Literal["negative"], Literal["neutral"], Literal["positive"]]] = (
    "negative",
    "neutral",
    "positive",
)

NAMES: tuple[str, ...] = (
    *(f"sentiment.{label}" for label in SENTIMENTS),
    *(f"theme.{theme}" for theme in THEMES),
    *(f"praised.{theme}" for theme in THEMES),
    "complaint",
    "compliment",
    "concern",
    "urgent",
    *(f"category.{category}" for category in SEVERITY_OF),
)
"""`sentiment` and `category` are shares of one; every other output is a probability of its own."""


def _columns(prefix: str) -> slice:
    """The columns of every output whose name begins with `prefix`; they stand together."""
    places = [place for place, name in enumerate(NAMES) if name.split(".")[0] == prefix]
    return slice(places[0], places[-1] + 1)


SENTIMENT, THEME, PRAISED, CATEGORY = (_columns(name) for name in ("sentiment", "theme", "praised", "category"))
COMPLAINT, COMPLIMENT, CONCERN, URGENT = (
    NAMES.index(name) for name in ("complaint", "compliment", "concern", "urgent")
)
SHARES = (SENTIMENT, CATEGORY)


def probabilities(scores: Floats) -> Floats:
    """Scores (texts by outputs, any real numbers) as probabilities, shape kept."""
    found = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
    for columns in SHARES:
        part = np.exp(scores[:, columns] - scores[:, columns].max(axis=1, keepdims=True))
        found[:, columns] = part / part.sum(axis=1, keepdims=True)
    return found.astype(np.float32)


class Asked(NamedTuple):
    """A text, and the metric key of the question that it answers, where that is known."""

    text: str
    question: str | None = None


_KIND_OF_QUESTION = {
    **dict.fromkeys(("free_good", "free_strength", "free_use"), "good"),
    **dict.fromkeys(("free_better", "free_change", "free_worse", "free_scale_up", "free_disagree"), "better"),
}


def kind_of_question(question: str | None) -> str:
    """Whether a question asks for what is "good", for what could be "better", or for "any" words at all."""
    return _KIND_OF_QUESTION.get(question or "", "any")
