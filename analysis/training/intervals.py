"""95 % intervals for figures of agreement, by drawing the texts again (bootstrap); the draws are always the same."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

DRAWS = 400


class Figure(NamedTuple):
    """A figure with its 95 % interval and the number of texts behind it."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{_short(self.value)} ({_short(self.low)} to {_short(self.high)})"


def figure(measure: Callable[[np.ndarray], float], n: int) -> Figure:
    """`measure` takes the places of the texts to look at (0 to n - 1, some more than once) and gives the figure."""
    if n == 0:
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    dice = np.random.default_rng(2026)
    drawn = [measure(dice.integers(0, n, n)) for _ in range(DRAWS)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Figure(measure(np.arange(n)), float(low), float(high), n)


def _short(share: float) -> str:
    return f"{share:.3f}".removeprefix("0") if not math.isnan(share) else "–"
