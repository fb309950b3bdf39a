"""Turns examples into the numbers that models are trained on. What is not known of a text is not a number (NaN)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.models.heads import CATEGORY, COMPLAINT, COMPLIMENT, CONCERN, NAMES, SENTIMENT, SENTIMENTS, URGENT, Floats
from analysis.training.examples import Example

_PRAISED = {"pos": 1.0, "neg": 0.0, "mixed": 0.5, "neutral": 0.5}
_PLACES = {name: place for place, name in enumerate(NAMES)}


def targets(examples: Sequence[Example]) -> Floats:
    """One row for each example, one column for each of `NAMES`; NaN where the label is not known."""
    table = np.full((len(examples), len(NAMES)), np.nan, dtype=np.float32)
    for row, example in zip(table, examples, strict=True):
        _fill(row, example)
    return table


def weights(examples: Sequence[Example]) -> Floats:
    """How much each label counts, in the shape of `targets`."""
    table = np.ones((len(examples), len(NAMES)), dtype=np.float32)
    table[:, [CONCERN, URGENT]] = np.array([[example.weight] for example in examples], dtype=np.float32)
    return table


def _fill(row: Floats, example: Example) -> None:
    if example.sentiment:
        row[SENTIMENT] = [float(example.sentiment == label) for label in SENTIMENTS]
    for theme in example.theme_ids:
        row[_PLACES[f"theme.{theme}"]] = float(theme in example.themes)
    for theme, polarity in example.themes.items():
        row[_PLACES[f"praised.{theme}"]] = _PRAISED.get(polarity, np.nan)
    if example.category:
        row[CATEGORY] = 0.0
        row[_PLACES[f"category.{example.category}"]] = 1.0
    for column, known in (
        (COMPLAINT, example.complaint),
        (COMPLIMENT, example.compliment),
        (CONCERN, example.concern),
        (URGENT, example.urgent),
    ):
        row[column] = np.nan if known is None else known
