"""Which list of the digest a comment belongs to, and where a number disagrees with its words. Pure: rows in, words out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from analysis.digesting.wishes import is_sure, is_wish_question, read_wish
from analysis.figures import CommentRow

Kind = Literal["praise", "concern", "wish", "other"]

KIND_LABELS: Mapping[Kind, str] = {
    "praise": "Praise",
    "concern": "Concerns",
    "wish": "What they wish for",
    "other": "Other comments",
}
"""What the lists are called, in the order in which they stand."""

_LOWER_THIRD = 100 / 3
_BY_TONE: Mapping[str, Kind] = {"positive": "praise", "negative": "concern"}


def kind_of(row: CommentRow) -> Kind:
    """The list that a comment belongs to.

    A complaint is never praise; then the closed answer outranks the tone; then the question outranks it, where it asked for
    a wish. A tone that is not clear is not guessed at: the comment stands among the others. So does what sounds like praise
    under a low answer about how things are as a whole, unless a person has looked at it.
    """
    return "other" if praises_against_all(row) else _by_itself(row)


def disagrees(row: CommentRow) -> bool:
    """Whether a number that was given says other than the words: people are shown both, and asked to check."""
    if _has_own_number(row):
        told = _BY_TONE.get(row.sentiment or "")
        return told is not None and told != _by_number(row)
    return praises_against_all(row)


def praises_against_all(row: CommentRow) -> bool:
    """Whether words without a number of their own sound like praise, while the one for everything is in the lower third."""
    if row.corrected or _has_own_number(row) or row.overall_score is None or row.overall_score > _LOWER_THIRD:
        return False
    return _by_itself(row) == "praise"


def _by_itself(row: CommentRow) -> Kind:
    """The list, as far as the comment and its own number tell."""
    if row.complaint:
        return "concern"
    if _has_own_number(row):
        return _by_number(row)
    if row.tagged and is_wish_question(row.metric):
        return read_wish(
            row.words, row.metric, sentiment=row.sentiment, tone_score=row.tone_score, compliment=row.compliment
        )
    if row.compliment:
        return "praise"
    if row.sentiment is None or not is_sure(row.tone_score):
        return "other"
    return _BY_TONE.get(row.sentiment, "other")


def _has_own_number(row: CommentRow) -> bool:
    """Whether the comment stands with a number that says something: one in the middle does not."""
    return row.score is not None and row.score != 50


def _by_number(row: CommentRow) -> Kind:
    return "praise" if (row.score or 0) > 50 else "concern"
