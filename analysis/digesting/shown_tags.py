"""What stands in small beside a comment, in a digest and among the latest words alike. Pure, as `analysis.digest` is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.digesting.kinds import disagrees, kind_of, praises_against_all
from analysis.figures import CommentRow


@dataclass(frozen=True)
class ShownTags:
    """What was answered beside a comment, and what was made of its words.

    Attributes:
        overall_answer: where it is this that disagrees with the words and does not stand in `closed_answer`, else None.
        sentiment: None for a wish too, whose tone would mislead.
        themes: theme id to polarity.
        check: a number that was given and the words disagree.
    """

    closed_answer: str | None
    overall_answer: str | None
    sentiment: str | None
    is_wish: bool
    themes: Mapping[str, str]
    complaint: bool
    check: bool
    corrected: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return any((self.closed_answer, self.sentiment, self.is_wish, self.themes, self.complaint, self.corrected))


def shown_tags(row: CommentRow) -> ShownTags:
    """What stands beside a comment."""
    is_wish = kind_of(row) == "wish"
    is_told_elsewhere = praises_against_all(row) and row.overall_answer != row.closed_answer
    return ShownTags(
        closed_answer=row.closed_answer,
        overall_answer=row.overall_answer if is_told_elsewhere else None,
        sentiment=None if is_wish else row.sentiment,
        is_wish=is_wish,
        themes=row.themes,
        complaint=row.complaint,
        check=disagrees(row),
        corrected=row.corrected,
    )
