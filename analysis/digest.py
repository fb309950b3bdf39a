"""Shapes the monthly digest of a line manager from plain rows (requirements 4.2). Pure: rows in, a view out.

Held back here whatever a page does: comments with a concern that nobody has released are only counted, and messages about a
worker's conduct are neither shown nor counted. There are no scores of workers, no ranks and no percentages under ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.figures import (
    FEWEST_FOR_RUN_CHART,
    CommentRow,
    CoverageRow,
    FlagRow,
    Month,
    MonthCount,
    counted,
    mean_score,
    of,
    reason_label,
    total,
    usual_range,
)
from analysis.themes import THEMES

MOST_THEMES = 3
"""How many themes are shown as most praised, and how many as most raised."""

ONLY_PART_OF_THE_STORY = (
    "This is only part of the story. The people who answered are not everyone, and a few words never tell all. "
    "Themes and tone are suggested by software: please correct them where they are wrong."
)

_STAGES = ("assessment", "review", "closure")


@dataclass(frozen=True)
class NeedsYou:
    """What waits for the manager. `items` are closed answers that ask for a look; the rest are counts."""

    items: tuple[FlagRow, ...]
    unread: int
    complaints: int
    actions_overdue: int

    @property
    def count(self) -> int:
        """How many things need the manager."""
        return len(self.items) + self.unread + self.complaints + self.actions_overdue


@dataclass(frozen=True)
class CoverageLine:
    """One stage of the coverage, in words. `stage` is "all" in the last line."""

    stage: str
    row: CoverageRow
    asked: str
    answered: str
    declined: str
    not_asked: tuple[str, ...]


@dataclass(frozen=True)
class ThemeLine:
    """A theme and how many comments speak of it so: "4 of 9"."""

    theme: str
    label: str
    count: int
    words: str


@dataclass(frozen=True)
class DigestView:
    """One month's digest, ready to be shown.

    Attributes:
        headline: such as "3 of 7 answered", or "0 of 7 asked" in a month without surveys.
        held: how many comments wait to be released by safeguarding, without a hint of what they say.
        check: the answers (by id) whose closed answer and tone disagree: both are shown, marked "check".
        score: the mean of ten or more answers, else None.
        own_past: how this month compares with the unit's own past, in words.
        run_chart: the months behind a run chart; empty where there are too few.
    """

    period: Month
    headline: str
    needs_you_now: NeedsYou
    coverage: tuple[CoverageLine, ...]
    silent_cases: tuple[str, ...]
    praise: tuple[CommentRow, ...]
    concerns: tuple[CommentRow, ...]
    other: tuple[CommentRow, ...]
    held: int
    check: frozenset[int]
    most_praised: tuple[ThemeLine, ...]
    most_raised: tuple[ThemeLine, ...]
    score: int | None
    own_past: str
    run_chart: tuple[MonthCount, ...]
    part_of_the_story: str
    you_said_we_did: tuple[str, ...]

    @property
    def nothing_to_report(self) -> bool:
        """Whether nobody said anything; the digest is sent all the same."""
        return not (self.praise or self.concerns or self.other or self.held or self.needs_you_now.count)

    def summary_counts(self) -> dict[str, int]:
        """The numbers for the e-mail, which carries no words, names or cases: asked, answered, comments, needs."""
        everyone = self.coverage[-1].row
        return {
            "reached": everyone.reached,
            "asked": everyone.asked,
            "answered": everyone.answered,
            "comments": len(self.praise) + len(self.concerns) + len(self.other),
            "needs": self.needs_you_now.count,
        }


def shape_digest(
    period: Month,
    comments: Sequence[CommentRow],
    coverage: Sequence[CoverageRow],
    flags: Sequence[FlagRow] = (),
    silent_cases: Iterable[str] = (),
    history: Sequence[MonthCount] = (),
    *,
    unread: int = 0,
    actions_overdue: int = 0,
    you_said_we_did: Iterable[str] = (),
) -> DigestView:
    """Shape the digest of `period`.

    Args:
        comments: every comment of the period for this manager's workers; what may not be shown is left out here.
        coverage: one row for each stage; missing stages count as nought.
        flags: closed answers that ask for a look.
        silent_cases: references of cases from which nobody has been heard at any stage.
        history: the months before `period`, in any order.
        unread: comments the manager has not opened yet.
        actions_overdue: actions past their date.
        you_said_we_did: last month's actions and their results, a sentence each.
    """
    shown = [row for row in comments if _may_be_shown(row)]
    by_kind: dict[str, list[CommentRow]] = {"praise": [], "concern": [], "other": []}
    for row in sorted(shown, key=lambda each: (each.answered_on, each.answer_id)):
        by_kind[_kind(row)].append(row)
    lines = tuple(_coverage_lines(coverage))
    return DigestView(
        period=period,
        headline=_headline(lines[-1].row),
        needs_you_now=NeedsYou(
            items=tuple(sorted(flags, key=lambda each: (each.on, each.case_reference))),
            unread=unread,
            complaints=sum(row.complaint for row in shown),
            actions_overdue=actions_overdue,
        ),
        coverage=lines,
        silent_cases=tuple(sorted(set(silent_cases))),
        praise=tuple(by_kind["praise"]),
        concerns=tuple(by_kind["concern"]),
        other=tuple(by_kind["other"]),
        held=sum(_is_held(row) for row in comments),
        check=frozenset(row.answer_id for row in shown if _disagrees(row)),
        most_praised=_theme_lines(shown, "positive"),
        most_raised=_theme_lines(shown, "negative"),
        score=mean_score(row.score for row in shown),
        own_past=_own_past(period, lines[-1].row, history),
        run_chart=_run_chart(period, lines[-1].row, history),
        part_of_the_story=ONLY_PART_OF_THE_STORY,
        you_said_we_did=tuple(you_said_we_did),
    )


def _may_be_shown(row: CommentRow) -> bool:
    return row.concern is None or (row.released and row.concern != "conduct")


def _is_held(row: CommentRow) -> bool:
    return row.concern is not None and row.concern != "conduct" and not row.released


def _kind(row: CommentRow) -> str:
    """Which list a comment belongs to; a complaint is never praise, and the closed answer outranks the tone."""
    if row.complaint:
        return "concern"
    if row.score is not None and row.score != 50:
        return "praise" if row.score > 50 else "concern"
    if row.compliment:
        return "praise"
    return {"positive": "praise", "negative": "concern"}.get(row.sentiment or "", "other")


def _disagrees(row: CommentRow) -> bool:
    if row.score is None or row.sentiment not in {"positive", "negative"} or row.score == 50:
        return False
    return (row.score > 50) != (row.sentiment == "positive")


def _coverage_lines(coverage: Sequence[CoverageRow]) -> Iterable[CoverageLine]:
    by_stage: dict[str, list[CoverageRow]] = {stage: [] for stage in _STAGES}
    for row in coverage:
        by_stage.setdefault(row.stage, []).append(row)
    rows = [total(same, stage) for stage, same in by_stage.items()]
    return [_coverage_line(row) for row in [*rows, total(rows)]]


def _coverage_line(row: CoverageRow) -> CoverageLine:
    reasons = sorted(row.not_asked.items(), key=lambda each: (-each[1], each[0]))
    return CoverageLine(
        stage=row.stage,
        row=row,
        asked=of(row.asked, row.reached, "asked"),
        answered=of(row.answered, row.asked, "answered"),
        declined=of(row.declined, row.asked, "declined"),
        not_asked=tuple(f"{number}: {reason_label(reason)}" for reason, number in reasons if number),
    )


def _headline(everyone: CoverageRow) -> str:
    if everyone.asked:
        return of(everyone.answered, everyone.asked, "answered")
    return of(0, everyone.reached, "asked")


def _theme_lines(shown: Sequence[CommentRow], polarity: str) -> tuple[ThemeLine, ...]:
    """Up to three themes spoken of with `polarity`; "mixed" counts on both sides."""
    counts: dict[str, int] = {}
    tagged = [row for row in shown if row.tagged]
    for row in tagged:
        for theme in _themes_with(row.themes, polarity):
            counts[theme] = counts.get(theme, 0) + 1
    order = list(THEMES)
    ranked = sorted(counts, key=lambda theme: (-counts[theme], order.index(theme) if theme in THEMES else len(order)))
    return tuple(
        ThemeLine(theme, _label(theme), counts[theme], of(counts[theme], len(tagged))) for theme in ranked[:MOST_THEMES]
    )


def _themes_with(themes: Mapping[str, str], polarity: str) -> Iterable[str]:
    return (theme for theme, spoken in themes.items() if spoken in {polarity, "mixed"})


def _label(theme: str) -> str:
    return THEMES[theme].label if theme in THEMES else theme.replace("_", " ")


def _months(period: Month, this_month: CoverageRow, history: Sequence[MonthCount]) -> list[MonthCount]:
    before = [row for row in history if Month.of(row.month) < period and row.asked]
    now = [MonthCount(period.first_day, this_month.asked, this_month.answered)] if this_month.asked else []
    return [*sorted(before, key=lambda row: row.month), *now]


def _run_chart(period: Month, this_month: CoverageRow, history: Sequence[MonthCount]) -> tuple[MonthCount, ...]:
    months = _months(period, this_month, history)
    return tuple(months) if len(months) >= FEWEST_FOR_RUN_CHART else ()


def _own_past(period: Month, this_month: CoverageRow, history: Sequence[MonthCount]) -> str:
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
