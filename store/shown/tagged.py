"""What counts as the tags of an answer: what a person last made of its words, or else what the machine did.

A correction counts only while the answer's words are those it was made of, which is to say those of the same message.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from store.tables import Answer, Correction, Tag

T = TypeVar("T")

_any = aliased(Correction)
STANDING = (
    select(func.max(_any.id))
    .where(_any.answer_id == Answer.id, _any.message_id == Answer.message_id)
    .correlate(Answer)
    .scalar_subquery()
)
"""The number of the latest correction of the words that an answer has now."""

CORRECTED = Correction.id.is_not(None)


def _either(persons: InstrumentedAttribute[T], machines: InstrumentedAttribute[T]) -> ColumnElement[T]:
    return case((CORRECTED, persons), else_=machines)


SENTIMENT = _either(Correction.sentiment, Tag.sentiment)
SCORE = case((~CORRECTED, Tag.score))
"""How clear the tone is; null beside a person's word, which needs no measure."""
THEMES = _either(Correction.themes, Tag.themes)
COMPLAINT = _either(Correction.complaint, Tag.complaint)
COMPLIMENT = _either(Correction.compliment, Tag.compliment)


def with_tags(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A statement about answers, with the tags and the standing correction of each, where there are any."""
    tagged = statement.outerjoin(Tag, Tag.answer_id == Answer.id)
    return tagged.outerjoin(Correction, Correction.id == STANDING)
