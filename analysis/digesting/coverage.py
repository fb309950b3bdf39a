"""Who was asked and who answered, and how that compares with the unit's own past. Pure, as `analysis.digest` is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.digesting.standings import STATUS_LABELS
from analysis.figures import (
    FEWEST_FOR_RUN_CHART,
    CoverageRow,
    Month,
    MonthCount,
    counted,
    of,
    reason_label,
    total,
    usual_range,
)

_STAGES = ("assessment", "review", "closure")


@dataclass(frozen=True)
class CoverageLine:
    """One stage of the coverage, with the reasons for not asking in words. `stage` is "all" in the last line.

    `still_to_ask`: how many nobody has asked yet, in words; empty where there is nobody of them.
    """

    stage: str
    row: CoverageRow
    not_asked: tuple[str, ...]
    still_to_ask: str


def coverage_lines(coverage: Iterable[CoverageRow]) -> tuple[CoverageLine, ...]:
    """A line for each stage, those without a row among them, and one for all together at the end."""
    by_stage: dict[str, list[CoverageRow]] = {stage: [] for stage in _STAGES}
    for row in coverage:
        by_stage.setdefault(row.stage, []).append(row)
    rows = [total(same, stage) for stage, same in by_stage.items()]
    return tuple(_coverage_line(row) for row in [*rows, total(rows)])


def _coverage_line(row: CoverageRow) -> CoverageLine:
    reasons = sorted(row.not_asked.items(), key=lambda each: (-each[1], each[0]))
    return CoverageLine(
        stage=row.stage,
        row=row,
        not_asked=tuple(f"{number}: {reason_label(reason)}" for reason, number in reasons if number),
        still_to_ask=f"{row.still_to_ask}: {STATUS_LABELS['offered']}" if row.still_to_ask else "",
    )


def headline(everyone: CoverageRow) -> str:
    """Such as "3 of 7 answered", or "0 of 7 asked" where nobody was."""
    if everyone.asked:
        return of(everyone.answered, everyone.asked, "answered")
    return of(0, everyone.reached, "asked")


def _months(period: Month, this_month: CoverageRow, history: Sequence[MonthCount]) -> list[MonthCount]:
    before = [row for row in history if Month.of(row.month) < period and row.asked]
    now = [MonthCount(period.first_day, this_month.asked, this_month.answered)] if this_month.asked else []
    return [*sorted(before, key=lambda row: row.month), *now]


def run_chart(period: Month, this_month: CoverageRow, history: Sequence[MonthCount]) -> tuple[MonthCount, ...]:
    """The months behind a run chart, this one last; empty where there are too few."""
    months = _months(period, this_month, history)
    return tuple(months) if len(months) >= FEWEST_FOR_RUN_CHART else ()


def own_past(period: Month, this_month: CoverageRow, history: Sequence[MonthCount]) -> str:
    """How this month compares with the unit's own past, in words."""
    months = _months(period, this_month, history)
    if len(months) < FEWEST_FOR_RUN_CHART:
        have = counted(len(months), "month")
        return f"Too little to compare yet: {have} with anyone asked, and a run chart needs {FEWEST_FOR_RUN_CHART}."
    if not this_month.asked:
        return "Nobody was asked this month, so there is nothing to compare with the months before."
    low, high = usual_range(row.answered / row.asked for row in months[:-1])
    share = this_month.answered / this_month.asked
    said = of(this_month.answered, this_month.asked, "answered")
    if share < low:
        return f"{said}: fewer than this unit's usual range."
    return f"{said}: more than this unit's usual range." if share > high else f"{said}: within this unit's usual range."
