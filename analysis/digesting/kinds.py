"""Which list of the digest a comment belongs to. Pure, as `analysis.digest` is."""

from __future__ import annotations

from typing import Literal

from analysis.digesting.wishes import is_sure, is_wish_question, read_wish
from analysis.figures import CommentRow

Kind = Literal["praise", "concern", "wish", "other"]


def kind_of(row: CommentRow) -> Kind:
    """The list that a comment belongs to.

    A complaint is never praise; then the closed answer outranks the tone; then the question outranks it, where it asked for
    a wish. A tone that is not clear is not guessed at: the comment stands among the others.
    """
    if row.complaint:
        return "concern"
    if row.score is not None and row.score != 50:
        return "praise" if row.score > 50 else "concern"
    if row.tagged and is_wish_question(row.metric):
        return read_wish(
            row.words, row.metric, sentiment=row.sentiment, tone_score=row.tone_score, compliment=row.compliment
        )
    if row.compliment:
        return "praise"
    if row.sentiment is None or not is_sure(row.tone_score):
        return "other"
    return _BY_TONE.get(row.sentiment, "other")


_BY_TONE: dict[str, Kind] = {"positive": "praise", "negative": "concern"}
