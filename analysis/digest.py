"""Shapes the monthly digest of a line manager from plain rows (requirements 4.2). Pure: rows in, a view out.

Held back here whatever a page does: comments with a concern that nobody has released are only counted, and messages about a
worker's conduct are neither shown nor counted. There are no scores of workers, no ranks and no percentages under ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.digesting.coverage import CoverageLine, coverage_lines, headline, own_past, run_chart
from analysis.digesting.kinds import KIND_LABELS, Kind, kind_of
from analysis.digesting.ownerless import NOTHING_WAITS, WaitingForOwner, WaitingRows
from analysis.digesting.theme_lines import ThemeLine, most_praised, rising
from analysis.figures import AlertRow, CommentRow, CoverageRow, FlagRow, Month, MonthCount, UnreadRow, mean_score

ONLY_PART_OF_THE_STORY = (
    "This is only part of the story. The people who answered are not everyone, and a few words never tell all. "
    "Themes and tone are suggested by software, and can be wrong: go by the words, and write below what you read in them."
)


@dataclass(frozen=True)
class NeedsYou:
    """What waits for the manager.

    Attributes:
        alerts: alerts about his workers' cases that the duty desk has not taken on yet.
        items: closed answers that ask for a look.
        complaints: how many comments may be complaints.
        unread: digests of earlier months that he has not opened.
    """

    alerts: tuple[AlertRow, ...]
    items: tuple[FlagRow, ...]
    complaints: int
    unread: tuple[UnreadRow, ...]

    @property
    def count(self) -> int:
        """How many things need the manager."""
        return len(self.alerts) + len(self.items) + self.complaints + len(self.unread)


@dataclass(frozen=True)
class DigestView:
    """One month's digest, ready to be shown.

    Attributes:
        headline: such as "3 of 7 answered", or "0 of 7 asked" in a month without surveys.
        held: how many comments wait to be released by safeguarding, without a hint of what they say.
        rising: themes about which more comments complain than in the month before.
        score: the mean of ten or more answers, else None.
        own_past: how this month compares with the unit's own past, in words.
        run_chart: the months behind a run chart; empty where there are too few.
        waiting: what waits for an owner and is this manager's to see to meanwhile.
    """

    period: Month
    headline: str
    needs_you_now: NeedsYou
    coverage: tuple[CoverageLine, ...]
    silent_cases: tuple[str, ...]
    praise: tuple[CommentRow, ...]
    concerns: tuple[CommentRow, ...]
    wishes: tuple[CommentRow, ...]
    other: tuple[CommentRow, ...]
    held: int
    most_praised: tuple[ThemeLine, ...]
    rising: tuple[ThemeLine, ...]
    score: int | None
    own_past: str
    run_chart: tuple[MonthCount, ...]
    part_of_the_story: str
    waiting: WaitingForOwner

    @property
    def nothing_to_report(self) -> bool:
        """Whether nobody said anything; the digest is sent all the same."""
        return not (self.comments or self.held or self.needs_you_now.count or self.waiting.items)

    @property
    def comments(self) -> int:
        """How many comments are shown, in whatever list."""
        return len(self.praise) + len(self.concerns) + len(self.wishes) + len(self.other)

    def summary_counts(self) -> dict[str, int]:
        """The numbers for the e-mail, which carries no words, names or cases: asked, answered, comments, needs, waiting."""
        everyone = self.coverage[-1].row
        return {
            "reached": everyone.reached,
            "asked": everyone.asked,
            "answered": everyone.answered,
            "comments": self.comments,
            "needs": self.needs_you_now.count,
            "waiting": len(self.waiting.items),
        }


def shape_digest(
    period: Month,
    comments: Sequence[CommentRow],
    coverage: Iterable[CoverageRow],
    flags: Iterable[FlagRow] = (),
    silent_cases: Iterable[str] = (),
    history: Sequence[MonthCount] = (),
    *,
    alerts: Iterable[AlertRow] = (),
    unread: Iterable[UnreadRow] = (),
    month_before: Iterable[CommentRow] = (),
    waiting: WaitingRows = NOTHING_WAITS,
) -> DigestView:
    """Shape the digest of `period`.

    Args:
        comments: every comment of the period for this manager's workers; what may not be shown is left out here.
        coverage: one row for each stage; missing stages count as nought.
        flags: closed answers that ask for a look.
        silent_cases: references of cases from which nobody has been heard at any stage.
        history: the months before `period`, in any order.
        alerts: those that nobody has taken on yet.
        unread: digests of earlier months that the manager has not opened.
        month_before: every comment of the month before, to tell which themes rise.
        waiting: what waits for an owner; what may not be shown is left out here.
    """
    shown = [row for row in comments if _may_be_shown(row)]
    kinds = _by_kind(shown)
    lines = coverage_lines(coverage)
    everyone = lines[-1].row
    return DigestView(
        period=period,
        headline=headline(everyone),
        needs_you_now=_needs(shown, flags, alerts, unread),
        coverage=lines,
        silent_cases=tuple(sorted(set(silent_cases))),
        praise=tuple(kinds["praise"]),
        concerns=tuple(kinds["concern"]),
        wishes=tuple(kinds["wish"]),
        other=tuple(kinds["other"]),
        held=sum(_is_held(row) for row in comments),
        most_praised=most_praised(shown),
        rising=rising(shown, [row for row in month_before if _may_be_shown(row)]),
        score=mean_score(row.score for row in shown),
        own_past=own_past(period, everyone, history),
        run_chart=run_chart(period, everyone, history),
        part_of_the_story=ONLY_PART_OF_THE_STORY,
        waiting=_waiting(waiting),
    )


def _needs(
    shown: Sequence[CommentRow], flags: Iterable[FlagRow], alerts: Iterable[AlertRow], unread: Iterable[UnreadRow]
) -> NeedsYou:
    return NeedsYou(
        alerts=tuple(alerts),
        items=_in_order(flags),
        complaints=sum(row.complaint for row in shown),
        unread=tuple(unread),
    )


def _waiting(rows: WaitingRows) -> WaitingForOwner:
    shown = [row for row in rows.comments if _may_be_shown(row)]
    return WaitingForOwner(
        items=tuple(rows.items),
        comments=tuple(sorted(shown, key=lambda each: (each.message_id, each.answer_id))),
        flags=_in_order(rows.flags),
        held=sum(_is_held(row) for row in rows.comments),
    )


def _in_order(flags: Iterable[FlagRow]) -> tuple[FlagRow, ...]:
    return tuple(sorted(flags, key=lambda each: (each.on, each.case_reference)))


def _by_kind(shown: Iterable[CommentRow]) -> dict[Kind, list[CommentRow]]:
    """The comments of each list, as they came."""
    by_kind: dict[Kind, list[CommentRow]] = {kind: [] for kind in KIND_LABELS}
    for row in sorted(shown, key=lambda each: (each.message_id, each.answer_id)):
        by_kind[kind_of(row)].append(row)
    return by_kind


def _may_be_shown(row: CommentRow) -> bool:
    return row.concern is None or (row.released and row.concern != "conduct")


def _is_held(row: CommentRow) -> bool:
    return row.concern is not None and row.concern != "conduct" and not row.released
