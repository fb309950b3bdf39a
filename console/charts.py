"""A run chart as shapes for the template to draw, each month at its place. No numbers are worked out that small groups
must not show: the line is the share who answered, the words beside it are counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

WIDTH = 640
HEIGHT = 180
MARGIN = 24


class MonthOfAsking(Protocol):
    """How many were asked in a month, and how many answered."""

    @property
    def asked(self) -> int: ...

    @property
    def answered(self) -> int: ...


@dataclass(frozen=True)
class RunChart:
    """Where the months lie, and the line of their median, within `WIDTH` by `HEIGHT`."""

    points: tuple[tuple[int, int], ...]
    median_y: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def line(self) -> str:
        """The points as SVG's polyline wants them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


def run_chart(months: Sequence[MonthOfAsking]) -> RunChart | None:
    """The chart of those months, oldest first; None where there is nothing to draw a line through."""
    shares = [month.answered / month.asked for month in months if month.asked]
    if len(shares) < 2:
        return None
    step = (WIDTH - 2 * MARGIN) / (len(shares) - 1)
    return RunChart(
        points=tuple((round(MARGIN + step * place), _y(share)) for place, share in enumerate(shares)),
        median_y=_y(median(shares)),
    )


def _y(share: float) -> int:
    return round(HEIGHT - MARGIN - min(share, 1) * (HEIGHT - 2 * MARGIN))
